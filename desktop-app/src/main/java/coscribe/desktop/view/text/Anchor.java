package coscribe.desktop.view.text;

import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import javafx.geometry.Rectangle2D;

/// A line that stays where it is while text around it changes.
///
/// @param position  in the text before, or -1 for the writer's caret
/// @param y         where its line begins
record Anchor(int position, double y) {
    static Anchor of(PageArea area, Geometry geometry) {
        var caret = geometry.caretAt(area.getCaretPosition());
        if (caret.isPresent()) {
            return new Anchor(-1, caret.get().getMinY());
        }
        int top = geometry.visible().from();
        return new Anchor(top, geometry.caretAt(top).map(Rectangle2D::getMinY).orElse(0.0));
    }

    void restore(Delta change, PageArea area, Geometry geometry) {
        area.layout();
        int now = position < 0 ? area.getCaretPosition() : change.mapPosition(position, Bias.AFTER);
        var line = geometry.caretAt(now);
        if (line.isEmpty() || Math.abs(line.get().getMinY() - y) > 0.5) {
            geometry.putAt(now, y);
            area.layout();
        }
    }
}
