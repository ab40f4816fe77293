package coscribe.client.link.websocket;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Hands what was received to the listener's executor, a bounded number at a time: when the
/// listener is slow the reading thread waits, the socket is no longer read, and the relay sees a
/// slow reader.
final class Intake {
    static final int BOUND = 1_024;

    private final Executor executor;
    private final Semaphore room = new Semaphore(BOUND);
    private boolean ended; // guarded by this

    Intake(Executor executor) {
        this.executor = executor;
    }

    /// Waits for room. Dropped behind the last one.
    void next(Runnable word) {
        room.acquireUninterruptibly();
        synchronized (this) {
            if (!ended) {
                executor.execute(() -> {
                    try {
                        word.run();
                    } finally {
                        room.release();
                    }
                });
            }
        }
    }

    /// Never waits; frees whoever does.
    synchronized void last(Runnable word) {
        ended = true;
        room.release(BOUND);
        executor.execute(word);
    }
}
