package coscribe.relay.cli.load;

import java.util.Arrays;

/// Many durations, and where most of them lie: told to 1 in 128, in room that does not grow with
/// their number. Not thread-safe.
public final class Figures {
    private static final int BITS = 7;
    private static final int STEPS = 1 << BITS;

    /// How many lie at each step: the first 128 one nanosecond wide, then 128 to each doubling.
    private final long[] counts = new long[(Long.SIZE - BITS) * STEPS];

    private long count;
    private long most;

    /// @param each  in nanoseconds; below 0 counts as 0
    public void add(long each) {
        long nanos = Math.max(0, each);
        counts[step(nanos)]++;
        count++;
        most = Math.max(most, nanos);
    }

    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        most = 0;
    }

    public int count() {
        return Math.toIntExact(count);
    }

    /// In milliseconds; 0 where there is none.
    ///
    /// @param percentile  from 0 to 100
    public double millis(double percentile) {
        long rank = Math.clamp((long) Math.ceil(percentile / 100 * count), 1, Math.max(1, count));
        long seen = 0;
        for (int step = 0; step < counts.length && seen < rank; step++) {
            seen += counts[step];
            if (seen >= rank) {
                return Math.min(most, upTo(step)) / 1e6;
            }
        }
        return 0;
    }

    /// The longest of all, in milliseconds; 0 where there is none.
    public double most() {
        return most / 1e6;
    }

    private static int step(long nanos) {
        int doublings = Math.max(0, Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(nanos | 1));
        return doublings * STEPS + (int) (nanos >>> doublings);
    }

    /// The largest that lies there.
    private static long upTo(int step) {
        int doublings = Math.max(0, step / STEPS - 1);
        return ((long) (step - doublings * STEPS) + 1 << doublings) - 1;
    }
}
