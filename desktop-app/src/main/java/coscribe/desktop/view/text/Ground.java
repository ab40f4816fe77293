package coscribe.desktop.view.text;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.shape.StrokeType;

/// What inline code stands on: a box with round corners in each of its lines. It has little room at
/// its sides, for there the letters have some of their own, and a space before it is to be seen as
/// one.
final class Ground {
    static final double RADIUS = 3; // px
    static final double BESIDE = 0.5; // px, room at the left and the right
    static final double ABOVE = 2; // px, room above and below
    private static final String SELECTOR = "BackgroundPath"; // RichTextFX keeps the class to itself

    private Ground() {}

    /// Rounds one that the widget drew anew: square, and without a line.
    static void round(Path path) {
        if (path.getStrokeWidth() == 0 && path.getTypeSelector().equals(SELECTOR)) {
            var inner = inner(path.getElements());
            path.getElements().setAll(inner);
            path.setStroke(path.getFill());
            path.setStrokeType(StrokeType.OUTSIDE); // which makes the corners, and the box larger
            path.setStrokeLineJoin(StrokeLineJoin.ROUND);
            path.setStrokeWidth(RADIUS);
        }
    }

    /// Each box, smaller by what the line around it adds.
    private static List<PathElement> inner(List<PathElement> outer) {
        var inner = new ArrayList<PathElement>();
        double left = 0;
        double top = 0;
        double right = 0;
        double bottom = 0;
        boolean begun = false;
        for (PathElement element : outer) {
            switch (element) {
                case MoveTo to -> {
                    if (begun) {
                        add(inner, left, top, right, bottom);
                    }
                    begun = true;
                    left = to.getX();
                    right = to.getX();
                    top = to.getY();
                    bottom = to.getY();
                }
                case LineTo to -> {
                    left = Math.min(left, to.getX());
                    right = Math.max(right, to.getX());
                    top = Math.min(top, to.getY());
                    bottom = Math.max(bottom, to.getY());
                }
                default -> {}
            }
        }
        if (begun) {
            add(inner, left, top, right, bottom);
        }
        return inner;
    }

    private static void add(List<PathElement> boxes, double left, double top, double right, double bottom) {
        double x = Math.min(left + RADIUS - BESIDE, (left + right) / 2);
        double farX = Math.max(right - RADIUS + BESIDE, (left + right) / 2);
        double y = top + RADIUS - ABOVE;
        double farY = bottom - RADIUS + ABOVE;
        boxes.addAll(List.of(
                new MoveTo(x, y), new LineTo(farX, y), new LineTo(farX, farY), new LineTo(x, farY), new ClosePath()));
    }
}
