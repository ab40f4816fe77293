package coscribe.client.runner;

import coscribe.ot.delta.Delta;
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

    /// The text changed under the caret that is about to be told.
    ///
    /// @param own  by the writer, with an undo
    void through(Delta change, boolean own) {
        due = due.map(told -> told.map(caret -> own ? caret.throughOwn(change) : caret.throughForeign(change)));
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
