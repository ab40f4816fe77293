package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What is typed to format: `# ` and `- ` at the beginning of a paragraph, `**bold**` in it. An aid
/// is an edit of its own behind the keystroke that asked for it, so that one undo brings back what
/// was typed. Pure.
final class TypingAids {
    private static final int LONGEST = 200;
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
            case " " -> caret - start > 5 || !style.isBody() ? Optional.empty() : block(text, start, caret);
            case "`" ->
                style.isBody() && text.substring(start, caret).equals("```")
                        ? Optional.of(turn(text, start, caret, BlockEdits.kind("code-block", Value.TRUE)))
                        : inline(text, start, caret, CODE, InlineStyle.CODE);
            case "*" -> inline(text, start, caret, BOLD, InlineStyle.BOLD);
            default -> Optional.empty();
        };
    }

    private static Optional<Edit> block(Text text, int start, int caret) {
        Optional<UnaryOperator<Attributes>> kind = switch (text.substring(start, caret)) {
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
