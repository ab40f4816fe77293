package coscribe.bench.core;

import java.util.Arrays;

/// The least that an editor's text can be: characters with one gap where the last edit was. No
/// formatting, no check, no history. What the core is measured against.
final class GapBuffer {
    private char[] units;
    private int gapStart;
    private int gapEnd;

    GapBuffer(String text) {
        units = Arrays.copyOf(text.toCharArray(), text.length() + 64);
        gapStart = text.length();
        gapEnd = units.length;
    }

    int length() {
        return units.length - (gapEnd - gapStart);
    }

    void replace(int position, int deleted, String inserted) {
        moveGap(position);
        gapEnd += deleted;
        int more = inserted.length();
        if (gapEnd - gapStart < more) {
            grow(more);
        }
        inserted.getChars(0, more, units, gapStart);
        gapStart += more;
    }

    private void moveGap(int position) {
        if (position < gapStart) {
            int n = gapStart - position;
            System.arraycopy(units, position, units, gapEnd - n, n);
            gapStart -= n;
            gapEnd -= n;
        } else if (position > gapStart) {
            int n = position - gapStart;
            System.arraycopy(units, gapEnd, units, gapStart, n);
            gapStart += n;
            gapEnd += n;
        }
    }

    private void grow(int more) {
        int behind = units.length - gapEnd;
        int capacity = units.length + Math.max(units.length / 2, more);
        char[] wider = Arrays.copyOf(units, capacity);
        System.arraycopy(units, gapEnd, wider, capacity - behind, behind);
        gapEnd = capacity - behind;
        units = wider;
    }

    @Override
    public String toString() {
        return new StringBuilder(length())
                .append(units, 0, gapStart)
                .append(units, gapEnd, units.length - gapEnd)
                .toString();
    }
}
