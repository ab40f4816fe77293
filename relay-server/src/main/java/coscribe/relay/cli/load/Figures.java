package coscribe.relay.cli.load;

import java.util.Arrays;

/// Many durations, and where most of them lie. Not thread-safe.
public final class Figures {
    private long[] nanos = new long[1024];
    private int count;
    private boolean sorted;

    /// @param each  in nanoseconds
    public void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = each;
        sorted = false;
    }

    public void clear() {
        count = 0;
    }

    public int count() {
        return count;
    }

    /// In milliseconds; 0 where there is none.
    ///
    /// @param percentile  above 0, at most 100
    public double millis(double percentile) {
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
