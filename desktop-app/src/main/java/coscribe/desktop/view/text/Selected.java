package coscribe.desktop.view.text;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.TextFlow;

/// What is selected in one paragraph, as one piece with what is selected above and below it. The
/// widget colours lines only, as high as their letters, and leaves white what is between lines and
/// between paragraphs.
final class Selected {
    private static final String STYLE = "main-selection";

    private Selected() {}

    /// Draws it so, if anything is selected there and it is not drawn so already: asks for no frame
    /// without a need.
    ///
    /// @param box  of the paragraph, laid out
    static void join(PageArea area, int paragraph, Region box) {
        int start = area.position(paragraph, 0).toOffset();
        int length = area.getParagraphLength(paragraph);
        int from = area.getSelection().getStart() - start;
        int to = area.getSelection().getEnd() - start;
        if (from >= to || to < 0 || from > length) {
            return;
        }
        TextFlow text = PageArea.text(box);
        for (Node child : text.getChildrenUnmodifiable()) {
            if (child instanceof Path path && path.getStyleClass().contains(STYLE)) {
                var outline = outline(box, text, from, to, length);
                if (!isLike(outline, path.getElements())) {
                    path.getElements().setAll(outline);
                }
            }
        }
    }

    /// One box for each line, each down to the next; of what is selected above and below, too.
    private static List<PathElement> outline(Region box, TextFlow text, int from, int to, int length) {
        boolean goesOn = to > length; // with the end of the paragraph
        var lines = new ArrayList<>(Lines.range(text, Math.max(0, from), Math.min(to, length)));
        if (goesOn && (lines.isEmpty() || from == length)) {
            var end = Lines.caret(text, length);
            lines.add(new Rectangle2D(end.getMinX(), end.getMinY(), 0, end.getHeight()));
        }
        var elements = new ArrayList<PathElement>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            double top = line.getMinY();
            double bottom = lines.stream()
                    .mapToDouble(Rectangle2D::getMinY)
                    .filter(next -> next > top + 1) // pieces of one line begin at one height
                    .min()
                    .orElse(goesOn ? box.getHeight() - text.getLayoutY() : line.getMaxY());
            boolean first = from < 0 && top < lines.getFirst().getMinY() + 1;
            double right = goesOn && i == lines.size() - 1 ? text.getWidth() : line.getMaxX();
            add(elements, line.getMinX(), first ? -text.getLayoutY() : top, right, bottom);
        }
        return elements;
    }

    private static void add(List<PathElement> elements, double left, double top, double right, double bottom) {
        elements.addAll(List.of(
                new MoveTo(left, top),
                new LineTo(right, top),
                new LineTo(right, bottom),
                new LineTo(left, bottom),
                new ClosePath()));
    }

    private static boolean isLike(List<PathElement> some, List<PathElement> others) {
        boolean is = some.size() == others.size();
        for (int i = 0; is && i < some.size(); i++) {
            is = switch (some.get(i)) {
                case MoveTo to ->
                    others.get(i) instanceof MoveTo it && it.getX() == to.getX() && it.getY() == to.getY();
                case LineTo to ->
                    others.get(i) instanceof LineTo it && it.getX() == to.getX() && it.getY() == to.getY();
                default -> others.get(i) instanceof ClosePath;
            };
        }
        return is;
    }
}
