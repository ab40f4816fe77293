package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in a process of its own: what only a process has, signals and exit codes.
@Tag("slow")
class MainProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void term_asks_everybody_to_reconnect_and_ends_with_0() throws Exception {
        var relay = serve("first");
        try (var http = HttpClient.newHttpClient()) {
            var code = connect(http, port("first"));

            relay.destroy();

            assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1012);
            assertThat(relay.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(relay.exitValue()).isZero();
        }
        assertThat(text("first.out").lines()).hasSize(6);
        assertThat(text("first.err").lines())
                .allMatch(line -> line.matches("[0-9-]{10}T[0-9:.]+Z (INFO |WARN ) \\S+ .*"))
                .anyMatch(line -> line.contains("event=drained left=0"))
                .anyMatch(line -> line.contains("event=stopped"));
    }

    @Test
    void a_relay_that_was_killed_starts_again_on_its_data_at_once() throws Exception {
        serve("first").destroyForcibly().waitFor();

        var _ = serve("second");

        assertThat(code("second")).as("nobody owns it yet: the same link").isEqualTo(code("first"));
    }

    @Test
    void what_is_typed_wrong_ends_with_its_code_and_prints_nothing_else() throws Exception {
        assertThat(start("usage", "serv").waitFor()).isEqualTo(2);
        assertThat(text("usage.err")).isEqualTo("There is no command 'serv'. Did you mean 'serve'?\n");
        assertThat(start("config", "serve", "--store", "tape").waitFor()).isEqualTo(3);
        assertThat(text("config.err")).isEqualTo("--store is 'tape'. Write embedded or redis.\n");
        assertThat(text("config.out")).isEmpty();
    }

    private Process serve(String name) throws IOException {
        var process = start(
                name,
                "serve",
                "--bind",
                "127.0.0.1:0",
                "--metrics-bind",
                "off",
                "--data-dir",
                folder.resolve("data").toString());
        await().atMost(PATIENCE).until(() -> text(name + ".err").contains("event=ready") || !process.isAlive());
        assertThat(process.isAlive()).as(text(name + ".err")).isTrue();
        return process;
    }

    private Process start(String name, String... typed) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "coscribe.relay.Main"));
        command.addAll(List.of(typed));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("COSCRIBE_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // it makes Java print to the error stream
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private int port(String name) throws IOException {
        return Integer.parseInt(found(name, "Address  http://127\\.0\\.0\\.1:([0-9]+)"));
    }

    private String code(String name) throws IOException {
        return found(name, "coscribe://join/[^/]+/([2-9A-Z-]{14})");
    }

    private String found(String name, String pattern) throws IOException {
        var matcher = Pattern.compile(pattern).matcher(text(name + ".out"));
        assertThat(matcher.find()).as(text(name + ".out")).isTrue();
        return matcher.group(1);
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /// @return the code that the connection will be closed with
    private static CompletableFuture<Integer> connect(HttpClient http, int port) throws Exception {
        var code = new CompletableFuture<Integer>();
        var _ = http.newWebSocketBuilder()
                .subprotocols(Limits.SUBPROTOCOL)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        code.complete(status);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(20, TimeUnit.SECONDS);
        return code;
    }
}
