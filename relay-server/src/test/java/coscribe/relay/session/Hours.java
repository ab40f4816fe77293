package coscribe.relay.session;

import coscribe.relay.sequencing.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/// Time that passes when a test says so, and work that waits until then. One thread only.
final class Hours implements InstantSource, Timers, Executor {
    private final PriorityQueue<Wait> due =
            new PriorityQueue<>(Comparator.comparing(Wait::at).thenComparingLong(Wait::number));
    private final Deque<Runnable> later = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private long number;

    private record Wait(Instant at, long number, Runnable task) {}

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Timers.Due after(Duration delay, Runnable task) {
        var wait = new Wait(now.plus(delay), number++, task);
        due.add(wait);
        return () -> due.remove(wait);
    }

    /// How many tasks wait for their time.
    int waits() {
        return due.size();
    }

    /// Runs what is due until then, each at its time.
    void pass(Duration time) {
        var end = now.plus(time);
        while (!due.isEmpty() && !due.element().at().isAfter(end)) {
            var next = due.remove();
            now = next.at();
            next.task().run();
        }
        now = end;
    }

    /// Work that is done when {@link #doWhatWaits} is called.
    @Override
    public void execute(Runnable task) {
        later.add(task);
    }

    void doWhatWaits() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }
}
