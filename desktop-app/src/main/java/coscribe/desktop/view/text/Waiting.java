package coscribe.desktop.view.text;

import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;

/// Changes of others that the document has and the widget has not yet drawn.
final class Waiting {
    private static final int MOST = 64;

    private final List<Delta> changes = new ArrayList<>();

    boolean isEmpty() {
        return changes.isEmpty();
    }

    void add(Delta change) {
        changes.add(change);
        if (changes.size() >= MOST) {
            changes.add(take()); // a window that is not drawn for long holds one change, not thousands
        }
    }

    /// All of them as one, and none is left. There is at least one.
    Delta take() {
        Delta all = Delta.composeAll(changes);
        changes.clear();
        return all;
    }

    void clear() {
        changes.clear();
    }

    /// Where a caret in the drawn text is in the newest one.
    Caret toNewest(Caret drawn) {
        var caret = drawn;
        for (Delta change : changes) {
            caret = caret.throughForeign(change);
        }
        return caret;
    }

    /// Where a position of the newest text is in the drawn one. What is not drawn yet is where it
    /// will be.
    int toDrawn(int newest) {
        int position = newest;
        for (int i = changes.size() - 1; i >= 0; i--) {
            position = back(changes.get(i)).mapPosition(position, Bias.BEFORE);
        }
        return position;
    }

    /// The way back as far as positions go; what it inserts stands for what was there.
    private static Delta back(Delta change) {
        var out = Delta.builder();
        for (int i = 0; i < change.size(); i++) {
            int units = change.length(i);
            if (change.isInsert(i)) {
                out.delete(units);
            } else if (change.isDelete(i)) {
                out.insert("x".repeat(units));
            } else {
                out.retain(units);
            }
        }
        return out.build(change.targetLength());
    }
}
