package coscribe.desktop.viewmodel;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Works something out about what changes, on another thread: a moment after it changed and never
/// twice at once. At the document's home.
///
/// @param <S>  what it looks at: a value that stays as it is
/// @param <T>  what it finds
final class DebouncedTask<S, T> implements AutoCloseable {
    /// From a change to the look at it: a moment in which more may come.
    static final long PAUSE_MILLIS = 300;

    private final Supplier<S> now;
    private final Function<S, T> work;
    private final Consumer<T> take;
    private final ScheduledExecutorService worker;
    private final Executor home;
    private boolean due;
    private boolean again; // it changed since it was looked at
    private boolean closed;

    /// @param now     asked at home
    /// @param work    done by the worker
    /// @param take    told at home
    DebouncedTask(
            Supplier<S> now, Function<S, T> work, Consumer<T> take, ScheduledExecutorService worker, Executor home) {
        this.now = now;
        this.work = work;
        this.take = take;
        this.worker = worker;
        this.home = home;
    }

    void changed() {
        again = due;
        if (!due && !closed) {
            due = true;
            try {
                var _ = worker.schedule(() -> home.execute(this::begin), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                closed = true; // the program ends
            }
        }
    }

    private void begin() {
        if (!closed) {
            again = false;
            S seen = now.get();
            try {
                worker.execute(() -> {
                    T found = work.apply(seen);
                    home.execute(() -> end(found));
                });
            } catch (RejectedExecutionException e) {
                closed = true;
            }
        }
    }

    private void end(T found) {
        due = false;
        if (!closed) {
            take.accept(found);
            if (again) {
                changed();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
