package coscribe.bench.core;

import java.util.Arrays;
import java.util.List;

/// Times work by turns, so that whatever disturbs the machine meets everything compared alike:
/// warmed first, then the median of several rounds.
final class Timing {
    /// Nanoseconds of one execution: the median, and the slowest.
    record Figure(double median, double slowest) {
        double millis() {
            return median / 1e6;
        }
    }

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
        long start = System.nanoTime();
        int warm = 0;
        while (System.nanoTime() - start < warmNanos || warm < 3) {
            for (Work work : works) {
                sink = work.run();
            }
            warm++;
        }
        var times = new double[works.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < works.size(); i++) {
                long before = System.nanoTime();
                sink = works.get(i).run();
                times[i][round] = System.nanoTime() - before;
            }
        }
        return Arrays.stream(times).map(Timing::figure).toList();
    }

    private static Figure figure(double[] times) {
        Arrays.sort(times);
        return new Figure(times[times.length / 2], times[times.length - 1]);
    }
}
