package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What commands do to paragraphs. Pure: a text and a selection in, an {@link Edit} out.
final class BlockEdits {
    private static final int TAB = 4; // spaces

    private BlockEdits() {}

    /// The positions of the newlines of all selected paragraphs. One that the selection only
    /// reaches with its end, at its first character, is not among them.
    static List<Integer> newlines(Text text, Caret selection) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        int last = to > from && text.charAt(to - 1) == '\n' ? to - 1 : to;
        var found = new ArrayList<Integer>();
        int at = Paragraphs.end(text, from);
        found.add(at);
        while (at < last) {
            at = Paragraphs.end(text, at + 1);
            found.add(at);
        }
        return found;
    }

    /// Sets on each selected paragraph what `wanted` makes of the look it has.
    static Edit restyle(Text text, Caret selection, UnaryOperator<Attributes> wanted) {
        return restyle(text, newlines(text, selection), selection, wanted);
    }

    static Edit restyle(Text text, List<Integer> newlines, Caret after, UnaryOperator<Attributes> wanted) {
        var out = Delta.builder();
        int at = 0;
        for (int newline : newlines) {
            var had = text.attributesAt(newline);
            out.retain(newline - at).retain(1, BlockStyle.change(had, wanted.apply(had)));
            at = newline + 1;
        }
        return Edit.of(out.build(text.length()), after);
    }

    /// What a paragraph becomes when it is made a heading, list item, quote or code: that and
    /// nothing else of the kind.
    static UnaryOperator<Attributes> kind(String name, Value value) {
        return had -> {
            var plain = body(had);
            boolean list = name.equals("list");
            boolean wasList = had.has("list");
            return (list == wasList ? plain : plain.without("indent")).with(name, value);
        };
    }

    /// Body text, as indented and aligned as before.
    static Attributes body(Attributes had) {
        return had.without("header")
                .without("list")
                .without("checked")
                .without("quote")
                .without("code-block");
    }

    static boolean all(Text text, Caret selection, Predicate<BlockStyle> is) {
        return newlines(text, selection).stream().allMatch(at -> is.test(BlockStyle.of(text.attributesAt(at))));
    }

    static Attributes indented(Attributes had, int by) {
        var style = BlockStyle.of(had);
        int deepest = style.list().isPresent() ? BlockStyle.DEEPEST_ITEM : BlockStyle.DEEPEST;
        int indent = Math.clamp((long) style.indent() + by, 0, Math.max(deepest, by < 0 ? style.indent() : deepest));
        return indent == 0 ? had.without("indent") : had.with("indent", Value.of(indent));
    }

    static Edit tick(Text text, List<Integer> newlines, Caret after) {
        var items = newlines.stream()
                .filter(at -> BlockStyle.of(text.attributesAt(at)).list().equals(Optional.of(ListKind.CHECK)))
                .toList();
        boolean tick = items.stream().anyMatch(at -> !text.attributesAt(at).has("checked"));
        return restyle(text, items, after, had -> tick ? had.with("checked", Value.TRUE) : had.without("checked"));
    }

    /// Sets lines of code further in by a tab, or out by one or by up to four spaces.
    static Edit shiftCode(Text text, Caret selection, boolean out, Attributes stamp) {
        var change = Delta.builder();
        int at = 0;
        for (int newline : newlines(text, selection)) {
            int start = Paragraphs.start(text, newline);
            change.retain(start - at);
            int margin = out ? marginAt(text, start) : 0;
            if (out) {
                change.delete(margin);
            } else {
                change.insert("\t", stamp);
            }
            at = start + margin;
        }
        Delta delta = change.build(text.length());
        int from = delta.mapPosition(InlineEdits.from(selection), Bias.BEFORE);
        int to = delta.mapPosition(InlineEdits.to(selection), Bias.AFTER);
        return Edit.of(delta, selection.anchor() <= selection.head() ? new Caret(from, to) : new Caret(to, from));
    }

    private static int marginAt(Text text, int start) {
        if (text.charAt(start) == '\t') {
            return 1;
        }
        int width = 0;
        while (width < TAB && text.charAt(start + width) == ' ') {
            width++;
        }
        return width;
    }
}
