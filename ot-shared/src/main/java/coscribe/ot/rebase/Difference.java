package coscribe.ot.rebase;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Text;

/// What leads from one text to another when nobody knows how it came about: what is equal at both
/// ends is kept, the rest replaced. For healing a fork, where it lets unsent edits move over to the
/// relay's copy.
public final class Difference {
    private Difference() {}

    public static Delta between(Text from, Text to) {
        int shared = Math.min(from.length(), to.length());
        int front = 0;
        while (front < shared && same(from, front, to, front)) {
            front++;
        }
        if (front > 0 && Character.isHighSurrogate(from.charAt(front - 1))) {
            front--;
        }
        int back = 0;
        while (back < shared - front && same(from, from.length() - 1 - back, to, to.length() - 1 - back)) {
            back++;
        }
        if (back > 0 && Character.isLowSurrogate(from.charAt(from.length() - back))) {
            back--;
        }
        var out = new DeltaBuilder().retain(front);
        to.forEachRun(front, to.length() - back, out::insert);
        return out.delete(from.length() - front - back).build(from.length());
    }

    private static boolean same(Text a, int i, Text b, int j) {
        if (a.charAt(i) != b.charAt(j)) {
            return false;
        }
        Attributes left = a.attributesAt(i);
        Attributes right = b.attributesAt(j);
        return left.equals(right);
    }
}
