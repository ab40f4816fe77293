package coscribe.desktop.view.text;

import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;

/// Changes that the document has and the widget has not yet drawn: others', and what is too large
/// to be drawn at once.
final class Waiting {
    private static final int MOST = 64;

    private final List<Delta> changes = new ArrayList<>();
    private final List<Delta> back = new ArrayList<>(); // the way back of each, where it was asked for

    boolean isEmpty() {
        return changes.isEmpty();
    }

    void add(Delta change) {
        back.clear();
        changes.add(change);
        if (changes.size() >= MOST) {
            changes.add(take()); // a window that is not drawn for long holds one change, not thousands
        }
    }

    /// All of them as one, and none is left. There is at least one.
    Delta take() {
        Delta all = Delta.composeAll(changes);
        clear();
        return all;
    }

    /// As {@link #take}, but where there is more to draw than `units` only what is looked at, and the
    /// beginning.
    ///
    /// @param drawn  the text in front of the changes
    /// @param seen   in the text behind them
    Delta take(Text drawn, int units, TextGeometry.Range seen) {
        Delta all = take();
        if (Slice.cost(all) <= units) {
            return all;
        }
        var slice = Slice.of(all, drawn, units, seen);
        if (!slice.rest().isIdentity()) {
            changes.add(slice.rest());
        }
        return slice.first();
    }

    void clear() {
        changes.clear();
        back.clear();
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
        if (back.isEmpty()) {
            changes.reversed().forEach(change -> back.add(back(change)));
        }
        for (Delta way : back) {
            position = way.mapPosition(position, Bias.BEFORE);
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
