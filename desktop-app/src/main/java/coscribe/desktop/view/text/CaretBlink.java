package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/// When the caret is seen: it comes and goes twice a second while the text has the keyboard, and is
/// seen wherever it has just been put. Two frames a second are asked for; the widget's own blinking,
/// an animation of the toolkit's, asks for sixty. On the thread that draws.
final class CaretBlink implements AutoCloseable {
    private static final Duration HALF = Duration.ofMillis(500);

    private final InstantSource clock;
    private final Runnable changed;
    private final Alarm alarm;
    private boolean blinking;
    private boolean gone;
    private Instant since = Instant.EPOCH; // it is seen, or gone

    /// @param changed  runs when it comes or goes
    CaretBlink(ScheduledExecutorService timer, Executor home, InstantSource clock, Runnable changed) {
        this.clock = clock;
        this.changed = changed;
        this.alarm = new Alarm(timer, home, clock, this::ring);
    }

    /// Whether it is gone for the moment.
    boolean isGone() {
        return gone;
    }

    /// Begins to blink, or stands still.
    void blink(boolean wanted) {
        blinking = wanted;
        moved();
        if (wanted) {
            alarm.setTo(since.plus(HALF));
        }
    }

    /// It was put somewhere.
    void moved() {
        since = clock.instant();
        if (gone) {
            gone = false;
            changed.run();
        }
    }

    private void ring() {
        if (!blinking) {
            return;
        }
        var now = clock.instant();
        if (!now.isBefore(since.plus(HALF))) {
            since = now;
            gone = !gone;
            changed.run();
        }
        alarm.setTo(since.plus(HALF));
    }

    @Override
    public void close() {
        alarm.close();
    }
}
