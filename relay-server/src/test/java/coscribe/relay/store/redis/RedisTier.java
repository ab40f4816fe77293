package coscribe.relay.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/// A primary, its replicas and three Sentinels: real processes on free ports of 127.0.0.1, which end
/// with it. Sentinels take a server for dead after half a second.
public final class RedisTier implements AutoCloseable {
    private static final String NAME = "coscribe";
    private static final int SENTINELS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Sentinel> sentinels = new ArrayList<>();

    private record Sentinel(Path folder, int port, Process process) {
        Jedis admin() {
            return new Jedis("127.0.0.1", port);
        }
    }

    /// @param replicas  beside the primary
    public static RedisTier start(int replicas) {
        var tier = new RedisTier();
        try {
            tier.run(replicas);
            return tier;
        } catch (RuntimeException e) {
            tier.close();
            throw e;
        } catch (IOException e) {
            tier.close();
            throw new UncheckedIOException(e);
        }
    }

    private void run(int replicas) throws IOException {
        servers.add(RedisServer.strict());
        for (int i = 0; i < replicas; i++) {
            servers.add(RedisServer.replicaOf(servers.getFirst(), "--appendonly", "yes", "--appendfsync", "always"));
        }
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(sentinel(servers.getFirst().port()));
        }
        Awaitility.await("the Sentinels know each other and the replicas")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> sentinels.stream().allMatch(sentinel -> knows(sentinel, replicas)));
    }

    private static Sentinel sentinel(int primary) throws IOException {
        var folder = Files.createTempDirectory("coscribe-sentinel-");
        int port = RedisServer.freePort();
        var config = Files.writeString(
                folder.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor %s 127.0.0.1 %d 2
                sentinel down-after-milliseconds %s 500
                sentinel failover-timeout %s 2000
                """.formatted(port, folder, NAME, primary, NAME, NAME));
        var process = new ProcessBuilder("redis-server", config.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await("redis-sentinel answers").atMost(PATIENCE).until(() -> {
            try (var admin = new Jedis("127.0.0.1", port)) {
                return "PONG".equals(admin.ping());
            } catch (JedisException _) {
                return false;
            }
        });
        return new Sentinel(folder, port, process);
    }

    private static boolean knows(Sentinel sentinel, int replicas) {
        try (var admin = sentinel.admin()) {
            return admin.sentinelSentinels(NAME).size() == SENTINELS - 1
                    && admin.sentinelReplicas(NAME).size() == replicas;
        }
    }

    /// Where a relay looks for it.
    public String url() {
        return "redis+sentinel://"
                + sentinels.stream().map(each -> "127.0.0.1:" + each.port()).collect(Collectors.joining(",")) + "/"
                + NAME;
    }

    public RedisServer primary() {
        return server(primaryPort());
    }

    /// The one that is not the primary, where there are two.
    public RedisServer replica() {
        int primary = primaryPort();
        return servers.stream()
                .filter(each -> each.port() != primary)
                .findFirst()
                .orElseThrow();
    }

    private RedisServer server(int port) {
        return servers.stream().filter(each -> each.port() == port).findFirst().orElseThrow();
    }

    /// As most Sentinels say.
    private int primaryPort() {
        var ports = sentinels.stream()
                .map(sentinel -> {
                    try (var admin = sentinel.admin()) {
                        return Integer.parseInt(
                                admin.sentinelGetMasterAddrByName(NAME).get(1));
                    }
                })
                .toList();
        return ports.stream()
                .max(Comparator.comparingLong(
                        port -> ports.stream().filter(port::equals).count()))
                .orElseThrow();
    }

    /// Waits until the Sentinels have put another server in the place of `before`, and all say so.
    public RedisServer awaitAnother(RedisServer before) {
        Awaitility.await("another primary")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> sentinels.stream().allMatch(sentinel -> {
                    try (var admin = sentinel.admin()) {
                        return !admin.sentinelGetMasterAddrByName(NAME).get(1).equals("" + before.port());
                    }
                }));
        Awaitility.await("it takes writes").atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (var admin = primary().admin()) {
                return admin.info("replication").contains("role:master");
            }
        });
        return primary();
    }

    /// The replica gets nothing of what is written from now on.
    public void cutReplica() {
        replica().signal("STOP");
        try (var admin = primary().admin()) { // else what is in the socket's buffers would still reach it
            var _ = admin.sendCommand(Command.CLIENT, "KILL", "TYPE", "replica");
        }
    }

    /// Kills the primary, whose replica, where `behind`, heard nothing of what was written meanwhile; waits for
    /// the other one to take its place, and brings the dead one back as its replica.
    public void failOver(boolean behind, Runnable meanwhile) {
        if (behind) {
            cutReplica();
        }
        meanwhile.run();
        replacePrimary(behind);
    }

    /// @param silent  whether the replica was cut off
    public void replacePrimary(boolean silent) {
        var dead = primary();
        var other = replica();
        dead.kill();
        if (silent) {
            other.signal("CONT");
        }
        dead.runAsReplicaOf(awaitAnother(dead));
        Awaitility.await("the Sentinels are calm")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> sentinels.stream().allMatch(sentinel -> {
                    try (var admin = sentinel.admin()) {
                        return admin.sentinelReplicas(NAME).stream()
                                .allMatch(each -> each.get("flags").equals("slave")
                                        && "ok".equals(each.get("master-link-status")));
                    }
                }));
    }

    @Override
    public void close() {
        for (Sentinel sentinel : sentinels) {
            sentinel.process().destroyForcibly();
            try {
                var _ = sentinel.process().waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            RedisServer.deleteAll(sentinel.folder());
        }
        servers.forEach(RedisServer::close);
    }
}
