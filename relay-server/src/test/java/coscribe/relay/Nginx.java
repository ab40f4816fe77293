package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The real nginx in a process of its own, on a free port of 127.0.0.1, with one `location`.
final class Nginx implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path said;
    private final int port;
    private final Process process;

    /// @param folder    for what it writes
    /// @param location  as it stands in an nginx.conf
    Nginx(Path folder, String location) throws IOException {
        Files.createDirectories(folder);
        said = folder.resolve("said");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var kept = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(what -> "  " + what + "_temp_path " + folder.resolve(what) + ";\n")
                .collect(Collectors.joining());
        var conf = Files.writeString(
                folder.resolve("nginx.conf"),
                "daemon off;\nmaster_process off;\nerror_log stderr;\npid " + folder.resolve("pid") + ";\n"
                        + "events {\n  worker_connections 100;\n}\n"
                        + "http {\n  access_log off;\n" + kept + "  server {\n  listen 127.0.0.1:" + port + ";\n"
                        + location
                        + "  }\n}\n");
        try {
            process = new ProcessBuilder(
                            List.of("nginx", "-e", "stderr", "-p", folder.toString(), "-c", conf.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("This test needs the program nginx: ./test installs it.", e);
        }
        await("nginx listens").atMost(PATIENCE).until(this::listens);
    }

    private boolean listens() throws IOException {
        assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
