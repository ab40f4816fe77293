package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Text;

/// A change that is too large to be drawn in one frame, cut in two: `rest` behind `first` leaves
/// the same text as the whole.
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

    /// Cuts off a beginning of about `units` to draw.
    ///
    /// @param before  the text in front of the change
    static Slice of(Delta change, Text before, int units) {
        var cut = new Cut(before, units);
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

    private static final class Cut implements Delta.Visitor {
        private final DeltaBuilder first = Delta.builder();
        private final DeltaBuilder rest = Delta.builder();
        private final Text before;
        private int at; // in the text before
        private int left;

        Cut(Text before, int units) {
            this.before = before;
            this.left = units;
        }

        @Override
        public void retain(int length, Attributes set) {
            int part = length;
            if (!set.isEmpty()) {
                part = Math.clamp(left, 0, length);
                part -= part > 0 && Character.isHighSurrogate(before.charAt(at + part - 1)) ? 1 : 0;
                left -= part + PLACE;
            }
            first.retain(part, set).retain(length - part);
            rest.retain(part).retain(length - part, set);
            at += length;
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            int part = Math.clamp(left, 0, to - from);
            part -= part > 0 && Character.isHighSurrogate(source.charAt(from + part - 1)) ? 1 : 0;
            left -= part + PLACE;
            first.insert(source, from, from + part, set);
            rest.retain(part).insert(source, from + part, to, set);
        }

        @Override
        public void delete(int length) {
            if (left > 0) {
                first.delete(length);
            } else {
                first.retain(length);
                rest.delete(length);
            }
            left -= PLACE;
            at += length;
        }
    }
}
