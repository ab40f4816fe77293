package coscribe.desktop.view.frame;

import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.scene.Cursor;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;

/// The panel at the right; its edge is dragged to make it wider.
final class SidePanel extends BorderPane {
    static final double USUAL = 260; // px
    static final double LEAST = 200;
    static final double MOST = 480;

    private final DoubleProperty width;
    private double grabbedAt;
    private double grabbedWidth;

    /// @param width  of all windows' panels; may be changed from outside, to anything
    SidePanel(Region content, DoubleProperty width) {
        this.width = width;
        getStyleClass().add("side-panel");
        content.setMinWidth(0);
        content.setMaxWidth(Double.MAX_VALUE);
        var edge = new Region();
        edge.getStyleClass().add("side-edge");
        edge.setCursor(Cursor.H_RESIZE);
        edge.addEventHandler(MouseEvent.MOUSE_PRESSED, this::grab);
        edge.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        setLeft(edge);
        setCenter(content);
        setMinWidth(USE_PREF_SIZE);
        prefWidthProperty()
                .bind(Bindings.createDoubleBinding(() -> Math.clamp(width.get(), LEAST, MOST), width)); // weakly
    }

    private void grab(MouseEvent event) {
        grabbedAt = event.getSceneX();
        grabbedWidth = getWidth();
        event.consume();
    }

    private void drag(MouseEvent event) {
        width.set(Math.clamp(grabbedWidth + grabbedAt - event.getSceneX(), LEAST, MOST));
        event.consume();
    }
}
