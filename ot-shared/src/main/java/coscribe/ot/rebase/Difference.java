package coscribe.ot.rebase;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import java.util.HashMap;
import java.util.Optional;

/// What leads from one text to another when nobody knows how it came about: what is equal at both
/// ends is kept, the rest replaced. For healing a fork, where it lets unsent edits move over to the
/// relay's copy. As in every change of a document, the closing newline stays, formatted anew where it
/// must be: nothing, no caret either, comes behind it.
public final class Difference {
    private Difference() {}

    public static Delta between(Text from, Text to) {
        boolean closed = isClosed(from) && isClosed(to);
        int fromEnd = closed ? from.length() - 1 : from.length();
        int toEnd = closed ? to.length() - 1 : to.length();
        int shared = Math.min(fromEnd, toEnd);
        int front = 0;
        while (front < shared && same(from, front, to, front)) {
            front++;
        }
        if (front > 0 && Character.isHighSurrogate(from.charAt(front - 1))) {
            front--;
        }
        int back = 0;
        while (back < shared - front && same(from, fromEnd - 1 - back, to, toEnd - 1 - back)) {
            back++;
        }
        if (back > 0 && Character.isLowSurrogate(from.charAt(fromEnd - back))) {
            back--;
        }
        var out = new DeltaBuilder().retain(front);
        to.forEachRun(front, toEnd - back, out::insert);
        out.delete(fromEnd - front - back).retain(back);
        if (closed) {
            out.retain(1, leading(from.attributesAt(fromEnd), to.attributesAt(toEnd)));
        }
        return out.build(from.length());
    }

    private static boolean isClosed(Text text) {
        return text.length() > 0 && text.charAt(text.length() - 1) == '\n';
    }

    private static Attributes leading(Attributes from, Attributes to) {
        var set = new HashMap<String, Value>();
        from.forEach((name, _) -> set.put(name, Value.CLEAR));
        to.forEach(set::put);
        to.forEach((name, value) -> {
            if (from.get(name).equals(Optional.of(value))) {
                set.remove(name);
            }
        });
        return Attributes.of(set);
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
