package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Intent;
import java.util.Optional;

/// How text goes to another place: what is moved keeps its writers and what was said about it.
/// Pure.
final class Moving {
    private Moving() {}

    /// What is selected goes to `target`, which is not inside of it, and stays selected. Empty: it
    /// is there already.
    static Optional<Edit> text(Text text, Caret selection, int target) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        if (from == to || (target >= from && target <= to)) {
            return Optional.empty();
        }
        var out = Delta.builder().retain(target);
        insertFrom(text, from, to, out);
        Delta there = out.build(text.length());
        int shift = target < from ? to - from : 0;
        var gone = InlineEdits.delete(text.apply(there), from + shift, to + shift);
        int at = target < from ? target : target - (to - from);
        return Optional.of(new Edit(there.compose(gone.delta()), new Caret(at, at + to - from), Intent.MOVE));
    }

    /// The selected paragraphs change places with the one above or below, which is what moves.
    /// Empty: there is none.
    static Optional<Edit> paragraphs(Text text, Caret selection, boolean up) {
        var newlines = BlockEdits.newlines(text, selection);
        int start = Paragraphs.start(text, InlineEdits.from(selection));
        int end = newlines.getLast() + 1;
        if (up ? start == 0 : end == text.length()) {
            return Optional.empty();
        }
        int upper = up ? Paragraphs.start(text, start - 1) : start;
        int middle = up ? start : end;
        int lower = up ? end : Paragraphs.end(text, end) + 1;
        int shift = up ? upper - start : lower - end;
        int most = text.length() - 1;
        var after = new Caret(Math.min(most, selection.anchor() + shift), Math.min(most, selection.head() + shift));
        Delta delta;
        if (lower == text.length()) {
            // The closing newline stays where it is, and changes its look with the other one.
            var out = Delta.builder().retain(upper).delete(middle - upper).retain(lower - 1 - middle);
            out.insert("\n", movable(text.attributesAt(lower - 1), text.attributesAt(middle - 1)));
            insertFrom(text, upper, middle - 1, out);
            out.retain(1, BlockStyle.change(text.attributesAt(lower - 1), text.attributesAt(middle - 1)));
            delta = out.build(text.length());
        } else if (up) {
            var out = Delta.builder().retain(upper).delete(middle - upper).retain(lower - middle);
            insertFrom(text, upper, middle, out);
            delta = out.build(text.length());
        } else {
            var out = Delta.builder().retain(upper);
            insertFrom(text, middle, lower, out);
            delta = out.retain(middle - upper).delete(lower - middle).build(text.length());
        }
        return Optional.of(new Edit(delta, after, Intent.MOVE));
    }

    /// The look of one newline with the author of another.
    private static Attributes movable(Attributes look, Attributes writer) {
        var shown = BlockStyle.look(look);
        return writer.get(Schema.AUTHOR)
                .map(author -> shown.with(Schema.AUTHOR, author))
                .orElse(shown);
    }

    private static void insertFrom(Text text, int from, int to, DeltaBuilder out) {
        text.forEachRun(from, to, out::insert);
    }
}
