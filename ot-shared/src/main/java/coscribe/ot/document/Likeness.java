package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import java.util.Arrays;

/// How far two chunks are the same, characters and formatting, by their runs and not unit by unit.
final class Likeness {
    private Likeness() {}

    /// Of the `units` from `i` in one and from `j` in the other: how many are the same from the first
    /// on.
    static int forwards(Chunk one, int i, Chunk other, int j, int units) {
        if (one == other && i == j) {
            return units;
        }
        int differs = Arrays.mismatch(one.text(), i, i + units, other.text(), j, j + units);
        int same = differs < 0 ? units : differs;
        int done = 0;
        while (done < same) {
            int run = one.runAt(i + done);
            int beside = other.runAt(j + done);
            if (!alike(one, run, other, beside)) {
                return done;
            }
            done = Math.min(one.runEnd(run) - i, other.runEnd(beside) - j);
        }
        return same;
    }

    /// Of the `units` in front of `i` in one and of `j` in the other: how many are the same from the
    /// last one back.
    static int backwards(Chunk one, int i, Chunk other, int j, int units) {
        if (one == other && i == j) {
            return units;
        }
        int same = 0;
        while (same < units && one.text()[i - 1 - same] == other.text()[j - 1 - same]) {
            same++;
        }
        int done = 0;
        while (done < same) {
            int run = one.runAt(i - 1 - done);
            int beside = other.runAt(j - 1 - done);
            if (!alike(one, run, other, beside)) {
                return done;
            }
            done = Math.min(i - Ends.startOf(one.cuts(), run), j - Ends.startOf(other.cuts(), beside));
        }
        return same;
    }

    private static boolean alike(Chunk one, int run, Chunk other, int beside) {
        Attributes set = one.attributes()[run];
        return set.equals(other.attributes()[beside]);
    }
}
