package coscribe.bench.process;

import coscribe.bench.process.RedisChild.Keeping;
import coscribe.kit.FaultProxy;
import coscribe.kit.FaultProxy.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/// A primary and a replica that three Sentinels watch, each in a process of its own. Everybody knows a
/// server by the port of a line in front of it, which can be spoilt: for all, or for the other server
/// and the Sentinels only, as these come from addresses of their own (127.0.0.2 and 127.0.0.3: Linux).
public final class WatchedRedis implements AutoCloseable {
    private static final String NAME = "coscribe";
    private static final int SENTINELS = 3;
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final InetAddress SERVERS = address("127.0.0.2");
    private static final InetAddress WATCHERS = address("127.0.0.3");

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final List<Server> servers = new ArrayList<>();
    private final List<Integer> sentinels = new ArrayList<>();

    /// One of the two.
    ///
    /// @param line  how others reach it
    public record Server(RedisChild redis, FaultProxy line) {
        /// Nobody reaches it.
        public void cutOff() {
            line.forth(Way.BLACK_HOLE);
            line.back(Way.BLACK_HOLE);
        }

        /// Relays reach it, and nobody else.
        public void cutOffFromItsOwn() {
            line.onlyFrom(Set.of(SERVERS, WATCHERS));
            cutOff();
        }

        /// Relays and Sentinels reach it: its replica hears nothing more.
        public void cutOffFromReplica() {
            line.onlyFrom(Set.of(SERVERS));
            cutOff();
        }

        /// All is well for who comes from now on.
        public void heal() {
            line.heal();
            line.cut(); // bytes are gone for good
        }
    }

    /// Returns when the Sentinels know each other and the replica.
    ///
    /// @param downAfter  how long Sentinels wait for a server before they take it for dead
    public static WatchedRedis start(Path folder, Keeping keeping, Duration downAfter, RandomGenerator random) {
        var tier = new WatchedRedis();
        try {
            tier.run(folder, keeping, downAfter, random);
            return tier;
        } catch (RuntimeException e) {
            tier.close();
            throw e;
        }
    }

    private void run(Path folder, Keeping keeping, Duration downAfter, RandomGenerator random) {
        server(folder, "redis-a", keeping, random, List.of());
        int primary = servers.getFirst().line().port();
        server(folder, "redis-b", keeping, random, List.of("replicaof 127.0.0.1 " + primary));
        for (int i = 1; i <= SENTINELS; i++) {
            sentinel(folder, "sentinel-" + i, primary, downAfter);
        }
        awaitWhole();
    }

    private void server(Path folder, String name, Keeping keeping, RandomGenerator random, List<String> more) {
        int port = Ports.free();
        var line = new FaultProxy(random, List.of(FaultProxy.local(port)));
        toClose.push(line);
        var lines = new ArrayList<>(List.of(
                "bind-source-addr " + SERVERS.getHostAddress(),
                "replica-announce-ip 127.0.0.1",
                "replica-announce-port " + line.port(),
                "repl-diskless-sync-delay 0",
                "min-replicas-to-write 1",
                "min-replicas-max-lag " + (keeping == Keeping.ALWAYS ? 2 : 1)));
        lines.addAll(more);
        var redis = RedisChild.start(name, folder, port, keeping, lines);
        toClose.push(redis);
        servers.add(new Server(redis, line));
    }

    private void sentinel(Path folder, String name, int primary, Duration downAfter) {
        int port = Ports.free();
        Path data = folder.resolve(name);
        Path configuration = data.resolve("sentinel.conf");
        try {
            Files.createDirectories(data);
            Files.writeString(configuration, """
                    port %d
                    bind 127.0.0.1
                    bind-source-addr %s
                    dir "%s"
                    sentinel announce-ip 127.0.0.1
                    sentinel monitor %s 127.0.0.1 %d 2
                    sentinel down-after-milliseconds %s %d
                    sentinel failover-timeout %s 5000
                    """.formatted(
                            port, WATCHERS.getHostAddress(), data, NAME, primary, NAME, downAfter.toMillis(), NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + data, e);
        }
        toClose.push(
                Child.start(name, List.of("redis-server", configuration.toString(), "--sentinel"), Map.of(), folder));
        sentinels.add(port);
    }

    /// Where a relay looks for it.
    public String url() {
        return "redis+sentinel://"
                + sentinels.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")) + "/" + NAME;
    }

    /// As all Sentinels say; waits until they agree.
    public Server primary() {
        await("the Sentinels agree", this::agree);
        int port = named(sentinels.getFirst());
        return servers.stream()
                .filter(server -> server.line().port() == port)
                .findFirst()
                .orElseThrow();
    }

    /// Waits until the Sentinels have put the other one in this one's place.
    public void awaitAnother(Server before) {
        await(
                "another primary",
                () -> sentinels.stream()
                        .allMatch(port -> named(port) != before.line().port()));
    }

    /// Waits until the primary has its replica, and all Sentinels see it so.
    public void awaitWhole() {
        await("a primary with its replica", () -> agree() && sentinels.stream().allMatch(this::seesReplica));
    }

    private boolean agree() {
        int first = named(sentinels.getFirst());
        return sentinels.stream().allMatch(port -> named(port) == first);
    }

    private boolean seesReplica(int sentinel) {
        try (var asked = new Jedis("127.0.0.1", sentinel)) {
            Predicate<Map<String, String>> follows =
                    replica -> "slave".equals(replica.get("flags")) && "ok".equals(replica.get("master-link-status"));
            var replicas = asked.sentinelReplicas(NAME);
            return asked.sentinelSentinels(NAME).size() == SENTINELS - 1
                    && replicas.size() == 1
                    && replicas.stream().allMatch(follows);
        }
    }

    /// The port of whom this Sentinel takes for the primary.
    private static int named(int sentinel) {
        try (var asked = new Jedis("127.0.0.1", sentinel)) {
            return Integer.parseInt(asked.sentinelGetMasterAddrByName(NAME).get(1));
        }
    }

    private static void await(String what, BooleanSupplier is) {
        BooleanSupplier answered = () -> {
            try {
                return is.getAsBoolean();
            } catch (JedisException e) { // a Sentinel that is not up yet
                return false;
            }
        };
        if (!Patience.until(WITHIN, LOOK_EVERY, answered)) {
            throw new IllegalStateException("not within " + WITHIN.toSeconds() + " s: " + what);
        }
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a child did not end", e);
            }
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
