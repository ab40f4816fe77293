package coscribe.relay.store.redis;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// How a relay deals with its Redis.
///
/// @param commandTimeout   how long a join or other small command may take, waiting included
/// @param bulkTimeout      the same for loading, reading and keeping documents
/// @param waitingCommands  how many commands may wait for each connection; the next fails at once
/// @param waitReplicas     how many replicas must have what is answered: all that are attached; 0:
///     nobody is asked
/// @param waitPatience     how long they have for it; comes on top of the timeouts
/// @param trust            for TLS; empty: the JDK's trust store
public record RedisSettings(
        Duration connectTimeout,
        Duration commandTimeout,
        Duration bulkTimeout,
        int waitingCommands,
        int waitReplicas,
        Duration waitPatience,
        Optional<SSLSocketFactory> trust) {
    public static final RedisSettings DEFAULT = new RedisSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            8192,
            0,
            Duration.ofSeconds(1),
            Optional.empty());

    public RedisSettings {
        if (connectTimeout.toMillis() < 1
                || commandTimeout.toMillis() < 1
                || bulkTimeout.toMillis() < 1
                || waitPatience.toMillis() < 1) {
            throw new IllegalArgumentException("a timeout below 1 ms");
        }
        if (waitingCommands < 1 || waitReplicas < 0) {
            throw new IllegalArgumentException("waitingCommands " + waitingCommands + ", waitReplicas " + waitReplicas);
        }
    }

    public RedisSettings withCommandTimeout(Duration timeout) {
        return new RedisSettings(
                connectTimeout, timeout, bulkTimeout, waitingCommands, waitReplicas, waitPatience, trust);
    }

    public RedisSettings withWaitingCommands(int bound) {
        return new RedisSettings(connectTimeout, commandTimeout, bulkTimeout, bound, waitReplicas, waitPatience, trust);
    }

    public RedisSettings withWaitReplicas(int replicas) {
        return new RedisSettings(
                connectTimeout, commandTimeout, bulkTimeout, waitingCommands, replicas, waitPatience, trust);
    }

    public RedisSettings withWaitPatience(Duration patience) {
        return new RedisSettings(
                connectTimeout, commandTimeout, bulkTimeout, waitingCommands, waitReplicas, patience, trust);
    }

    public RedisSettings withTrust(SSLSocketFactory factory) {
        return new RedisSettings(
                connectTimeout,
                commandTimeout,
                bulkTimeout,
                waitingCommands,
                waitReplicas,
                waitPatience,
                Optional.of(factory));
    }

    Confirmation confirmation() {
        return new Confirmation(waitReplicas, waitPatience);
    }

    /// For a connection on which replicas confirm: at most two flights are ahead of a command.
    Duration withPatience(Duration timeout) {
        return waitReplicas == 0 ? timeout : timeout.plus(waitPatience.multipliedBy(2));
    }
}
