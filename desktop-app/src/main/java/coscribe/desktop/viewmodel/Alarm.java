package coscribe.desktop.viewmodel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Wakes the thread that draws once, at the earliest moment that was asked for. No frame is asked for
/// while nothing is due, as an animation of the toolkit's would do sixty times a second. On the thread
/// that draws.
public final class Alarm implements AutoCloseable {
    private final ScheduledExecutorService timer;
    private final Executor home;
    private final InstantSource clock;
    private final Runnable wake;
    private Optional<Future<?>> task = Optional.empty();
    private Instant due = Instant.MAX;
    private boolean closed;

    /// @param timer  its tasks are short
    /// @param home   the thread that draws
    /// @param wake   runs there
    public Alarm(ScheduledExecutorService timer, Executor home, InstantSource clock, Runnable wake) {
        this.timer = timer;
        this.home = home;
        this.clock = clock;
        this.wake = wake;
    }

    /// Wakes at `moment`, or earlier where that was asked for before.
    public void setTo(Instant moment) {
        if (closed || !moment.isBefore(due)) {
            return;
        }
        task.ifPresent(it -> it.cancel(false));
        due = moment;
        long millis = Math.max(1, Duration.between(clock.instant(), moment).toMillis() + 1);
        task = Optional.of(timer.schedule(() -> home.execute(this::ring), millis, TimeUnit.MILLISECONDS));
    }

    /// The same, counted from now.
    public void setIn(Duration span) {
        setTo(clock.instant().plus(span));
    }

    private void ring() {
        if (!closed) {
            due = Instant.MAX;
            task = Optional.empty();
            wake.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        task.ifPresent(it -> it.cancel(false));
    }
}
