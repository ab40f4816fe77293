package coscribe.client.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A queue in front of an executor that may have many threads. A task that throws does not keep the
/// next ones from running.
final class SerialHome implements Home {
    private static final Logger LOG = LoggerFactory.getLogger(SerialHome.class);
    private static final int AT_A_TIME = 64;

    private final Executor executor;
    private final Deque<Runnable> tasks = new ArrayDeque<>(); // guarded by itself
    private boolean scheduled; // guarded by tasks
    private volatile Optional<Thread> here = Optional.empty();

    SerialHome(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        boolean begin;
        synchronized (tasks) {
            tasks.add(task);
            begin = !scheduled;
            scheduled = true;
        }
        if (begin) {
            executor.execute(this::runSome);
        }
    }

    private void runSome() {
        here = Optional.of(Thread.currentThread());
        for (int i = 0; i < AT_A_TIME; i++) {
            Optional<Runnable> next;
            synchronized (tasks) {
                next = Optional.ofNullable(tasks.poll());
                if (next.isEmpty()) {
                    here = Optional.empty();
                    scheduled = false;
                    return;
                }
            }
            run(next.get());
        }
        here = Optional.empty();
        executor.execute(this::runSome); // others may have their turn in between
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task failed", e);
        }
    }

    @Override
    public boolean isHere() {
        return here.filter(thread -> thread == Thread.currentThread()).isPresent();
    }
}
