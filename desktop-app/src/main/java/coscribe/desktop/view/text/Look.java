package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which style classes of text.css formatting asks for. On the thread that draws.
final class Look {
    private static final List<String> FLAGS = List.of("bold", "italic", "underline", "strike", "code");
    private static final int KEPT = 4_096;

    private final Map<Attributes, List<String>> runs = new HashMap<>();
    private final Map<Attributes, Block> blocks = new HashMap<>();

    /// The classes of a run of characters.
    List<String> ofRun(Attributes set) {
        if (set.isEmpty()) {
            return List.of();
        }
        room(runs);
        return runs.computeIfAbsent(set, Look::runClasses);
    }

    Block ofBlock(Attributes set) {
        room(blocks);
        return blocks.computeIfAbsent(set, Block::of);
    }

    private static void room(Map<?, ?> known) {
        if (known.size() >= KEPT) {
            known.clear();
        }
    }

    private static List<String> runClasses(Attributes set) {
        var classes = new ArrayList<String>();
        for (String flag : FLAGS) {
            if (set.has(flag)) {
                classes.add(flag);
            }
        }
        if (set.has("link")) {
            classes.add("link");
        }
        var commented = new boolean[1];
        set.forEach((name, ignored) -> commented[0] |= name.startsWith(Schema.COMMENT_PREFIX));
        if (commented[0]) {
            classes.add("commented");
        }
        return List.copyOf(classes);
    }

    /// What kind of list item a paragraph is.
    enum Item {
        NONE,
        BULLET,
        ORDERED,
        CHECK
    }

    /// How a paragraph looks.
    ///
    /// @param classes  its style classes
    /// @param indent   levels, 0 to 5
    record Block(List<String> classes, Item item, boolean checked, int indent, boolean quote, boolean code) {
        static Block of(Attributes set) {
            var classes = new ArrayList<String>();
            boolean quote = set.has("quote");
            boolean code = set.has("code-block");
            var item = item(set);
            if (set.get("header").orElse(Value.TRUE) instanceof Value.Number(int level)) {
                classes.add("h" + level);
            } else if (item != Item.NONE) {
                classes.add("item");
            } else if (!quote && !code) {
                classes.add("body");
            }
            if (quote) {
                classes.add("quote");
            }
            if (code) {
                classes.add("code-block");
            }
            if (item == Item.CHECK && set.has("checked")) {
                classes.add("checked");
            }
            if (set.get("align").orElse(Value.TRUE) instanceof Value.Text(String side)) {
                classes.add("align-" + side);
            }
            int indent = set.get("indent").orElse(Value.TRUE) instanceof Value.Number(int levels) ? levels : 0;
            return new Block(List.copyOf(classes), item, set.has("checked"), indent, quote, code);
        }

        private static Item item(Attributes set) {
            return set.get("list").orElse(Value.TRUE) instanceof Value.Text(String kind)
                    ? switch (kind) {
                        case "ordered" -> Item.ORDERED;
                        case "check" -> Item.CHECK;
                        default -> Item.BULLET;
                    }
                    : Item.NONE;
        }
    }
}
