package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What packages are built by, in a process of its own.
class RehearsalTest {
    @TempDir
    Path folder;

    /// Else a package would hold what was noted until then, and start slowly without a word.
    @Test
    void one_that_is_cut_short_ends_with_an_exit_code_that_stops_the_build() throws Exception {
        Path profile = Files.createDirectory(folder.resolve("profile"));
        Files.writeString(profile.resolve("relay"), "where the documents of this computer's own relay should go");
        var editor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-Dcoscribe.rehearse=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--profile",
                        profile.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(editor.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("said"))).contains("The rehearsal was cut short");
        assertThat(editor.exitValue()).isEqualTo(1);
    }
}
