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
        return between(from, to, Difference::partsPair);
    }

    /// The same, with each word kept or replaced as a whole: for moving edits over, as what is equal in two words may
    /// be so by chance, and a deletion of one must not take half of the other.
    public static Delta ofWords(Text from, Text to) {
        return between(from, to, (text, at) -> partsPair(text, at) || partsWord(text, at));
    }

    /// Whether a place is one where equal text must not end.
    private interface Parting {
        boolean parts(Text text, int at);
    }

    private static boolean partsPair(Text text, int at) {
        return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static boolean partsWord(Text text, int at) {
        return at > 0 && at < text.length() && isOfWord(text.charAt(at - 1)) && isOfWord(text.charAt(at));
    }

    private static boolean isOfWord(char unit) {
        return Character.isUnicodeIdentifierPart(unit) || Character.isSurrogate(unit);
    }

    private static Delta between(Text from, Text to, Parting not) {
        boolean closed = isClosed(from) && isClosed(to);
        int fromEnd = closed ? from.length() - 1 : from.length();
        int toEnd = closed ? to.length() - 1 : to.length();
        int shared = Math.min(fromEnd, toEnd);
        int front = from.sharedAtStart(to, shared);
        while (not.parts(from, front) || not.parts(to, front)) {
            front--;
        }
        int back = from.sharedInFrontOf(fromEnd, to, toEnd, shared - front);
        while (back > 0 && (not.parts(from, fromEnd - back) || not.parts(to, toEnd - back))) {
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
}
