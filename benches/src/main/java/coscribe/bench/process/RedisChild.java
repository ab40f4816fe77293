package coscribe.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A Redis of our own.
public final class RedisChild implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final int port;
    private Child child;

    private RedisChild(String name, List<String> command, Path folder, int port) {
        this.name = name;
        this.command = command;
        this.folder = folder;
        this.port = port;
        this.child = Child.start(name, command, Map.of(), folder);
    }

    /// What it keeps.
    public enum Keeping {
        /// Every write is on the disk before it is answered.
        ALWAYS("yes", "always"),
        /// What a power failure may take is on the disk within about a second.
        EVERY_SECOND("yes", "everysec"),
        /// Nothing: as the benches of other editors usually have it.
        NOTHING("no", "no");

        private final String append;
        private final String fsync;

        Keeping(String append, String fsync) {
            this.append = append;
            this.fsync = fsync;
        }
    }

    public static RedisChild start(Path folder, Keeping keeping) {
        return start("redis", folder, Ports.free(), keeping, List.of());
    }

    /// @param name  of it and of its folder
    /// @param more  lines of its configuration, which it may write anew
    static RedisChild start(String name, Path folder, int port, Keeping keeping, List<String> more) {
        Path data = folder.resolve(name);
        Path configuration = data.resolve("redis.conf");
        try {
            Files.createDirectories(data);
            Files.writeString(
                    configuration, """
                    port %d
                    bind 127.0.0.1
                    dir "%s"
                    save ""
                    appendonly %s
                    appendfsync %s
                    maxmemory-policy noeviction
                    %s
                    """.formatted(port, data, keeping.append, keeping.fsync, String.join("\n", more)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + data, e);
        }
        var redis = new RedisChild(name, List.of("redis-server", configuration.toString()), folder, port);
        try {
            redis.awaitReady();
        } catch (IllegalStateException e) {
            redis.close();
            throw e;
        }
        return redis;
    }

    /// Waits until it answers; while it reads its files back it does not yet.
    public void awaitReady() {
        if (!Patience.until(READY_WITHIN, this::answers)) {
            throw new IllegalStateException("redis-server did not become ready: " + child.said());
        }
    }

    /// kill -9.
    public void kill() {
        child.kill();
    }

    /// The same again, at the same port, with what it kept; it need not be ready yet.
    public void startAgain() {
        child = Child.start(name, command, Map.of(), folder);
    }

    /// kill -STOP, see {@link Child#holdStill}.
    public void holdStill() {
        child.holdStill();
    }

    public void goOn() {
        child.goOn();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public long pid() {
        return child.pid();
    }

    /// A number that it tells of itself: `INFO`, by the field's name.
    public double told(String field) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            socket.setSoTimeout((int) READY_WITHIN.toMillis());
            socket.getOutputStream().write("INFO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(field.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("redis-server does not tell " + field));
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server does not tell " + field, e);
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
