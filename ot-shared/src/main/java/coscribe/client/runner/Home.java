package coscribe.client.runner;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// Where a document lives: one thread at a time, tasks in order. Everything that changes a document
/// happens here, and listeners are called here. In the editor that is the thread that draws.
public interface Home extends Executor {
    /// Whether the caller runs here.
    boolean isHere();

    /// An executor that already is one thread at a time, as the thread that draws is.
    static Home of(Executor executor, BooleanSupplier isHere) {
        return new Home() {
            @Override
            public void execute(Runnable task) {
                executor.execute(task);
            }

            @Override
            public boolean isHere() {
                return isHere.getAsBoolean();
            }
        };
    }

    /// One thread at a time out of any executor.
    static Home serial(Executor executor) {
        return new SerialHome(executor);
    }
}
