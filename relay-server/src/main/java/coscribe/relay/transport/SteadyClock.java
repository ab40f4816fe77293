package coscribe.relay.transport;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that only moves forward and at an even pace: the wall clock at construction, then the
/// monotonic one. Deadlines and silence are measured with it, so that a machine whose time is set does
/// not take all its peers for dead.
public final class SteadyClock implements InstantSource {
    private final Instant start = InstantSource.system().instant();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }

    @Override
    public long millis() {
        return start.toEpochMilli() + (System.nanoTime() - startNanos) / 1_000_000;
    }
}
