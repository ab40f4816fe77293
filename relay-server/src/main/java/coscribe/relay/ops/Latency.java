package coscribe.relay.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// How long something takes, as a histogram. What happens before there is a registry is kept for
/// it, up to a bound. Any thread.
final class Latency {
    private static final int EARLY = 4_096;
    private static final Duration[] BOUNDS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Queue<Duration> early = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();
    private volatile Optional<Timer> timer = Optional.empty();

    void took(Duration time) {
        var there = timer;
        if (there.isPresent()) {
            there.get().record(time);
        } else if (kept.incrementAndGet() <= EARLY) {
            early.add(time);
            timer.ifPresent(this::drain); // it came between the two lines above
        }
    }

    void register(MeterRegistry registry, String name, String meaning, Tags tags) {
        var made = Timer.builder(name)
                .description(meaning)
                .tags(tags)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
        timer = Optional.of(made);
        drain(made);
    }

    private void drain(Timer into) {
        for (Duration time = early.poll(); time != null; time = early.poll()) {
            into.record(time);
        }
    }
}
