package coscribe.relay.store.redis;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// How a relay deals with its Redis.
///
/// @param commandTimeout   how long a commit, join or other small command may take, waiting
///     included
/// @param bulkTimeout      the same for loading, reading and keeping documents
/// @param waitingCommands  how many commands may wait for each connection; the next fails at once
/// @param trust            for `rediss://`; empty: the JDK's trust store
public record RedisSettings(
        Duration connectTimeout,
        Duration commandTimeout,
        Duration bulkTimeout,
        int waitingCommands,
        Optional<SSLSocketFactory> trust) {
    public static final RedisSettings DEFAULT = new RedisSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(10), 8192, Optional.empty());

    public RedisSettings {
        if (connectTimeout.toMillis() < 1 || commandTimeout.toMillis() < 1 || bulkTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("a timeout below 1 ms");
        }
        if (waitingCommands < 1) {
            throw new IllegalArgumentException("waitingCommands " + waitingCommands);
        }
    }

    public RedisSettings withCommandTimeout(Duration timeout) {
        return new RedisSettings(connectTimeout, timeout, bulkTimeout, waitingCommands, trust);
    }

    public RedisSettings withWaitingCommands(int bound) {
        return new RedisSettings(connectTimeout, commandTimeout, bulkTimeout, bound, trust);
    }

    public RedisSettings withTrust(SSLSocketFactory factory) {
        return new RedisSettings(connectTimeout, commandTimeout, bulkTimeout, waitingCommands, Optional.of(factory));
    }
}
