package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// Where releases are announced: the JDK's own server, and notices made by `installers/notice`.
public final class ReleaseServer implements AutoCloseable {
    private static final Path TOOL = Path.of("..", "installers", "notice");

    private final HttpServer server;
    private final String scheme;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile byte[] answer = {};
    private volatile String location = "";

    public ReleaseServer() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    /// With TLS.
    public ReleaseServer(SSLContext shown) throws IOException {
        this(secure(shown), "https");
    }

    private ReleaseServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/coscribe", this::answer);
        server.start();
    }

    private static HttpsServer secure(SSLContext shown) throws IOException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(shown));
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("User-Agent"));
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (!location.isEmpty() && exchange.getRequestURI().getPath().equals("/coscribe")) {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
        }
    }

    /// Says nothing itself.
    public void sendsTo(URI elsewhere) {
        location = elsewhere.toString();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// By the name that certificates have.
    public URI address() {
        return URI.create(scheme + "://localhost:" + port() + "/coscribe");
    }

    /// What it was asked: method, path and who asks.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public void says(String notice) {
        says(200, notice);
    }

    public void says(int status, String notice) {
        this.status = status;
        this.answer = notice.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /// Makes a key in the file, and returns its public half.
    public static String key(Path file) throws Exception {
        return tool(0, "key", file.toString());
    }

    /// A notice, signed with the key in the file.
    public static String notice(Path file, String version, String page) throws Exception {
        return tool(0, "sign", file.toString(), version, page);
    }

    /// What `installers/notice` prints, standard error too where it fails.
    public static String tool(int exit, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(TOOL.toAbsolutePath().normalize().toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile("notice", ".out");
        try {
            var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
            builder.environment().put("COSCRIBE_JDK", System.getProperty("java.home"));
            var tool = exit == 0
                    ? builder.redirectError(ProcessBuilder.Redirect.INHERIT).start()
                    : builder.redirectErrorStream(true).start();
            assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tool.exitValue()).as("%s", Files.readString(out)).isEqualTo(exit);
            return Files.readString(out).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Files.delete(out);
        }
    }
}
