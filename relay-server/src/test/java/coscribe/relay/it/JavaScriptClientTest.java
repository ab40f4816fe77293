package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coscribe.relay.RealRelays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client in JavaScript that was written from docs/PROTOCOL.md alone: its own tests, against a
/// relay as it is shipped. That it gets along says that the page leaves nothing out.
@Tag("slow")
class JavaScriptClientTest {
    private static final Path CLIENT = Path.of("src", "bench", "peers");
    private static final String SECRET = "bench-only-secret-of-forty-eight-bytes-012345678";
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");

    @TempDir
    private Path folder;

    @Test
    void a_client_written_from_the_protocol_page_gets_along_with_a_real_relay() throws Exception {
        assumeTrue(
                nodeVersion() >= 20,
                "left out: the client in src/bench/peers needs node 20 or newer, and there is none on the PATH");
        try (var relay = RealRelays.start(
                        Map.of(
                                "--bind", "127.0.0.1:0",
                                "--metrics-bind", "off",
                                "--data-dir", folder.resolve("data").toString(),
                                "--shutdown-drain", "0s",
                                "--auth-mode", "invite,jwt",
                                "--auth-jwt-secret", SECRET),
                        InstantSource.system(),
                        UnaryOperator.identity())
                .relay()) {
            var tests = new ProcessBuilder("node", "--test", "--test-reporter=tap")
                    .directory(CLIENT.toFile())
                    .redirectErrorStream(true);
            tests.environment()
                    .put("COSCRIBE_RELAY_PORT", String.valueOf(relay.listening().getPort()));
            tests.environment().put("COSCRIBE_RELAY_SECRET", SECRET);
            var running = tests.start();
            var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(running.waitFor()).as(said).isZero();
            assertThat(said.lines().filter(line -> line.startsWith("# ")))
                    .as(said)
                    .contains("# fail 0", "# skipped 0")
                    .doesNotContain("# pass 0");
        }
    }

    /// 0 where there is none.
    private static int nodeVersion() throws InterruptedException {
        try {
            var asked = new ProcessBuilder(List.of("node", "--version")).start();
            var said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            var version = VERSION.matcher(said);
            return asked.waitFor() == 0 && version.matches() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException _) {
            return 0;
        }
    }
}
