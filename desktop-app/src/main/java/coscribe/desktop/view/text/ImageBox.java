package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// An image's place: as large as the image, at most as wide as the column, with its description and
/// its size in it.
final class ImageBox extends VBox {
    private static final int WIDTH = 320; // px, where none is told
    private static final int HEIGHT = 180;
    private static final double LOWEST = 56;

    ImageBox(Attributes set, ObservableDoubleValue column) {
        int wide = Page.number(set, "width", WIDTH);
        int high = Page.number(set, "height", HEIGHT);
        String alt = set.get("alt").orElse(Value.TRUE) instanceof Value.Text(String text) ? text : "";
        getStyleClass().add("image-box");
        setAlignment(Pos.CENTER);
        var size = new Label(wide + " \u00d7 " + high);
        size.getStyleClass().add("image-size");
        if (!alt.isEmpty()) {
            var label = new Label(alt);
            label.getStyleClass().add("image-alt");
            label.setMaxWidth(Double.MAX_VALUE); // and never wrapped, see Pieces
            label.setAlignment(Pos.CENTER);
            getChildren().add(label);
        }
        getChildren().add(size);
        var shown = Bindings.createDoubleBinding(() -> Math.min(wide, column.get() - 2), column);
        prefWidthProperty().bind(shown);
        prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(LOWEST, shown.get() * high / Math.max(1, wide)), shown));
    }
}
