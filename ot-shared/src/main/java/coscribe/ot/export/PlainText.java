package coscribe.ot.export;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;

/// Formatted text as plain text that people read the same way.
public final class PlainText {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final int[] numbers = new int[BlockStyle.DEEPEST + 2];

    private PlainText() {}

    /// @param last  the look of a last paragraph without its newline
    public static String of(Delta inserts, BlockStyle last) {
        var plain = new PlainText();
        inserts.forEach((Inserts) plain::take);
        if (!plain.line.isEmpty()) {
            plain.endLine(last);
            plain.out.setLength(plain.out.length() - 1);
        }
        return plain.out.toString();
    }

    /// A whole document.
    static String of(Text text) {
        var plain = new PlainText();
        text.forEachRun(0, text.length(), plain::take);
        return plain.out.toString();
    }

    /// Only what is inserted.
    private interface Inserts extends Delta.Visitor {
        @Override
        default void retain(int length, Attributes set) {}

        @Override
        default void delete(int length) {}
    }

    private void take(CharSequence source, int from, int to, Attributes set) {
        for (int i = from; i < to; i++) {
            char c = source.charAt(i);
            if (c == '\n') {
                endLine(BlockStyle.of(set));
            } else if (c == Schema.EMBED) {
                line.append(embed(set));
            } else {
                line.append(c);
            }
        }
    }

    private static String embed(Attributes set) {
        if (set.has("divider")) {
            return "---";
        }
        return set.get("alt").orElse(Value.TRUE) instanceof Value.Text(String alt) ? "[" + alt + "]" : "[image]";
    }

    private void endLine(BlockStyle block) {
        if (block.list().isPresent()) {
            out.append("  ".repeat(block.indent()));
        }
        boolean ordered = block.list().filter(ListKind.ORDERED::equals).isPresent();
        for (int level = block.list().isEmpty() ? 0 : block.indent() + 1; level < numbers.length; level++) {
            numbers[level] = 0;
        }
        numbers[block.indent()] = ordered ? numbers[block.indent()] + 1 : 0;
        block.list()
                .ifPresent(kind -> out.append(
                        switch (kind) {
                            case BULLET -> "- ";
                            case ORDERED -> numbers[block.indent()] + ". ";
                            case CHECK -> block.checked() ? "[x] " : "[ ] ";
                        }));
        out.append(block.quote() ? "> " : "").append(line).append('\n');
        line.setLength(0);
    }
}
