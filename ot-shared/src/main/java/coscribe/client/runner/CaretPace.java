package coscribe.client.runner;

import coscribe.ot.presence.Caret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Lets at most 20 carets a second pass; the newest wins. At home.
final class CaretPace {
    private static final long EVERY_MILLIS = 50;

    private final InstantSource clock;
    private final BiFunction<Duration, Runnable, Future<?>> later;
    private final Consumer<Optional<Caret>> tell;
    private Optional<Optional<Caret>> due = Optional.empty();
    private boolean waiting;
    private long toldAtMillis;

    /// @param later  runs a task at home after a time
    CaretPace(InstantSource clock, BiFunction<Duration, Runnable, Future<?>> later, Consumer<Optional<Caret>> tell) {
        this.clock = clock;
        this.later = later;
        this.tell = tell;
    }

    void moved(Optional<Caret> caret) {
        due = Optional.of(caret);
        if (waiting) {
            return;
        }
        long waited = clock.millis() - toldAtMillis;
        if (waited < 0 || waited >= EVERY_MILLIS) {
            tellDue();
            return;
        }
        waiting = true;
        var _ = later.apply(Duration.ofMillis(EVERY_MILLIS - waited), () -> {
            waiting = false;
            tellDue();
        });
    }

    /// What was about to be told is old.
    void forget() {
        due = Optional.empty();
    }

    private void tellDue() {
        due.ifPresent(caret -> {
            due = Optional.empty();
            toldAtMillis = clock.millis();
            tell.accept(caret);
        });
    }
}
