package coscribe.relay.sequencing;

import java.time.Duration;

/// Runs something later. Passed in, so that the simulation owns time.
@FunctionalInterface
public interface Timers {
    /// Runs `task` once after `delay`; it must be short.
    void after(Duration delay, Runnable task);
}
