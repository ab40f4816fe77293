package coscribe.ot.export;

import java.util.ArrayList;
import java.util.List;

/// Goes down a document's paragraphs and counts the items of its lists. A format that nests lists
/// can go one level deeper at a time only, so a level that was left out is not counted.
final class ListDepth {
    private record Level(int indent, ListKind kind, int number) {}

    private final List<Level> levels = new ArrayList<>();

    /// The next paragraph is an item.
    ///
    /// @return its number in its list, from 1
    int item(BlockStyle style, ListKind kind) {
        while (!levels.isEmpty() && levels.getLast().indent() > style.indent()) {
            levels.removeLast();
        }
        boolean same = !levels.isEmpty()
                && levels.getLast().indent() == style.indent()
                && levels.getLast().kind() == kind;
        int number = same ? levels.getLast().number() + 1 : 1;
        if (!levels.isEmpty() && levels.getLast().indent() == style.indent()) {
            levels.removeLast();
        }
        levels.add(new Level(style.indent(), kind, number));
        return number;
    }

    /// How many lists the newest item is in; 0: it was none.
    int depth() {
        return levels.size();
    }

    /// The next paragraph is none.
    void leave() {
        levels.clear();
    }
}
