package coscribe.relay.store.redis;

import coscribe.kit.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/// A real `redis-server`, started for tests on a free port of 127.0.0.1 in a folder of its own.
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(Path folder, int port, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
    }

    private static final class Shared {
        static final RedisServer SERVER = start("--appendonly", "no");

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /// One for all tests that leave it as they find it; gone with the JVM.
    public static RedisServer shared() {
        return Shared.SERVER;
    }

    /// Acknowledged means forced to disk.
    public static RedisServer strict() {
        return start("--appendonly", "yes", "--appendfsync", "always");
    }

    /// @param options  as on redis-server's command line
    public static RedisServer start(String... options) {
        try {
            var folder = Files.createTempDirectory("coscribe-redis-");
            for (int attempt = 0; ; attempt++) { // somebody else may take the port first
                var server = new RedisServer(folder, freePort(), List.of(options));
                try {
                    server.run();
                    return server;
                } catch (RuntimeException e) {
                    server.close();
                    if (attempt == 3) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Another one that follows `primary`, and has its data when this returns.
    public static RedisServer replicaOf(RedisServer primary, String... options) {
        var all = new ArrayList<>(List.of("--replicaof", "127.0.0.1 " + primary.port()));
        all.addAll(List.of(options));
        var replica = start(all.toArray(String[]::new));
        replica.awaitInSyncWith(primary);
        return replica;
    }

    /// Waits until it answers for what its primary sends it. "Online" alone says less: after it took the
    /// data over, up to a second passes before the stream begins.
    public void awaitInSyncWith(RedisServer primary) {
        Awaitility.await("the replica has it all")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    try (var theirs = primary.admin()) {
                        theirs.publish("nobody", "listens");
                        long end = number(theirs.info("replication"), "master_repl_offset:([0-9]+)");
                        var _ = theirs.waitReplicas(1, 100);
                        return number(theirs.info("replication"), "port=" + port + ",state=online,offset=([0-9]+)")
                                >= end;
                    }
                });
    }

    private static long number(String info, String pattern) {
        var found = Pattern.compile(pattern).matcher(info);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Starts it, or starts it again on the same port and data.
    public void run() {
        launch();
        Awaitility.await("redis-server answers").atMost(PATIENCE).until(this::answers);
    }

    /// Starts it again, as a replica from now on.
    public void runAsReplicaOf(RedisServer primary) {
        launch("--replicaof", "127.0.0.1 " + primary.port());
        Awaitility.await("redis-server answers").atMost(PATIENCE).until(this::answers);
        awaitInSyncWith(primary);
    }

    /// Starts it without waiting: it may still be loading.
    public void launch(String... more) {
        var command = new ArrayList<>(List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toString(), "--save", "", "--enable-debug-command", "yes"));
        command.addAll(List.of("--repl-diskless-sync-delay", "0"));
        command.addAll(options);
        command.addAll(List.of(more)); // the last word counts
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new AssertionError("These tests need the program redis-server: ./test installs it.", e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server ended, see " + folder.resolve("log"));
        }
        try (var admin = admin()) {
            return "PONG".equals(admin.ping());
        } catch (JedisException e) {
            return e.getMessage() != null && e.getMessage().contains("NOAUTH"); // it is up, and guarded
        }
    }

    /// A connection to look behind the store's back; the caller closes it.
    public Jedis admin() {
        return new Jedis("127.0.0.1", port);
    }

    public int port() {
        return port;
    }

    public RedisUrl url() {
        return RedisUrl.parse("redis://127.0.0.1:" + port);
    }

    /// SIGSTOP or SIGCONT, and so on.
    public void signal(String name) {
        Signals.send(pid(), name);
    }

    public long pid() {
        return process.pid();
    }

    public Path folder() {
        return folder;
    }

    /// kill -9: nothing is flushed, nobody is told.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// SIGTERM.
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("redis-server does not end, pid " + process.pid());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        deleteAll(folder);
    }

    static void deleteAll(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(RedisServer::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
