package coscribe.desktop.view.frame;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// F6 and Shift+F6 go round the regions of a window.
final class Round {
    /// @param focus  gives the keyboard to what is in it
    record Part(Node node, Runnable focus) {
        static Part of(Node node) {
            return new Part(node, () -> Focus.first(node));
        }
    }

    private final List<Part> parts;
    private final Runnable before;

    /// @param before  what goes away when somebody goes round
    Round(List<Part> parts, Runnable before) {
        this.parts = List.copyOf(parts);
        this.before = before;
    }

    /// Hears the keys of a window first.
    void pressed(KeyEvent event) {
        if (event.getCode() != KeyCode.F6 || event.isControlDown() || event.isAltDown()) {
            return;
        }
        event.consume();
        before.run();
        var there = parts.stream()
                .filter(part -> part.node().isVisible() && Focus.canTake(part.node()))
                .toList();
        int at = -1;
        for (int i = 0; i < there.size(); i++) {
            at = Focus.isIn(there.get(i).node()) ? i : at;
        }
        int next = at < 0 ? 0 : Math.floorMod(at + (event.isShiftDown() ? -1 : 1), there.size());
        there.get(next).focus().run();
    }
}
