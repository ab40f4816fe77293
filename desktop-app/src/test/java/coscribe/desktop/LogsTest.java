package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the editor, in a process of its own, tells of a day on which its relay was away for a while.
class LogsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    void the_log_tells_of_the_start_the_relay_and_the_end_and_has_no_title_in_it() throws Exception {
        try (var shared = new SharedDocument(folder)) {
            shared.jonWasIn("jon", Role.EDITOR);
            Path log = shared.profile("jon").resolve("logs/coscribe.log");
            var editor = start(shared.profile("jon"), shared.link().written());
            tells(editor, log, "event=ready millis=");
            tells(editor, log, "document=" + shared.id.hex() + " is=live why=\"\"");
            shared.relayEnds();
            tells(editor, log, "document=" + shared.id.hex() + " is=away why=\"The relay closed the connection (");
            editor.destroy();
            assertThat(editor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            var lines = Files.readAllLines(log);
            assertThat(lines.getFirst()).contains(" INFO ", "event=started version=", " policy=GOOD");
            assertThat(lines.getLast()).contains("event=ended code=" + editor.exitValue());
            assertThat(lines).noneMatch(line -> line.contains("Plan"));
            assertThat(lines.stream().filter(line -> line.contains("is=away"))).hasSize(1);
            assertThat(Files.readString(said())).doesNotContain("Could not resolve");
        }
    }

    /// What it wrote to its standard output and standard error.
    private Path said() {
        return folder.resolve("said");
    }

    private Process start(Path profile, String link) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--profile",
                        profile.toString(),
                        link))
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start();
    }

    private void tells(Process editor, Path log, String what) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> !editor.isAlive()
                        || (Files.exists(log) && Files.readString(log).contains(what)));
        assertThat(editor.isAlive()).as(Files.readString(said())).isTrue();
    }
}
