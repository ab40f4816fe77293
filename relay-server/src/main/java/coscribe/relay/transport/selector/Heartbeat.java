package coscribe.relay.transport.selector;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a peer is still there: a ping each period, of which each has a number, and the end before
/// nothing was heard for one and a half. Times are the loop's milliseconds. On the loop's thread.
final class Heartbeat {
    private final long periodMillis;
    private final long silenceMillis;
    private long aliveMillis;
    private long pingedMillis;
    private long number;
    private Instant pingedAt = Instant.EPOCH;

    /// @param looks  how often it is asked whether the peer is lost: the next time is too late
    Heartbeat(Duration period, Duration looks, long nowMillis) {
        this.periodMillis = period.toMillis();
        this.silenceMillis = periodMillis + periodMillis / 2 - looks.toMillis();
        this.aliveMillis = nowMillis;
    }

    /// Something was heard, or nothing could be.
    void alive(long nowMillis) {
        aliveMillis = nowMillis;
    }

    /// The first ping is due a period from here.
    void begin(long nowMillis) {
        pingedMillis = nowMillis;
    }

    boolean isLost(long nowMillis) {
        return nowMillis - aliveMillis > silenceMillis;
    }

    /// The number to ping with, if it is time.
    OptionalLong ping(long nowMillis, Instant now) {
        if (nowMillis - pingedMillis < periodMillis) {
            return OptionalLong.empty();
        }
        pingedMillis = nowMillis;
        number = Math.abs(number) + 1;
        pingedAt = now;
        return OptionalLong.of(number);
    }

    /// How long the newest ping took there and back, at its first pong.
    Optional<Duration> pong(ByteBuffer payload, Instant now) {
        if (number == 0 || payload.remaining() != Long.BYTES || payload.getLong(payload.position()) != number) {
            return Optional.empty();
        }
        number = -number; // a repeated pong measures nothing
        return Optional.of(Duration.between(pingedAt, now));
    }
}
