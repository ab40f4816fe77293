package coscribe.relay.sequencing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/// Runs something later. Passed in, so that the simulation owns time.
@FunctionalInterface
public interface Timers {
    /// Runs `task` once after `delay`; it must be short.
    @CanIgnoreReturnValue
    Due after(Duration delay, Runnable task);

    /// Something that is to run.
    @FunctionalInterface
    interface Due {
        /// Runs it no more, unless it has begun, and forgets it.
        void cancel();

        Due NEVER = () -> {};
    }
}
