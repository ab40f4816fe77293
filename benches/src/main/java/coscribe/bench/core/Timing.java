package coscribe.bench.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/// Times work by turns, so that whatever disturbs the machine meets everything compared alike:
/// warmed first, then the median of several rounds, in which the shorter work is done so often that
/// it lasts as long as the longest. Told is the processor time of this thread: what other programs
/// take from the machine does not count. The collector's threads are not in it.
final class Timing {
    /// Nanoseconds of one execution: the median, and the slowest round's.
    record Figure(double median, double slowest) {
        double millis() {
            return median / 1e6;
        }
    }

    private static final int REPEATED_AT_MOST = 64;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static volatile Object sink = new Object();
    private final long warmNanos;
    private final int rounds;

    /// @param warmMillis  how long everything compared runs before anything counts
    Timing(long warmMillis, int rounds) {
        this.warmNanos = warmMillis * 1_000_000;
        this.rounds = rounds;
    }

    /// Something to time; its result is kept from being optimised away.
    @FunctionalInterface
    interface Work {
        Object run();
    }

    Figure of(Work work) {
        return of(List.of(work)).getFirst();
    }

    List<Figure> of(List<Work> works) {
        int[] repeats = warm(works);
        var times = new double[works.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.size(); i++) {
                times[i][round] = time(works.get(i), repeats[i]) / repeats[i];
            }
        }
        return Arrays.stream(times).map(Timing::figure).toList();
    }

    private int[] warm(List<Work> works) {
        var latest = new double[works.size()];
        long start = System.nanoTime();
        for (int warm = 0; System.nanoTime() - start < warmNanos || warm < 3; warm++) {
            for (int i = 0; i < latest.length; i++) {
                latest[i] = time(works.get(i), 1);
            }
        }
        double longest = Arrays.stream(latest).max().orElse(0);
        return Arrays.stream(latest)
                .mapToInt(each -> (int) Math.clamp(longest / Math.max(1, each), 1, REPEATED_AT_MOST))
                .toArray();
    }

    private static double time(Work work, int repeats) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < repeats; i++) {
            sink = work.run();
        }
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    private static Figure figure(double[] times) {
        Arrays.sort(times);
        return new Figure(times[times.length / 2], times[times.length - 1]);
    }
}
