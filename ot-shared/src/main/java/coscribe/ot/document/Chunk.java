package coscribe.ot.document;

import coscribe.ot.delta.Attributes;

/// A piece of text with its attribute runs; immutable once built, shared between versions of a
/// document.
///
/// @param text        the characters; a surrogate pair may lie across two chunks
/// @param runEnds     where each run ends, ascending; the last is `text.length`
/// @param attributes  one for each run; neighbours differ
record Chunk(char[] text, int[] runEnds, Attributes[] attributes) {
    /// A chunk never grows beyond this.
    static final int MAX = 1024;
    /// A smaller one is joined with its neighbour when a change touches it.
    static final int MIN = 256;

    int length() {
        return text.length;
    }

    /// The run that holds `offset`.
    int runAt(int offset) {
        int low = 0;
        int high = runEnds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runEnds[middle] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
