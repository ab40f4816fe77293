package coscribe.relay.sequencing;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one after the other, in the order in which they came, on whatever the executor is. A
/// queue, not a thread: with a direct executor the first caller runs its task itself and those that
/// others add meanwhile (hand-offs between threads are what costs).
///
/// Thread-safe. A task that throws, whatever it is, is logged and does not stop the others: a queue that
/// stopped would never begin again.
public final class Serial implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Serial.class);
    private final Executor executor;
    private final Object whose;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param whose  for the log
    public Serial(Executor executor, Object whose) {
        this.executor = executor;
        this.whose = whose;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                run(task);
            }
        } while (waiting.decrementAndGet() != 0);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        try {
            LOG.error("event=task_failed {}", whose, failure);
        } catch (Throwable e) {
            // No memory even to say so; the queue goes on all the same.
        }
    }
}
