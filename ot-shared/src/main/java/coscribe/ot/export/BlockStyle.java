package coscribe.ot.export;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import java.util.Optional;
import java.util.Set;

/// What a paragraph is, read from the attributes of the newline that ends it. A paragraph is one of
/// body text, heading, list item, quote or code: whoever makes it one of these takes the other
/// away, as in other editors. Indent and alignment go with any of them.
///
/// @param heading  1 to 4; 0: none
/// @param indent   0 to 5
public record BlockStyle(
        int heading,
        Optional<ListKind> list,
        boolean checked,
        int indent,
        boolean quote,
        boolean code,
        Alignment alignment) {
    public static final BlockStyle BODY = new BlockStyle(0, Optional.empty(), false, 0, false, false, Alignment.START);
    /// The deepest level of a list's items, counted from 0.
    public static final int DEEPEST_ITEM = 4;

    /// The deepest indent.
    public static final int DEEPEST = 5;
    private static final Set<String> NAMES =
            Set.of("header", "list", "checked", "indent", "quote", "code-block", "align");

    /// @param newline  the attributes of the newline that ends the paragraph
    public static BlockStyle of(Attributes newline) {
        if (newline.isEmpty()) {
            return BODY;
        }
        return new BlockStyle(
                number(newline, "header"),
                text(newline, "list").flatMap(ListKind::of),
                newline.has("checked"),
                number(newline, "indent"),
                newline.has("quote"),
                newline.has("code-block"),
                text(newline, "align").map(Alignment::of).orElse(Alignment.START));
    }

    /// Nothing but body text, maybe indented or aligned.
    public boolean isBody() {
        return heading == 0 && list.isEmpty() && !quote && !code;
    }

    private static int number(Attributes set, String name) {
        return set.get(name).orElse(Value.TRUE) instanceof Value.Number(int number) ? number : 0;
    }

    /// What an attribute says in words.
    public static Optional<String> text(Attributes set, String name) {
        return set.get(name).orElse(Value.TRUE) instanceof Value.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// Of a newline's attributes those that say how its paragraph looks.
    public static Attributes look(Attributes newline) {
        var kept = new Attributes[] {newline};
        newline.forEach((name, value) -> kept[0] = NAMES.contains(name) ? kept[0] : kept[0].without(name));
        return kept[0];
    }

    /// Whether a set of attributes says how a paragraph looks.
    public static boolean isBlock(Attributes set) {
        var block = new boolean[1];
        set.forEach((name, value) -> block[0] |= NAMES.contains(name));
        return block[0];
    }

    /// What a retain over a newline must set so that its paragraph looks as `wanted` says and no
    /// other way.
    public static Attributes change(Attributes newline, Attributes wanted) {
        var change = Attributes.NONE;
        for (String name : NAMES) {
            var had = newline.get(name);
            var wants = wanted.get(name);
            if (!had.equals(wants)) {
                change = change.with(name, wants.orElse(Value.CLEAR));
            }
        }
        return change;
    }
}
