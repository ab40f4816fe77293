package coscribe.ot.protocol;

import java.time.Duration;

/// How long to wait before the next connection: a random time between 0 and a bound (full jitter), on top of what
/// the relay asked for.
public final class Backoff {
    /// A relay that says when to come back knows better than doubling how long that makes sense.
    private static final int TIMES_ASKED = 4;

    private Backoff() {}

    /// The bound of the random wait: doubles with each failure from {@link Limits#FIRST_RETRY_BOUND} to
    /// {@link Limits#LAST_RETRY_BOUND}, where the relay asked for a time to no more than four times that.
    ///
    /// @param failures  in a row, from 1
    /// @param asked     how long the relay asked to be left alone; zero where it did not
    public static Duration bound(int failures, Duration asked) {
        var doubled = least(
                Limits.FIRST_RETRY_BOUND.multipliedBy(1L << Math.clamp(failures - 1, 0, 10)), Limits.LAST_RETRY_BOUND);
        if (!asked.isPositive()) {
            return doubled;
        }
        var most = asked.multipliedBy(TIMES_ASKED);
        return least(doubled, most.compareTo(Limits.FIRST_RETRY_BOUND) < 0 ? Limits.FIRST_RETRY_BOUND : most);
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
