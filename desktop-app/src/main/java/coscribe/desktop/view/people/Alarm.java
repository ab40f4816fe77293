package coscribe.desktop.view.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/// Wakes the thread that draws once, at the earliest moment that was asked for. No pulse runs while
/// nothing is due.
final class Alarm implements AutoCloseable {
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Runnable wake;
    private Optional<Future<?>> task = Optional.empty();
    private Instant due = Instant.MAX;
    private boolean closed;

    /// @param wake  runs on the thread that draws
    Alarm(ScheduledExecutorService timer, InstantSource clock, Runnable wake) {
        this.timer = timer;
        this.clock = clock;
        this.wake = wake;
    }

    /// Wakes at `moment`, or earlier where that was asked for before.
    void setTo(Instant moment) {
        if (closed || !moment.isBefore(due)) {
            return;
        }
        task.ifPresent(it -> it.cancel(false));
        due = moment;
        long millis = Math.max(1, Duration.between(clock.instant(), moment).toMillis() + 1);
        task = Optional.of(timer.schedule(() -> Platform.runLater(this::ring), millis, TimeUnit.MILLISECONDS));
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
