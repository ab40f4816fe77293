package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Optional;

/// What Enter, Backspace and Delete do where paragraphs begin and end. Pure.
final class Breaks {
    private Breaks() {}

    /// Enter: a new paragraph that goes on as the one before it, as lists, quotes and code do.
    /// Behind a heading body text goes on; what is opened above a heading or a ticked item is none.
    /// An item or quote in which nothing stands is left, an inner item to the level above it first.
    static Edit enter(Text text, Caret selection, Attributes stamp) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        int start = Paragraphs.start(text, from);
        int end = Paragraphs.end(text, to);
        var style = Paragraphs.style(text, from);
        if (from == to && start == end && style.code() && isSecondEmptyLine(text, start)) {
            return leaveCode(text, start);
        }
        if (from == to && start == end && (style.list().isPresent() || style.quote())) {
            return BlockEdits.restyle(
                    text,
                    List.of(end),
                    selection,
                    had -> style.list().isPresent() && style.indent() > 0
                            ? BlockEdits.indented(had, -1)
                            : BlockEdits.body(had));
        }
        var look = BlockStyle.look(Paragraphs.newline(text, from));
        boolean opensAbove = from == start && to < end;
        boolean goesOnBehind = to == end;
        var above = opensAbove ? look.without("header").without("checked") : look;
        var below = opensAbove ? look : look.without("checked");
        below = goesOnBehind ? below.without("header") : below;
        String margin = style.code() ? marginOf(text, start, from) : "";
        var out = Delta.builder()
                .retain(from)
                .insert("\n", over(above, stamp))
                .insert(margin, stamp)
                .delete(to - from);
        out.retain(end - to).retain(1, BlockStyle.change(text.attributesAt(end), below));
        return Edit.of(out.build(text.length()), Caret.at(from + 1 + margin.length()));
    }

    private static Attributes over(Attributes look, Attributes stamp) {
        return look.with(Schema.AUTHOR, stamp.get(Schema.AUTHOR).orElseThrow());
    }

    private static boolean isSecondEmptyLine(Text text, int start) {
        boolean behindEmpty = start > 0
                && Paragraphs.start(text, start - 1) == start - 1
                && Paragraphs.style(text, start - 1).code();
        boolean last =
                start + 1 >= text.length() || !Paragraphs.style(text, start + 1).code();
        return behindEmpty && last;
    }

    /// Of the two empty lines one goes, and the other is where body text goes on.
    private static Edit leaveCode(Text text, int start) {
        var had = text.attributesAt(start);
        var delta = Delta.builder()
                .retain(start - 1)
                .delete(1)
                .retain(1, BlockStyle.change(had, BlockEdits.body(had)))
                .build(text.length());
        return Edit.of(delta, Caret.at(start - 1));
    }

    private static String marginOf(Text text, int start, int position) {
        int at = start;
        while (at < position && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Backspace at the beginning of a paragraph: first it becomes body text, as far in as it was,
    /// then it is indented less, then it joins the one before it, or takes the divider before it
    /// away. A further line of code joins at once. Empty: there is nothing before.
    static Optional<Edit> backspaceAtStart(Text text, int position) {
        int end = Paragraphs.end(text, position);
        var style = Paragraphs.style(text, position);
        boolean joins = style.code()
                && position > 0
                && Paragraphs.style(text, position - 1).code();
        if (!style.isBody() && !joins) {
            return Optional.of(BlockEdits.restyle(text, List.of(end), Caret.at(position), BlockEdits::body));
        }
        if (style.indent() > 0) {
            return Optional.of(
                    BlockEdits.restyle(text, List.of(end), Caret.at(position), had -> BlockEdits.indented(had, -1)));
        }
        if (position == 0) {
            return Optional.empty();
        }
        int from = isDivider(text, position - 1) ? position - 2 : position - 1;
        return Optional.of(InlineEdits.delete(text, from, position));
    }

    /// Delete at the end of a paragraph: the next one joins it, or the divider there goes away.
    static Edit deleteAtEnd(Text text, int position) {
        boolean empty = Paragraphs.start(text, position) == position;
        if (!empty && position + 2 < text.length() && isDivider(text, position + 2)) {
            int from = position + 3 < text.length() ? position + 1 : position;
            return Edit.of(InlineEdits.delete(text, from, from + 2).delta(), Caret.at(position));
        }
        return InlineEdits.delete(text, position, position + 1);
    }

    /// Whether the newline at `position` ends a paragraph in which a divider stands and nothing
    /// else.
    private static boolean isDivider(Text text, int position) {
        return text.charAt(position) == '\n'
                && position > 0
                && text.attributesAt(position - 1).has("divider")
                && (position == 1 || text.charAt(position - 2) == '\n');
    }

    /// A line across the page, in a paragraph of its own, and the caret behind it.
    static Edit divider(Text text, Caret selection, Attributes stamp) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        var out = Delta.builder().retain(from);
        int caret = from + 2;
        if (from > Paragraphs.start(text, from)) {
            out.insert("\n", over(BlockStyle.look(Paragraphs.newline(text, from)), stamp));
            caret++;
        }
        out.insert(String.valueOf(Schema.EMBED), stamp.with("divider", Value.TRUE))
                .insert("\n", stamp)
                .delete(to - from);
        return Edit.of(out.build(text.length()), Caret.at(caret));
    }

    /// What is typed beside a divider stands in a paragraph of its own. Empty: there is none here.
    static Optional<Edit> besideDivider(Text text, int position, String typed, Attributes set, Attributes stamp) {
        boolean before = text.charAt(position) == Schema.EMBED && isDivider(text, position + 1);
        boolean behind = position > 0 && isDivider(text, position);
        if (!before && !behind) {
            return Optional.empty();
        }
        var out = Delta.builder().retain(position);
        if (before) {
            out.insert(typed, set).insert("\n", stamp);
        } else {
            out.insert("\n", stamp).insert(typed, set);
        }
        return Optional.of(Edit.of(out.build(text.length()), Caret.at(position + typed.length() + (before ? 0 : 1))));
    }
}
