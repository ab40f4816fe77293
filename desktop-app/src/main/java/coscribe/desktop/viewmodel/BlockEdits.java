package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What commands do to paragraphs. Pure: a text and a selection in, an {@link Edit} out.
final class BlockEdits {
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
            out.retain(newline - at).retain(1, BlockStyle.change(had, wanted.apply(had), false));
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

    /// Enter: a new paragraph that goes on as the one before it, as lists and quotes do. Behind a
    /// heading body text goes on; an item in which nothing stands ends its list.
    static Edit enter(Text text, Caret selection, Attributes stamp) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        int start = Paragraphs.start(text, from);
        int end = Paragraphs.end(text, to);
        var style = Paragraphs.style(text, from);
        if (from == to && start == end && leavesAtEnter(text, style, start)) {
            return restyle(
                    text,
                    List.of(end),
                    selection,
                    had -> style.list().isPresent() && style.indent() > 0 ? indented(had, -1) : body(had));
        }
        var look = BlockStyle.of(Paragraphs.newline(text, from), false);
        boolean startsHeading = style.heading() > 0 && from == start && to < end;
        var above = startsHeading ? look.without("header") : look;
        String lead = style.code() ? leadingSpace(text, start, from) : "";
        var out = Delta.builder()
                .retain(from)
                .insert("\n", over(above, stamp))
                .insert(lead, stamp)
                .delete(to - from);
        var below = style.heading() > 0 && to == end ? look.without("header") : look.without("checked");
        out.retain(end - to).retain(1, BlockStyle.change(text.attributesAt(end), below, false));
        return Edit.of(out.build(text.length()), Caret.at(from + 1 + lead.length()));
    }

    private static Attributes over(Attributes look, Attributes stamp) {
        var both = new Attributes[] {look};
        stamp.forEach((name, value) -> both[0] = both[0].with(name, value));
        return both[0];
    }

    /// An empty item or quote is left at once, code by a second empty line at its end.
    private static boolean leavesAtEnter(Text text, BlockStyle style, int start) {
        if (style.code()) {
            boolean emptyBefore = start > 0
                    && Paragraphs.start(text, start - 1) == start - 1
                    && Paragraphs.style(text, start - 1).code();
            boolean last = start + 1 >= text.length()
                    || !Paragraphs.style(text, start + 1).code();
            return emptyBefore && last;
        }
        return style.list().isPresent() || style.quote();
    }

    private static String leadingSpace(Text text, int start, int position) {
        int at = start;
        while (at < position && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Backspace at the beginning of a paragraph: first it is indented less, then it becomes body
    /// text. Empty: it is plain already.
    static Optional<Edit> backspaceAtStart(Text text, int position) {
        int end = Paragraphs.end(text, position);
        var style = Paragraphs.style(text, position);
        if (style.indent() > 0) {
            return Optional.of(restyle(text, List.of(end), Caret.at(position), had -> indented(had, -1)));
        }
        return style.isBody()
                ? Optional.empty()
                : Optional.of(restyle(text, List.of(end), Caret.at(position), BlockEdits::body));
    }

    static Edit tick(Text text, List<Integer> newlines, Caret after) {
        var items = newlines.stream()
                .filter(at -> BlockStyle.of(text.attributesAt(at)).list().equals(Optional.of(ListKind.CHECK)))
                .toList();
        boolean tick = items.stream().anyMatch(at -> !text.attributesAt(at).has("checked"));
        return restyle(text, items, after, had -> tick ? had.with("checked", Value.TRUE) : had.without("checked"));
    }

    /// A line across the page, in a paragraph of its own, and the caret behind it.
    static Edit divider(Text text, Caret selection, Attributes stamp) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        var out = Delta.builder().retain(from);
        int caret = from + 2;
        if (from > Paragraphs.start(text, from)) {
            out.insert("\n", over(BlockStyle.of(Paragraphs.newline(text, from), false), stamp));
            caret++;
        }
        out.insert(String.valueOf(Schema.EMBED), stamp.with("divider", Value.TRUE))
                .insert("\n", stamp)
                .delete(to - from);
        return Edit.of(out.build(text.length()), Caret.at(caret));
    }

    /// Changes places with the paragraph above or below, which moves; nobody's words change hands.
    /// Empty: there is none.
    static Optional<Edit> move(Text text, Caret selection, boolean up) {
        var newlines = newlines(text, selection);
        int start = Paragraphs.start(text, InlineEdits.from(selection));
        int end = newlines.getLast() + 1;
        if (up ? start == 0 : end == text.length()) {
            return Optional.empty();
        }
        int upper = up ? Paragraphs.start(text, start - 1) : start;
        int middle = up ? start : end;
        int lower = up ? end : Paragraphs.end(text, end) + 1;
        int shift = up ? upper - start : lower - end;
        int most = text.length() - 1; // a selection may reach over the last newline of the block
        var after = new Caret(Math.min(selection.anchor() + shift, most), Math.min(selection.head() + shift, most));
        Delta delta;
        if (lower == text.length()) {
            // The closing newline stays where it is, and changes its look with the other one.
            var out = Delta.builder().retain(upper).delete(middle - upper).retain(lower - 1 - middle);
            out.insert("\n", movable(text.attributesAt(lower - 1), text.attributesAt(middle - 1)));
            insertFrom(text, upper, middle - 1, out);
            out.retain(1, BlockStyle.change(text.attributesAt(lower - 1), text.attributesAt(middle - 1), false));
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
        var shown = BlockStyle.of(look, false);
        return writer.get(Schema.AUTHOR)
                .map(author -> shown.with(Schema.AUTHOR, author))
                .orElse(shown);
    }

    private static void insertFrom(Text text, int from, int to, DeltaBuilder out) {
        text.forEachRun(from, to, out::insert);
    }
}
