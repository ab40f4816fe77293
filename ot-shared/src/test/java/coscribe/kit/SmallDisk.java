package coscribe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A file system of a few MiB of its own, for a program that is to meet its end.
public final class SmallDisk {
    private static final String FORBIDDEN =
            "This computer lets nobody mount a file system of their own (unshare -rm), so no disk can be filled here.";

    private SmallDisk() {}

    /// Where it is forbidden the test is left out, and says why; but not where the variable CI is set: there
    /// it fails.
    public static void assumeAllowed(Path directory) {
        boolean allowed = canMount(directory);
        assumeThat(allowed || System.getenv("CI") != null).as(FORBIDDEN).isTrue();
        assertThat(allowed).as(FORBIDDEN).isTrue();
    }

    private static boolean canMount(Path directory) {
        try {
            return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", directory.toString())
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Starts a main class; its first argument is `directory`, where it alone sees the small file
    /// system.
    public static ChildJvm run(Path directory, int mebibytes, Class<?> main, String... more) {
        var around = List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + mebibytes + "m none \"$0\" && exec \"$@\"",
                directory.toString());
        var arguments = new ArrayList<>(List.of(directory.toString()));
        arguments.addAll(List.of(more));
        return ChildJvm.start(around, main, arguments.toArray(String[]::new));
    }

    /// What takes the room; deleting it gives it back.
    public static Path filler(Path disk) {
        return disk.resolve("filler");
    }

    /// Takes all the room there is.
    public static void fill(Path disk) {
        try (var out = Files.newOutputStream(filler(disk), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[4_096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
    }
}
