package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What is typed to format: `# ` and `- ` at the beginning of a paragraph, `**bold**` in it. An aid
/// is an edit of its own behind the keystroke that asked for it, so that one undo brings back what
/// was typed. Pure.
final class TypingAids {
    private static final int LONGEST = 200;
    private static final int LONGEST_MARK = 5;
    private static final int LONGEST_ADDRESS = 2_000;

    /// As it is written in a sentence: what ends the sentence or closes a bracket is not in it.
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w@/.])((?i:https?://|www\\.)[^\\s<>\"]*[^\\s<>\"'.,;:!?)\\]}])['.,;:!?)\\]}]*$");
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*\\s](?:[^*]*[^*\\s])?)\\*\\*$");
    private static final Pattern CODE = Pattern.compile("`([^`\\s](?:[^`]*[^`\\s])?)`$");

    private TypingAids() {}

    /// @param typed  the keystroke, which is in the text already and ends at `caret`
    static Optional<Edit> after(Text text, int caret, String typed) {
        int start = Paragraphs.start(text, caret);
        var style = Paragraphs.style(text, caret);
        if (style.code()) {
            return Optional.empty();
        }
        return switch (typed) {
            case " " -> block(text, start, caret, style).or(() -> link(text, caret - 1, Caret.at(caret)));
            case "`" ->
                style.isBody() && text.substring(start, caret).equals("```")
                        ? Optional.of(turn(text, start, caret, BlockEdits.kind("code-block", Value.TRUE)))
                        : inline(text, start, caret, CODE, InlineStyle.CODE);
            case "*" -> inline(text, start, caret, BOLD, InlineStyle.BOLD);
            default -> Optional.empty();
        };
    }

    /// The address in front of `end` becomes a link to where it says, once it is seen to be whole.
    ///
    /// @param caret  where the caret stands, and stays
    static Optional<Edit> link(Text text, int end, Caret caret) {
        int start = Math.max(Paragraphs.start(text, end), end - LONGEST_ADDRESS);
        var found = ADDRESS.matcher(text.substring(start, end));
        if (!found.find() || Paragraphs.style(text, end).code()) {
            return Optional.empty();
        }
        int from = start + found.start(1);
        int to = start + found.end(1);
        for (int at = from; at < to; at++) {
            var set = text.attributesAt(at);
            if (set.has(Links.LINK) || set.has(InlineStyle.CODE.attribute())) {
                return Optional.empty();
            }
        }
        return Links.meant(found.group(1))
                .map(target -> Edit.of(
                        Delta.builder()
                                .retain(from)
                                .retain(to - from, Attributes.of(Links.LINK, Value.of(target)))
                                .build(text.length()),
                        caret));
    }

    /// Body text becomes anything; an item of a list becomes one to tick.
    private static Optional<Edit> block(Text text, int start, int caret, BlockStyle style) {
        String typed = text.substring(start, Math.min(caret, start + LONGEST_MARK + 1));
        if (typed.length() > LONGEST_MARK || !style.isBody() && !(style.list().isPresent() && typed.startsWith("["))) {
            return Optional.empty();
        }
        Optional<UnaryOperator<Attributes>> kind = switch (typed) {
            case "# " -> Optional.of(BlockEdits.kind("header", Value.of(1)));
            case "## " -> Optional.of(BlockEdits.kind("header", Value.of(2)));
            case "### " -> Optional.of(BlockEdits.kind("header", Value.of(3)));
            case "#### " -> Optional.of(BlockEdits.kind("header", Value.of(4)));
            case "- ", "* " -> Optional.of(list(ListKind.BULLET));
            case "1. ", "1) " -> Optional.of(list(ListKind.ORDERED));
            case "[] ", "[ ] " -> Optional.of(list(ListKind.CHECK));
            case "[x] " -> Optional.of(had -> list(ListKind.CHECK).apply(had).with("checked", Value.TRUE));
            case "> " -> Optional.of(BlockEdits.kind("quote", Value.TRUE));
            default -> Optional.empty();
        };
        return kind.map(wanted -> turn(text, start, caret, wanted));
    }

    private static UnaryOperator<Attributes> list(ListKind kind) {
        return BlockEdits.kind("list", Value.of(kind.value()));
    }

    /// Without what was typed for it.
    private static Edit turn(Text text, int start, int caret, UnaryOperator<Attributes> wanted) {
        int end = Paragraphs.end(text, caret);
        var had = text.attributesAt(end);
        var delta = Delta.builder()
                .retain(start)
                .delete(caret - start)
                .retain(end - caret)
                .retain(1, BlockStyle.change(had, wanted.apply(had)))
                .build(text.length());
        return Edit.of(delta, Caret.at(start));
    }

    private static Optional<Edit> inline(Text text, int start, int caret, Pattern pattern, InlineStyle style) {
        int from = Math.max(start, caret - LONGEST);
        var found = pattern.matcher(text.substring(from, caret));
        if (!found.find()) {
            return Optional.empty();
        }
        int open = from + found.start();
        int mark = found.start(1) - found.start();
        int inner = found.end(1) - found.start(1);
        if (text.attributesAt(open).has(InlineStyle.CODE.attribute())) {
            return Optional.empty();
        }
        var delta = Delta.builder()
                .retain(open)
                .delete(mark)
                .retain(inner, Attributes.of(style.attribute(), Value.TRUE))
                .delete(mark)
                .build(text.length());
        return Optional.of(Edit.of(delta, Caret.at(caret - 2 * mark)));
    }
}
