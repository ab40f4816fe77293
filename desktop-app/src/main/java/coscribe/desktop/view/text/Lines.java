package coscribe.desktop.view.text;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.PathElement;
import javafx.scene.text.TextFlow;
import javafx.scene.text.TextLineInfo;

/// Where characters of one paragraph are, in its text flow's coordinates. The flow must have its
/// width.
final class Lines {
    private static final double SAME = 0.6; // px between what counts as one place

    private Lines() {}

    /// A caret in front of character `column`: as high as its line, without a width.
    static Rectangle2D caret(TextFlow flow, int column) {
        var box = new Box();
        for (PathElement element : flow.caretShape(column, true)) {
            box.add(element);
        }
        return box.isEmpty()
                ? new Rectangle2D(flow.getInsets().getLeft(), 0, 0, flow.getHeight())
                : new Rectangle2D(
                        box.left + flow.getInsets().getLeft(),
                        box.top + flow.getInsets().getTop(),
                        0,
                        box.height());
    }

    /// Where the first line begins of which something is below `top`; the last line, if none is.
    static int first(TextFlow flow, double top) {
        var lines = flow.getLayoutInfo().getTextLines(true);
        return lines.stream()
                .filter(line -> line.bounds().getMaxY() > top)
                .findFirst()
                .or(() -> lines.reversed().stream().findFirst())
                .map(TextLineInfo::start)
                .orElse(0);
    }

    /// Where the last line ends of which something is above `bottom`; the first line, if none is.
    static int last(TextFlow flow, double bottom) {
        var lines = flow.getLayoutInfo().getTextLines(true).reversed();
        return lines.stream()
                .filter(line -> line.bounds().getMinY() < bottom)
                .findFirst()
                .or(() -> lines.reversed().stream().findFirst())
                .map(TextLineInfo::end)
                .orElse(0);
    }

    /// A rectangle for each line of `[from, to)`, as high as the line with its spacing.
    static List<Rectangle2D> range(TextFlow flow, int from, int to) {
        return pieces(flow, from, to, flow.getLineSpacing() / 2);
    }

    /// Everything the flow holds, line by line, as high as the letters.
    static List<Rectangle2D> letters(TextFlow flow) {
        return pieces(flow, 0, Integer.MAX_VALUE, 0);
    }

    /// @param half  px that a line is made higher by, above and below
    private static List<Rectangle2D> pieces(TextFlow flow, int from, int to, double half) {
        var lines = new ArrayList<Rectangle2D>();
        var box = new Box();
        for (PathElement element : flow.rangeShape(from, to)) {
            if (element instanceof MoveTo && !box.isEmpty()) {
                put(lines, box.rectangle(flow, half));
                box = new Box();
            }
            box.add(element);
        }
        if (!box.isEmpty()) {
            put(lines, box.rectangle(flow, half));
        }
        return lines;
    }

    /// Pieces of one line become one.
    private static void put(List<Rectangle2D> lines, Rectangle2D piece) {
        if (!lines.isEmpty()) {
            var line = lines.getLast();
            if (Math.abs(line.getMinY() - piece.getMinY()) < SAME && piece.getMinX() - line.getMaxX() < SAME) {
                double left = Math.min(line.getMinX(), piece.getMinX());
                double right = Math.max(line.getMaxX(), piece.getMaxX());
                double bottom = Math.max(line.getMaxY(), piece.getMaxY());
                lines.set(
                        lines.size() - 1, new Rectangle2D(left, line.getMinY(), right - left, bottom - line.getMinY()));
                return;
            }
        }
        lines.add(piece);
    }

    private static final class Box {
        private double left = Double.MAX_VALUE;
        private double right = -Double.MAX_VALUE;
        private double top = Double.MAX_VALUE;
        private double bottom = -Double.MAX_VALUE;

        void add(PathElement element) {
            if (element instanceof MoveTo move) {
                add(move.getX(), move.getY());
            } else if (element instanceof LineTo line) {
                add(line.getX(), line.getY());
            }
        }

        private void add(double x, double y) {
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
        }

        boolean isEmpty() {
            return right < left;
        }

        double height() {
            return bottom - top;
        }

        Rectangle2D rectangle(TextFlow flow, double half) {
            return new Rectangle2D(
                    left + flow.getInsets().getLeft(),
                    top + flow.getInsets().getTop() - half,
                    right - left,
                    height() + 2 * half);
        }
    }
}
