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
/// @param atRisk           how long what was answered may lack their word; zero: what is answered has it
/// @param trust            for TLS; empty: the JDK's trust store
public record RedisSettings(
        Duration connectTimeout,
        Duration commandTimeout,
        Duration bulkTimeout,
        int waitingCommands,
        int waitReplicas,
        Duration waitPatience,
        Duration atRisk,
        Optional<SSLSocketFactory> trust) {
    public static final RedisSettings DEFAULT = new RedisSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            8192,
            0,
            Duration.ofSeconds(1),
            Duration.ZERO,
            Optional.empty());

    public RedisSettings {
        if (connectTimeout.toMillis() < 1
                || commandTimeout.toMillis() < 1
                || bulkTimeout.toMillis() < 1
                || waitPatience.toMillis() < 1) {
            throw new IllegalArgumentException("a timeout below 1 ms");
        }
        if (waitingCommands < 1 || waitReplicas < 0 || atRisk.isNegative()) {
            throw new IllegalArgumentException(
                    "waitingCommands " + waitingCommands + ", waitReplicas " + waitReplicas + ", atRisk " + atRisk);
        }
    }

    public RedisSettings withCommandTimeout(Duration timeout) {
        return new RedisSettings(
                connectTimeout, timeout, bulkTimeout, waitingCommands, waitReplicas, waitPatience, atRisk, trust);
    }

    public RedisSettings withWaitingCommands(int bound) {
        return new RedisSettings(
                connectTimeout, commandTimeout, bulkTimeout, bound, waitReplicas, waitPatience, atRisk, trust);
    }

    public RedisSettings withWaitReplicas(int replicas) {
        return new RedisSettings(
                connectTimeout, commandTimeout, bulkTimeout, waitingCommands, replicas, waitPatience, atRisk, trust);
    }

    public RedisSettings withWaitPatience(Duration patience) {
        return new RedisSettings(
                connectTimeout, commandTimeout, bulkTimeout, waitingCommands, waitReplicas, patience, atRisk, trust);
    }

    public RedisSettings withAtRisk(Duration time) {
        return new RedisSettings(
                connectTimeout, commandTimeout, bulkTimeout, waitingCommands, waitReplicas, waitPatience, time, trust);
    }

    public RedisSettings withTrust(SSLSocketFactory factory) {
        return new RedisSettings(
                connectTimeout,
                commandTimeout,
                bulkTimeout,
                waitingCommands,
                waitReplicas,
                waitPatience,
                atRisk,
                Optional.of(factory));
    }

    /// Of what is answered.
    Confirmation confirmation() {
        return atRisk.isZero() ? new Confirmation(waitReplicas, waitPatience, true) : Confirmation.NONE;
    }

    /// Of what was answered.
    Confirmation laterConfirmation() {
        return atRisk.isZero() ? Confirmation.NONE : new Confirmation(waitReplicas, waitPatience, false);
    }
}
