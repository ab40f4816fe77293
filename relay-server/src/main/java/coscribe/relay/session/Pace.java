package coscribe.relay.session;

import coscribe.ot.protocol.PersonId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How much a person may ask for, over all connections to this relay: so much at once, then one more
/// each so often (a token bucket). Whoever asks too soon waits; only who has so much waiting already
/// that it would take longer than patience lasts is refused, and that costs nothing. Thread-safe.
final class Pace {
    /// The longest that anybody is kept waiting.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final long everyNanos;
    private final long atOnceNanos;
    /// Nobody has more before them than this.
    private final long longestNanos;
    /// When all that a person asked for would be over, one each so often.
    private final ConcurrentMap<PersonId, Long> busyUntil = new ConcurrentHashMap<>();
    private final AtomicInteger forgetAt = new AtomicInteger(REMEMBERED);

    sealed interface Turn {
        /// @param pause  not negative; zero: at once
        record After(Duration pause) implements Turn {}

        record Refused(Duration retryAfter) implements Turn {}
    }

    Pace(InstantSource clock, long atOnce, Duration every) {
        this.clock = clock;
        this.everyNanos = every.toNanos();
        this.atOnceNanos = atOnce * everyNanos;
        this.longestNanos = atOnceNanos + PATIENCE.toNanos();
    }

    static Pace eachSecond(InstantSource clock, long atOnce, long eachSecond) {
        return new Pace(clock, atOnce, Duration.ofNanos(Duration.ofSeconds(1).toNanos() / eachSecond));
    }

    Turn take(PersonId person) {
        return take(person, 1);
    }

    /// @param cost  not negative; what costs more than may be asked for at once counts as that much
    Turn take(PersonId person, long cost) {
        long now = nanos();
        forget(now);
        long costs = Math.min(cost * everyNanos, atOnceNanos);
        var turn = new Turn[1];
        busyUntil.compute(person, (_, before) -> {
            // A clock that was set back must not make anybody wait for as long as it went back.
            long from = before == null || before < now ? now : Math.min(before, now + longestNanos);
            long wait = Math.max(0, from + costs - now - atOnceNanos);
            if (wait > PATIENCE.toNanos()) {
                turn[0] = new Turn.Refused(Duration.ofNanos(wait));
                return from;
            }
            turn[0] = new Turn.After(Duration.ofNanos(wait));
            return from + costs;
        });
        return turn[0];
    }

    private long nanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /// Who asks for nothing for a while is as new. Looked for when twice as many were added as remained,
    /// so that each addition costs the same.
    private void forget(long now) {
        if (busyUntil.size() >= forgetAt.get()) {
            busyUntil.values().removeIf(until -> until <= now);
            forgetAt.set(Math.max(REMEMBERED, 2 * busyUntil.size()));
        }
    }

    /// How many people are remembered.
    int remembered() {
        return busyUntil.size();
    }
}
