package coscribe.relay.session;

import coscribe.ot.protocol.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How often a person may ask for something, over all connections to this relay: so many at once,
/// then one more each so often. Whoever asks too soon waits; only who has others waiting for long
/// already is refused. Thread-safe.
final class Pace {
    /// The longest that anybody is kept waiting.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Duration every;
    private final Duration atOnce;
    /// When all that a person asked for would be over, one each so often.
    private final ConcurrentMap<PersonId, Instant> busyUntil = new ConcurrentHashMap<>();

    sealed interface Turn {
        /// @param pause  not negative; zero: at once
        record After(Duration pause) implements Turn {}

        record Refused(Duration retryAfter) implements Turn {}
    }

    Pace(InstantSource clock, int atOnce, Duration every) {
        this.clock = clock;
        this.every = every;
        this.atOnce = every.multipliedBy(atOnce);
    }

    Turn take(PersonId person) {
        Instant now = clock.instant();
        if (busyUntil.size() >= REMEMBERED) {
            busyUntil.values().removeIf(until -> !until.isAfter(now));
        }
        var turn = new Turn[1];
        busyUntil.compute(person, (_, before) -> {
            Instant from = before == null || before.isBefore(now) ? now : before;
            Instant until = from.plus(every);
            Duration wait = Duration.between(now, until).minus(atOnce);
            if (wait.compareTo(PATIENCE) > 0) {
                turn[0] = new Turn.Refused(wait);
                return from;
            }
            turn[0] = new Turn.After(wait.isNegative() ? Duration.ZERO : wait);
            return until;
        });
        return turn[0];
    }
}
