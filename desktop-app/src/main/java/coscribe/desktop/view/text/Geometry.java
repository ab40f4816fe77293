package coscribe.desktop.view.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.text.TextFlow;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;

/// Where what the widget has drawn is, in the coordinates of the node around it. Positions are
/// those of the drawn text. Looks at boxes that are laid out and at no others.
final class Geometry {
    private static final double NEWLINE = 6; // px, how wide a selected line end is drawn

    private final PageArea area;
    private final Node over;

    Geometry(PageArea area, Node over) {
        this.area = area;
        this.over = over;
    }

    Optional<Rectangle2D> caretAt(int position) {
        var at = place(position);
        return area.box(at.getMajor())
                .map(box -> lifted(PageArea.text(box), Lines.caret(PageArea.text(box), at.getMinor())))
                .filter(this::isInView);
    }

    /// What the pointer is at: `x` and `y` as of the node around the widget.
    OptionalInt unitAt(double x, double y) {
        var inArea = area.sceneToLocal(over.localToScene(x, y));
        return area.flow().visibleCells().isEmpty() || !area.contains(inArea)
                ? OptionalInt.empty()
                : area.hit(inArea.getX(), inArea.getY()).getCharacterIndex();
    }

    List<Rectangle2D> shapeOf(int from, int to) {
        var pieces = new ArrayList<Rectangle2D>();
        if (from >= to) {
            return pieces;
        }
        int first = Math.max(place(from).getMajor(), area.flow().getFirstVisibleIndex());
        int last = Math.min(place(to).getMajor(), area.flow().getLastVisibleIndex());
        for (int i = first; i >= 0 && i <= last; i++) {
            int paragraph = i;
            area.box(i).ifPresent(box -> addShape(paragraph, box, from, to, pieces));
        }
        return pieces;
    }

    private void addShape(int paragraph, Region box, int from, int to, List<Rectangle2D> pieces) {
        int start = area.position(paragraph, 0).toOffset();
        int length = area.getParagraphLength(paragraph);
        int begin = Math.clamp(from - start, 0, length);
        int end = Math.clamp(to - start, 0, length);
        TextFlow text = PageArea.text(box);
        for (var line : Lines.range(text, begin, end)) {
            var lifted = lifted(text, line);
            if (isInView(lifted)) {
                pieces.add(lifted);
            }
        }
        if (to - start > length && from - start <= length) {
            var caret = lifted(text, Lines.caret(text, length));
            if (isInView(caret)) {
                pieces.add(new Rectangle2D(caret.getMinX(), caret.getMinY(), NEWLINE, caret.getHeight()));
            }
        }
    }

    List<Rectangle2D> written(double top, double bottom) {
        var pieces = new ArrayList<Rectangle2D>();
        for (var cell : area.flow().visibleCells()) {
            Region box = cell.getNode();
            var bounds = lifted(box, new Rectangle2D(0, 0, box.getWidth(), box.getHeight()));
            if (bounds.getMaxY() > top && bounds.getMinY() < bottom) {
                addWritten(box, pieces);
            }
        }
        pieces.removeIf(piece -> piece.getMaxY() <= top || piece.getMinY() >= bottom);
        return pieces;
    }

    private void addWritten(Region box, List<Rectangle2D> pieces) {
        TextFlow text = PageArea.text(box);
        Lines.letters(text).forEach(line -> pieces.add(lifted(text, line)));
        for (Node beside : box.getChildrenUnmodifiable()) {
            if (beside instanceof Gutter gutter) {
                for (Node sign : gutter.getChildrenUnmodifiable()) {
                    var bounds = sign.getBoundsInParent();
                    pieces.add(lifted(
                            gutter,
                            new Rectangle2D(
                                    bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight())));
                }
            }
        }
    }

    Rectangle2D page() {
        return lifted(area, new Rectangle2D(0, 0, area.getWidth(), area.getHeight()));
    }

    Rectangle2D column() {
        var sides = area.getInsets();
        double width = Math.max(0, area.getWidth() - sides.getLeft() - sides.getRight());
        return lifted(area, new Rectangle2D(sides.getLeft(), 0, width, area.getHeight()));
    }

    /// From the beginning of the first line to the end of the last.
    TextGeometry.Range visible() {
        if (area.flow().visibleCells().isEmpty()) {
            return new TextGeometry.Range(0, 0);
        }
        return new TextGeometry.Range(
                edge(area.flow().getFirstVisibleIndex(), true), edge(area.flow().getLastVisibleIndex(), false));
    }

    /// Where the first line that is in view of a paragraph begins, or the last one ends.
    private int edge(int paragraph, boolean first) {
        int start = area.position(paragraph, 0).toOffset();
        return start
                + area.box(paragraph)
                        .map(box -> {
                            TextFlow text = PageArea.text(box);
                            double top = -lifted(text, Rectangle2D.EMPTY).getMinY();
                            return first ? Lines.first(text, top) : Lines.last(text, top + area.getHeight());
                        })
                        .orElse(first ? 0 : area.getParagraphLength(paragraph));
    }

    /// Scrolls so that `position` stands `y` pixels below the top edge.
    void putAt(int position, double y) {
        var at = place(position);
        var box = area.flow().getCell(at.getMajor()).getNode();
        TextFlow text = PageArea.text(box);
        double inBox = text.getLayoutY() + Lines.caret(text, at.getMinor()).getMinY();
        area.flow().showAtOffset(at.getMajor(), y - inBox);
        area.requestLayout();
    }

    Position place(int position) {
        return area.offsetToPosition(Math.clamp(position, 0, area.getLength()), Bias.Forward);
    }

    private boolean isInView(Rectangle2D piece) {
        return piece.getMaxY() > 0 && piece.getMinY() < area.getHeight();
    }

    private Rectangle2D lifted(Node from, Rectangle2D piece) {
        var corner = new Point2D(piece.getMinX(), piece.getMinY());
        Node node = from;
        while (node != null && node != over) {
            corner = node.localToParent(corner);
            Parent parent = node.getParent();
            node = parent;
        }
        return new Rectangle2D(corner.getX(), corner.getY(), piece.getWidth(), piece.getHeight());
    }
}
