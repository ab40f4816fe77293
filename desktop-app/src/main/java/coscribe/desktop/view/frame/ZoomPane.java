package coscribe.desktop.view.frame;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Scale;

/// Draws what is in it larger or smaller, with all that lies over it: carets and names stay where
/// they belong, because to them nothing changed but the room. Nothing is drawn beyond the pane: of
/// a line that is half in view its caret is seen to the edge, as the line is.
final class ZoomPane extends Region {
    private final Node content;
    private final Scale scale = new Scale();

    /// @param percent  held for as long as this is
    /// @param hold     asked before each change; what it answers is run behind it
    ZoomPane(Node content, ObservableValue<Number> percent, Supplier<Runnable> hold) {
        this.content = content;
        content.getTransforms().add(scale);
        getChildren().add(content);
        var edges = new Rectangle();
        edges.widthProperty().bind(widthProperty());
        edges.heightProperty().bind(heightProperty());
        setClip(edges);
        percent.addListener((property, was, is) -> {
            var back = hold.get();
            scaleTo(is);
            layout();
            back.run();
        });
        scaleTo(percent.getValue());
    }

    private void scaleTo(Number percent) {
        double factor = percent.doubleValue() / 100;
        scale.setX(factor);
        scale.setY(factor);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth() / scale.getX(), getHeight() / scale.getY());
    }
}
