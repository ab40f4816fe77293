package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The editor as people start it, in a process of its own, on a real screen: an X server's. Keys
/// come from that server, as from a keyboard.
class RealWindowTest {
    private static final int WITHIN_SECONDS = 180;
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private String display = "";

    private interface Tried {
        void with(Process editor, Path result) throws Exception;
    }

    private void onAScreen(boolean stays, Tried tried) throws Exception {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "Xvfb")));
        // Elsewhere nobody is asked to have one; ./test and CI install it.
        assumeTrue(there || System.getenv("CI") != null, "There is no Xvfb here: install it to try real windows.");
        var screen = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x840x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = screen.inputReader()) {
            var result = folder.resolve("result");
            display = ":" + said.readLine().strip();
            var editor = editor(stays, result);
            try {
                tried.with(editor, result);
            } finally {
                editor.destroyForcibly();
            }
        } finally {
            screen.destroy();
        }
    }

    private void endsWith(int exit, Process editor) throws Exception {
        assertThat(editor.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS))
                .as("it ended; it said:%n%s", Files.readString(folder.resolve("said")))
                .isTrue();
        assertThat(editor.exitValue())
                .as("its exit code; it said:%n%s", Files.readString(folder.resolve("said")))
                .isEqualTo(exit);
        assertThat(folder.resolve("profile/running"))
                .as("an end as it should be")
                .doesNotExist();
    }

    @Test
    void somebody_starts_the_editor_hosts_a_document_gives_it_a_title_and_writes() throws Exception {
        onAScreen(false, (editor, result) -> {
            endsWith(0, editor);
            assertThat(Files.readAllLines(result)).containsExactly("title plan", "text one two", "drawn one two");
        });
    }

    @Test
    void an_editor_that_is_told_to_end_by_the_system_ends_as_by_itself() throws Exception {
        onAScreen(true, (editor, result) -> {
            await().atMost(WITHIN_SECONDS, TimeUnit.SECONDS).until(() -> Files.exists(result) || !editor.isAlive());
            editor.destroy();
            endsWith(TERMINATED, editor);
            assertThat(Files.readString(folder.resolve("said"))).doesNotContain("Exception");
        });
    }

    @Test
    void its_windows_belong_to_the_menu_entry() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/xwininfo")) || System.getenv("CI") != null,
                "There is no xwininfo here: install x11-utils to ask for the classes of windows.");
        onAScreen(true, (editor, result) -> {
            await().atMost(WITHIN_SECONDS, TimeUnit.SECONDS).until(() -> Files.exists(result) || !editor.isAlive());
            // There is one more of the toolkit's, never shown and without a name.
            assertThat(windows()).contains("Coscribe\": (\"coscribe\" \"coscribe\")");
        });
    }

    private String windows() throws IOException {
        var asking = new ProcessBuilder("xwininfo", "-display", display, "-root", "-tree").start();
        return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Process editor(boolean stays, Path result) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dprism.order=sw",
                        "-D" + TypingPerson.STAYS + "=" + stays,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TypingPerson.class.getName(),
                        result.toString(),
                        "--profile",
                        folder.resolve("profile").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("DISPLAY", display);
        return builder.start();
    }
}
