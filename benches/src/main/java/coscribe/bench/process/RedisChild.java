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

    private final List<String> command;
    private final Path folder;
    private final int port;
    private Child child;

    private RedisChild(List<String> command, Path folder, int port) {
        this.command = command;
        this.folder = folder;
        this.port = port;
        this.child = Child.start("redis", command, Map.of(), folder);
    }

    /// What it keeps.
    public enum Keeping {
        /// Every write is on the disk before it is answered.
        ALWAYS("yes", "always"),
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
        int port = Ports.free();
        Path data = folder.resolve("redis");
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + data, e);
        }
        var command = List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                data.toString(),
                "--save",
                "",
                "--appendonly",
                keeping.append,
                "--appendfsync",
                keeping.fsync,
                "--maxmemory-policy",
                "noeviction");
        var redis = new RedisChild(command, folder, port);
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
        child = Child.start("redis", command, Map.of(), folder);
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
