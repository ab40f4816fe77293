package coscribe.desktop;

import coscribe.client.runner.Home;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents live on the thread that draws. What comes for them from elsewhere waits in one queue
/// and is done a few milliseconds at a time, so that a burst from the network never holds up a
/// frame or a key.
public final class FxHome implements Home {
    private static final Logger LOG = LoggerFactory.getLogger(FxHome.class);
    private static final long AT_A_TIME_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile LongConsumer waits = waited -> {};
    private volatile long askedAt; // nanoseconds

    /// @param listener  told, on the thread that draws, how long each turn of it was waited for, in
    ///     nanoseconds
    void onWait(LongConsumer listener) {
        waits = listener;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        ask();
    }

    private void ask() {
        if (!asked.getAndSet(true)) {
            askedAt = System.nanoTime();
            Platform.runLater(this::runSome);
        }
    }

    private void runSome() {
        long now = System.nanoTime();
        waits.accept(now - askedAt);
        asked.set(false);
        long end = now + AT_A_TIME_NANOS;
        for (var task = tasks.poll(); task != null; task = System.nanoTime() < end ? tasks.poll() : null) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("event=task_failed", e);
            }
        }
        if (!tasks.isEmpty()) {
            ask();
        }
    }

    @Override
    public boolean isHere() {
        return Platform.isFxApplicationThread();
    }
}
