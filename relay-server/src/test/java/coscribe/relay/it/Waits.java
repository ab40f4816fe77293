package coscribe.relay.it;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A relay's clock and its long waits, under a test's hand. What is due within 4 s runs by itself,
/// in real time; whatever waits longer waits until the test lets time pass.
final class Waits extends ScheduledThreadPoolExecutor implements InstantSource {
    private static final Duration LONG = Duration.ofSeconds(4);

    private final List<Held> held = new ArrayList<>(); // guarded by itself
    private volatile Duration ahead = Duration.ZERO;

    private record Held(Instant due, Runnable task) {}

    Waits() {
        super(1, Thread.ofPlatform().daemon().name("test-waits").factory());
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        var wait = Duration.of(delay, unit.toChronoUnit());
        if (wait.compareTo(LONG) < 0) {
            return super.schedule(task, delay, unit);
        }
        synchronized (held) {
            held.add(new Held(instant().plus(wait), task));
        }
        return super.schedule(() -> {}, 365, TimeUnit.DAYS);
    }

    /// Moves the clock on and runs what is due by then.
    void pass(Duration time) {
        ahead = ahead.plus(time);
        var now = instant();
        List<Held> due;
        synchronized (held) {
            due = held.stream().filter(each -> !each.due().isAfter(now)).toList();
            held.removeAll(due);
        }
        due.forEach(each -> execute(each.task()));
    }
}
