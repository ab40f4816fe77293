package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Text;
import java.util.function.IntPredicate;

/// A change that is too large to be drawn in one frame, cut in two: `rest` behind `first` leaves
/// the same text as the whole. Where somebody writes comes first, so that a key never has to wait
/// for the rest of a long text.
record Slice(Delta first, Delta rest) {
    /// What a place that changes costs at least, in units: its paragraph is drawn anew.
    private static final int PLACE = 100;

    /// How much there is to draw, in units.
    static int cost(Delta change) {
        long cost = 0;
        for (int i = 0; i < change.size(); i++) {
            if (!isKept(change, i)) {
                cost += PLACE + (change.isDelete(i) ? 0 : change.length(i));
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, cost);
    }

    private static boolean isKept(Delta change, int i) {
        return change.isRetain(i) && change.attributes(i).isEmpty();
    }

    /// Cuts off what is looked at, and a beginning of about `units` to draw.
    ///
    /// @param before  the text in front of the change
    /// @param seen    in the text behind it: where somebody writes, and around that place
    static Slice of(Delta change, Text before, int units, TextGeometry.Range seen) {
        var cut = new Cut(before, units, seen);
        change.forEach(cut);
        Delta first = cut.first.build(change.baseLength());
        return new Slice(first, cut.rest.build(first.targetLength()));
    }

    /// The first paragraphs of a text, of at least so many units, or all of it.
    static Text beginning(Text text, int units) {
        int end = Math.min(units, text.length());
        while (end < text.length() && text.charAt(end - 1) != '\n') {
            end++;
        }
        return text.apply(
                Delta.builder().retain(end).delete(text.length() - end).build());
    }

    /// The change that puts the rest of a text behind its beginning. What it inserts stands in
    /// front of the newline that closes the beginning, which goes last: whatever part of the change
    /// is drawn, a newline closes the text.
    static Delta behind(int beginning, Text text) {
        var out = Delta.builder().retain(beginning - 1);
        text.forEachRun(beginning - 1, text.length(), out::insert);
        return out.delete(1).build();
    }

    /// Goes through a change and deals it out. Each stretch has a part that is seen, maybe an empty
    /// one, and a part in front of that and one behind it, of each of which a beginning is drawn as
    /// long as there are units left.
    private static final class Cut implements Delta.Visitor {
        private final DeltaBuilder first = Delta.builder();
        private final DeltaBuilder rest = Delta.builder();
        private final Text before;
        private final TextGeometry.Range seen;
        private int at; // in the text before
        private int to; // in the text behind
        private int left;
        private int leftSeen; // many small changes in one place are too much, too
        private boolean cutOff; // the end of what was inserted here

        Cut(Text before, int units, TextGeometry.Range seen) {
            this.before = before;
            this.left = units;
            this.seen = seen;
            this.leftSeen = 2 * (seen.to() - seen.from());
        }

        @Override
        public void retain(int length, Attributes set) {
            if (set.isEmpty()) {
                first.retain(length);
                rest.retain(length);
            } else {
                deal(
                        length,
                        cut -> cut > 0 && Character.isHighSurrogate(before.charAt(at + cut - 1)),
                        (from, until) -> {
                            first.retain(until - from, set);
                            rest.retain(until - from);
                        },
                        (from, until) -> {
                            first.retain(until - from);
                            rest.retain(until - from, set);
                        });
            }
            cutOff = false;
            at += length;
            to += length;
        }

        @Override
        public void insert(String source, int from, int end, Attributes set) {
            deal(
                    end - from,
                    cut -> cut > 0 && Character.isHighSurrogate(source.charAt(from + cut - 1)),
                    (begin, until) -> {
                        first.insert(source, from + begin, from + until, set);
                        rest.retain(until - begin);
                    },
                    (begin, until) -> rest.insert(source, from + begin, from + until, set));
            to += end - from;
        }

        @Override
        public void delete(int length) {
            boolean isSeen = leftSeen > 0 && seen.from() <= to && to <= seen.to();
            if ((isSeen || left > 0) && !cutOff) {
                first.delete(length);
            } else {
                first.retain(length);
                rest.delete(length);
            }
            leftSeen -= isSeen ? PLACE : 0;
            left -= isSeen ? 0 : PLACE;
            at += length;
        }

        /// @param cutsPair  whether a place in the stretch is inside of a character
        /// @param now       gets the parts that are drawn, in turn with
        /// @param later     the others
        private void deal(int length, IntPredicate cutsPair, Part now, Part later) {
            int from = leftSeen > 0 ? fit(Math.clamp(seen.from() - to, 0, length), length, cutsPair) : 0;
            int until = leftSeen > 0 ? fit(Math.clamp(seen.to() - to, from, length), length, cutsPair) : 0;
            int front = beginning(from, cutsPair, 0);
            int behind = until + beginning(length - until, cutsPair, until);
            leftSeen -= until > from ? until - from + PLACE : 0;
            now.take(0, front);
            later.take(front, from);
            now.take(from, behind);
            later.take(behind, length);
            cutOff = (behind > from ? behind : front) < length;
        }

        /// How much of a part there is room for.
        private int beginning(int length, IntPredicate cutsPair, int start) {
            if (length == 0) {
                return 0;
            }
            int part = Math.clamp(left, 0, length);
            left -= part + PLACE;
            return part == length || !cutsPair.test(start + part) ? part : part - 1;
        }

        private static int fit(int cut, int length, IntPredicate cutsPair) {
            return cut < length && cutsPair.test(cut) ? cut - 1 : cut;
        }
    }

    /// A part of a stretch, which may be empty.
    private interface Part {
        void take(int from, int until);
    }
}
