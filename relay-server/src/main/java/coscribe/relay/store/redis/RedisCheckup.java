package coscribe.relay.store.redis;

import coscribe.relay.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Looks at how a Redis server is set up, on a connection of its own. Blocks.
public final class RedisCheckup {
    /// What the server says of itself; an empty value where it does not let us ask.
    ///
    /// @param eviction     `maxmemory-policy`
    /// @param appendOnly   `appendonly`: yes or no
    /// @param appendFsync  `appendfsync`: always, everysec or no
    /// @param minReplicas  `min-replicas-to-write`
    /// @param maxLag       `min-replicas-max-lag`, in seconds
    /// @param replicas     how many are attached and have all of it
    /// @param writesFail   why the last background save or log rewrite failed to keep writes going
    /// @param time         the server's clock
    public record Found(
            String version,
            Optional<String> eviction,
            Optional<String> appendOnly,
            Optional<String> appendFsync,
            Optional<String> minReplicas,
            Optional<String> maxLag,
            int replicas,
            Optional<String> writesFail,
            Instant time) {}

    private RedisCheckup() {}

    /// @throws StoreUnavailableException  where there is no usable Redis, with a sentence
    public static Found look(RedisUrl url, RedisSettings settings) {
        try {
            var connection = new Dialer(url, settings).dial("checkup", List.of());
            try {
                var info = info(connection);
                return new Found(
                        info.getOrDefault("redis_version", "unknown"),
                        setting(connection, "maxmemory-policy"),
                        setting(connection, "appendonly"),
                        setting(connection, "appendfsync"),
                        setting(connection, "min-replicas-to-write"),
                        setting(connection, "min-replicas-max-lag"),
                        replicas(info),
                        failedWrites(info),
                        time(connection));
            } finally {
                connection.sever();
            }
        } catch (JedisException e) {
            throw new StoreUnavailableException("Redis at " + url.address() + " can't be used: " + cause(e) + ".", e);
        }
    }

    private static String cause(JedisException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    private static Optional<String> failedWrites(Map<String, String> info) {
        if (info.getOrDefault("aof_last_write_status", "ok").equals("err")) {
            return Optional.of("its last write to the append-only file failed");
        }
        return info.getOrDefault("rdb_last_bgsave_status", "ok").equals("err")
                ? Optional.of("its last background save failed")
                : Optional.empty();
    }

    private static int replicas(Map<String, String> info) {
        return (int) info.entrySet().stream()
                .filter(field -> field.getKey().matches("slave[0-9]+")
                        && field.getValue().contains("state=online"))
                .count();
    }

    private static Map<String, String> info(RedisConnection connection) {
        var fields = new TreeMap<String, String>();
        if (ask(connection, new CommandArguments(Command.INFO)) instanceof byte[] text) {
            for (var line : new String(text, StandardCharsets.UTF_8).split("\r?\n")) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 1));
                }
            }
        }
        return fields;
    }

    private static Optional<String> setting(RedisConnection connection, String name) {
        var reply =
                ask(connection, new CommandArguments(Command.CONFIG).add("GET").add(name));
        return reply instanceof List<?> pair && pair.size() == 2 && pair.get(1) instanceof byte[] value
                ? Optional.of(new String(value, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Instant time(RedisConnection connection) {
        if (ask(connection, new CommandArguments(Command.TIME)) instanceof List<?> reply
                && reply.size() == 2
                && reply.getFirst() instanceof byte[] seconds) {
            return Instant.ofEpochSecond(Long.parseLong(new String(seconds, StandardCharsets.US_ASCII)));
        }
        throw new JedisException("TIME was not answered");
    }

    /// A refusal is an answer too: an ACL may keep CONFIG from us.
    private static Object ask(RedisConnection connection, CommandArguments command) {
        connection.write(command);
        connection.flush();
        var reply = connection.read();
        return reply instanceof JedisDataException ? List.of() : reply;
    }
}
