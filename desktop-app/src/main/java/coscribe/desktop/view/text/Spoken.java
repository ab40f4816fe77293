package coscribe.desktop.view.text;

import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;

/// Answers what screen readers ask about the text: about the newest one, whether it is drawn yet or
/// not. A line is a paragraph here: where lines wrap is known only of those in view.
final class Spoken implements PageArea.Answers {
    private final PageArea area;
    private final Node over;
    private final Geometry geometry;
    private final Page page;
    private Text read = Text.EMPTY; // what `words` and `starts` were made of
    private String words = "";
    private int[] starts = {0}; // of lines

    /// The text that is asked about; positions are in it.
    interface Page {
        /// All of it, drawn or not.
        Text text();

        /// The writer's.
        Caret caret();

        /// Where a position of the drawn text is.
        int toNewest(int drawn);

        /// Where a position is in the drawn text.
        int toDrawn(int position);

        /// Puts the writer's caret.
        void select(Caret selection);

        /// Scrolls to a position that is not in view.
        void reveal(int position);
    }

    Spoken(PageArea area, Node over, Geometry geometry, Page page) {
        this.area = area;
        this.over = over;
        this.geometry = geometry;
        this.page = page;
    }

    @Override
    public Optional<Object> answer(AccessibleAttribute attribute, Object... parameters) {
        var caret = page.caret();
        return switch (attribute) {
            case TEXT -> Optional.of(words());
            case EDITABLE -> Optional.of(area.isEditable());
            case SELECTION_START -> Optional.of(Math.min(caret.anchor(), caret.head()));
            case SELECTION_END -> Optional.of(Math.max(caret.anchor(), caret.head()));
            case CARET_OFFSET -> Optional.of(caret.head());
            case LINE_FOR_OFFSET -> number(parameters, 0).map(this::lineOf);
            case LINE_START -> number(parameters, 0).filter(this::isLine).map(line -> starts[line]);
            case LINE_END -> number(parameters, 0).filter(this::isLine).map(this::endOf);
            case OFFSET_AT_POINT ->
                parameters.length > 0 && parameters[0] instanceof Point2D point ? offsetAt(point) : Optional.empty();
            case BOUNDS_FOR_RANGE ->
                number(parameters, 0).flatMap(from -> number(parameters, 1).map(to -> bounds(from, to)));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean act(AccessibleAction action, Object... parameters) {
        var from = number(parameters, 0);
        var to = number(parameters, 1);
        if (from.isEmpty() || to.isEmpty()) {
            return false;
        }
        switch (action) {
            case SET_TEXT_SELECTION -> page.select(new Caret(inside(from.get()), inside(to.get())));
            case SHOW_TEXT_RANGE -> page.reveal(inside(from.get()));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Linear in the text, once for each version that is asked for.
    private String words() {
        var text = page.text();
        if (text != read) {
            read = text;
            words = text.substring(0, Math.max(0, text.length() - 1));
            String all = words;
            starts = IntStream.concat(
                            IntStream.of(0),
                            IntStream.range(1, all.length() + 1).filter(at -> all.charAt(at - 1) == '\n'))
                    .toArray();
        }
        return words;
    }

    private Integer lineOf(int offset) {
        int at = inside(offset);
        int found = Arrays.binarySearch(starts, at);
        return found >= 0 ? found : -found - 2;
    }

    private boolean isLine(int line) {
        var _ = words();
        return line >= 0 && line < starts.length;
    }

    private Integer endOf(int line) {
        return line + 1 < starts.length ? starts[line + 1] - 1 : words.length();
    }

    private int inside(int offset) {
        return Math.clamp(offset, 0, words().length());
    }

    private Optional<Object> offsetAt(Point2D screen) {
        var point = area.screenToLocal(screen);
        return point == null
                ? Optional.empty()
                : Optional.of(page.toNewest(area.hit(point.getX(), point.getY()).getInsertionIndex()));
    }

    /// As the platform asks for it: the last character belongs to the range.
    private Object bounds(int from, int last) {
        int start = page.toDrawn(inside(from));
        return geometry.shapeOf(start, Math.max(start, page.toDrawn(inside(last + 1)))).stream()
                .map(this::onScreen)
                .toArray(Bounds[]::new);
    }

    private Bounds onScreen(Rectangle2D piece) {
        var local = new BoundingBox(piece.getMinX(), piece.getMinY(), piece.getWidth(), piece.getHeight());
        var screen = over.localToScreen(local);
        return screen == null ? local : screen;
    }

    private static Optional<Integer> number(Object[] parameters, int index) {
        return index < parameters.length && parameters[index] instanceof Integer number
                ? Optional.of(number)
                : Optional.empty();
    }
}
