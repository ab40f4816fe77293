package coscribe.relay.cli.load;

import java.util.Arrays;

/// Many durations, and where most of them lie. Not thread-safe.
final class Figures {
    private long[] nanos = new long[1024];
    private int count;
    private boolean sorted;

    void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = each;
        sorted = false;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /// In milliseconds; 0 where there is none.
    double millis(double percentile) {
        if (count == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int at = (int) Math.ceil(percentile / 100 * count) - 1;
        return nanos[Math.clamp(at, 0, count - 1)] / 1e6;
    }
}
