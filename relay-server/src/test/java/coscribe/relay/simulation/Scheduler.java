package coscribe.relay.simulation;

import coscribe.relay.sequencing.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// Time, threads and chance of one simulated world: everything that happens is a task here, and the
/// seed decides when.
final class Scheduler implements InstantSource, Timers, Executor {
    private static final long START_MICROS = 1_700_000_000_000_000L;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMicros).thenComparingLong(Task::order));
    final RandomGenerator random;
    private long nowMicros;
    private long order;
    private long traceHash = 0xcbf29ce484222325L;

    private record Task(long atMicros, long order, Runnable work) {}

    Scheduler(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, (START_MICROS + nowMicros) * 1_000);
    }

    long nowMicros() {
        return nowMicros;
    }

    @Override
    public void execute(Runnable task) {
        at(random.nextInt(300), task);
    }

    @Override
    public Due after(Duration delay, Runnable task) {
        var cancelled = new AtomicBoolean();
        at(delay.toNanos() / 1_000, () -> {
            if (!cancelled.get()) {
                task.run();
            }
        });
        return () -> cancelled.set(true);
    }

    void at(long inMicros, Runnable task) {
        tasks.add(new Task(nowMicros + Math.max(0, inMicros), order++, task));
    }

    /// At a given moment, or now if that is past.
    void when(long atMicros, Runnable task) {
        at(atMicros - nowMicros, task);
    }

    boolean runNext() {
        Task next = tasks.poll();
        if (next == null) {
            return false;
        }
        nowMicros = next.atMicros;
        next.work.run();
        return true;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    long between(long low, long high) {
        return low + random.nextLong(high - low + 1);
    }

    /// Folds what happened into the trace.
    void trace(String what) {
        long hash = traceHash;
        for (int i = 0; i < what.length(); i++) {
            hash = (hash ^ what.charAt(i)) * 0x100000001b3L;
        }
        traceHash = (hash ^ nowMicros) * 0x100000001b3L;
    }

    long traceHash() {
        return traceHash;
    }
}
