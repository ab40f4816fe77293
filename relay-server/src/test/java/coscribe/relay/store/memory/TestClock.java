package coscribe.relay.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that goes on only when it is told to.
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T09:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    public void elapse(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
    }
}
