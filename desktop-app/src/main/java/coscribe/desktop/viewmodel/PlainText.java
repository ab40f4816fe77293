package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;

/// Formatted text as plain text that people read the same way.
final class PlainText {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final int[] numbers = new int[BlockStyle.DEEPEST + 2];

    private PlainText() {}

    /// @param last  the look of a last paragraph without its newline
    static String of(Delta inserts, BlockStyle last) {
        var plain = new PlainText();
        inserts.forEach((Fragment.Inserts) plain::take);
        if (!plain.line.isEmpty()) {
            plain.endLine(last);
            plain.out.setLength(plain.out.length() - 1);
        }
        return plain.out.toString();
    }

    private void take(String source, int from, int to, Attributes set) {
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
