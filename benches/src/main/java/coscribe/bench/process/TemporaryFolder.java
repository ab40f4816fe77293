package coscribe.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder for what a bench writes, removed with all that is in it when it is closed.
///
/// @param path  of the folder
public record TemporaryFolder(Path path) implements AutoCloseable {
    /// @param what  is measured, for its name
    public static TemporaryFolder of(String what) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("coscribe-" + what + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for temporary files", e);
        }
    }

    @Override
    public void close() {
        remove(path);
    }

    /// Makes a folder, empty; what was in it is removed.
    public static Path fresh(Path folder) {
        try {
            if (Files.exists(folder)) {
                remove(folder);
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + " anew; is another ./run going on?", e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
