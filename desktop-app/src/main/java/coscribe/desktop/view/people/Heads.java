package coscribe.desktop.view.people;

import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

/// The four shapes that tell people apart where colours do not, about the origin. Drawn so that
/// they look equally large.
final class Heads {
    private Heads() {}

    /// @param shape  0 disc, 1 square, 2 diamond, 3 triangle
    /// @param size   across, in pixels
    static Shape of(int shape, double size) {
        double r = size / 2;
        return switch (shape) {
            case 0 -> new Circle(r);
            case 1 -> new Rectangle(-r * 0.9, -r * 0.9, size * 0.9, size * 0.9);
            case 2 -> new Polygon(0, -r * 1.25, r * 1.25, 0, 0, r * 1.25, -r * 1.25, 0);
            default -> new Polygon(-r * 1.2, -r * 0.95, r * 1.2, -r * 0.95, 0, r * 1.15);
        };
    }

    /// As above, in a colour, with a thin edge that keeps it apart from what is under it.
    static Shape of(int shape, double size, Color fill, Color edge) {
        var head = of(shape, size);
        head.setFill(fill);
        head.setStroke(edge);
        return head;
    }
}
