package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Finding.Found;
import java.util.ArrayList;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;

/// Marks over a text where words were found in it, the one that is meant above all. Only what is in
/// view is drawn, again whenever something moved. On the thread that draws.
public final class FindMarks implements AutoCloseable {
    private static final int MOST = 500; // in one view

    private final TextGeometry text;
    private final ObservableValue<Found> found;
    private final Pane layer = new Pane();
    private final StackPane root;
    private final Runnable unsubscribe;
    private final ChangeListener<Found> changes = (property, was, is) -> draw();

    /// @param text   where what is marked is drawn
    /// @param drawn  the text with everything over it that lies under the marks
    public FindMarks(TextGeometry text, Node drawn, ObservableValue<Found> found) {
        this.text = text;
        this.found = found;
        layer.setMouseTransparent(true);
        layer.setManaged(false);
        layer.getStyleClass().add("find-marks");
        layer.getStylesheets().add(RichTextSurface.sheet());
        root = new StackPane(drawn, layer);
        unsubscribe = text.onMoved(this::draw);
        found.addListener(changes);
    }

    /// The text with the marks on it: put this where the text goes.
    public Node node() {
        return root;
    }

    private void draw() {
        var now = found.getValue();
        var marks = new ArrayList<Node>();
        if (!now.matches().isEmpty()) {
            var visible = text.visible();
            int first = now.matches()
                    .indexAtOrAfter(Math.max(0, visible.from() - now.matches().length()));
            for (int i = first; i < now.matches().size() && marks.size() < MOST; i++) {
                int from = now.matches().start(i);
                if (from > visible.to()) {
                    break;
                }
                for (Rectangle2D piece : text.shapeOf(from, from + now.matches().length())) {
                    marks.add(mark(piece, i == now.current()));
                }
            }
        }
        layer.getChildren().setAll(marks);
    }

    private static Node mark(Rectangle2D at, boolean current) {
        var mark = new Rectangle(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight());
        mark.getStyleClass().add(current ? "find-mark-current" : "find-mark");
        mark.setArcWidth(4);
        mark.setArcHeight(4);
        return mark;
    }

    @Override
    public void close() {
        unsubscribe.run();
        found.removeListener(changes);
    }
}
