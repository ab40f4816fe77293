package coscribe.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar that people download, as they start it: one file, an empty folder, the word `serve`.
/// Only the ports are others, so that what runs on this computer is left alone.
@Tag("slow")
class PackagedRelayTest {
    private static final Path JAR = Path.of(System.getProperty("coscribe.relay.jar", ""));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern ADDRESS = Pattern.compile("Address  (http://127\\.0\\.0\\.1:[0-9]+)");

    @TempDir
    Path folder;

    private Process relay;

    @AfterEach
    void end() {
        if (relay != null) {
            relay.destroyForcibly();
        }
    }

    @Test
    void the_jar_alone_serves_from_an_empty_folder_and_ends_cleanly_on_term() throws Exception {
        relay = serve();
        await().atMost(PATIENCE).until(() -> ADDRESS.matcher(said()).find() || !relay.isAlive());
        assertThat(relay.isAlive()).as(complaints()).isTrue();

        var address = ADDRESS.matcher(said());
        assertThat(address.find()).isTrue();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(status(http, address.group(1) + "/readyz")).isEqualTo(200);
            assertThat(status(http, address.group(1) + "/healthz")).isEqualTo(200);
        }
        String host = URI.create(address.group(1)).getAuthority();
        assertThat(said())
                .matches("Coscribe relay " + Pattern.quote(System.getProperty("coscribe.version"))
                        + " ready in [0-9]+\\.[0-9] s\n"
                        + "  Address  http://" + host + "\n"
                        + "  Data     \\./coscribe-data \\(embedded store\\)      Sign-in  invite links"
                        + "      Check  coscribe-relay doctor\n"
                        + "The first person to open this link becomes the owner \\(once, valid 24 h\\):\n"
                        + "  coscribe://join/" + host + "/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\n"
                        + "Lost it\\?  coscribe-relay invite create --role owner\n");
        assertThat(folder.resolve("work/coscribe-data")).isDirectory();

        relay.destroy();

        assertThat(relay.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(relay.exitValue()).as(complaints()).isZero();
        assertThat(complaints().lines())
                .allMatch(line -> line.matches("[0-9-]{10}T[0-9:.]+Z (INFO |WARN ) \\S+ .*"))
                .anyMatch(line -> line.contains("event=stopped"));
    }

    private Process serve() throws IOException {
        assertThat(JAR)
                .as("the packaged relay: run ./test or mvn verify, which build it first")
                .isRegularFile();
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toRealPath().toString(),
                        "serve")
                .directory(Files.createDirectory(folder.resolve("work")).toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        command.environment().keySet().removeIf(name -> name.startsWith("COSCRIBE_"));
        command.environment().remove("JAVA_TOOL_OPTIONS"); // it makes Java print to the error stream
        command.environment().put("COSCRIBE_BIND", "127.0.0.1:0");
        command.environment().put("COSCRIBE_METRICS_BIND", "127.0.0.1:0");
        return command.start();
    }

    private static int status(HttpClient http, String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String complaints() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
