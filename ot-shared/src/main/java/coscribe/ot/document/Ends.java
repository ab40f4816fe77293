package coscribe.ot.document;

/// Tables of ascending ends: where each piece of something ends, which is where the next one
/// begins.
final class Ends {
    /// Up to here it is quicker to look at one after the other.
    private static final int FEW = 8;

    private Ends() {}

    /// The piece that holds `offset`; the last one for an offset behind all of them.
    static int find(int[] ends, int offset) {
        return find(ends, ends.length - 1, offset);
    }

    /// The first piece that ends behind `offset`, or `last`.
    static int find(int[] ends, int last, int offset) {
        int low = 0;
        int high = last;
        while (high - low > FEW) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while (low < high && ends[low] <= offset) {
            low++;
        }
        return low;
    }

    static int startOf(int[] ends, int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /// The same table after piece `index` grew by so many units.
    static int[] grown(int[] ends, int index, int units) {
        int[] next = ends.clone();
        for (int i = index; i < next.length; i++) {
            next[i] += units;
        }
        return next;
    }
}
