package coscribe.desktop.view.text;

import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;

/// The line that a writer looks at, while the page around it gets another size: the caret's, if it
/// is in view, else the topmost. It comes back to the same part of the height; where the beginning
/// of the text is in view, that stays at the top, unless the caret would be lost by it.
public final class Held {
    private Held() {}

    /// Asks where things are now.
    ///
    /// @param caret  in the text
    /// @return       puts them back, once the page has its new size
    public static Runnable of(TextGeometry text, int caret) {
        boolean caretSeen = text.caretAt(caret).isPresent();
        var beginning = text.caretAt(0).map(Rectangle2D::getMinY);
        int position = caretSeen ? caret : text.visible().from();
        double part = text.caretAt(position).map(Rectangle2D::getMinY).orElse(0.0) / height(text);
        return () -> {
            beginning.ifPresent(y -> text.scrollTo(0, y / height(text)));
            if (text.node() instanceof Parent laidOut) {
                laidOut.layout();
            }
            if (beginning.isEmpty() || (caretSeen && !isWhole(text, caret))) {
                text.scrollTo(position, part);
            }
        };
    }

    private static boolean isWhole(TextGeometry text, int caret) {
        return text.caretAt(caret)
                .filter(line -> line.getMinY() >= 0 && line.getMaxY() <= height(text))
                .isPresent();
    }

    private static double height(TextGeometry text) {
        return Math.max(1, text.page().getHeight());
    }
}
