package coscribe.desktop.view.text;

import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import org.fxmisc.richtext.model.TwoDimensional.Bias;

/// Answers what screen readers ask about the text. A line is a paragraph here: where lines wrap is
/// known only of those in view.
final class Spoken implements PageArea.Answers {
    private final PageArea area;
    private final Node over;
    private final Geometry geometry;
    private final Supplier<Text> newest;
    private final Consumer<Caret> select;
    private Text read = Text.EMPTY; // what `words` was made of
    private String words = "";

    /// @param newest  the text, with all of it drawn
    /// @param select  puts the writer's caret
    Spoken(PageArea area, Node over, Geometry geometry, Supplier<Text> newest, Consumer<Caret> select) {
        this.area = area;
        this.over = over;
        this.geometry = geometry;
        this.newest = newest;
        this.select = select;
    }

    @Override
    public Optional<Object> answer(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT -> Optional.of(words());
            case EDITABLE -> Optional.of(area.isEditable());
            case SELECTION_START -> Optional.of(drawn().getSelection().getStart());
            case SELECTION_END -> Optional.of(drawn().getSelection().getEnd());
            case CARET_OFFSET -> Optional.of(drawn().getCaretPosition());
            case LINE_FOR_OFFSET -> number(parameters, 0).map(this::lineOf);
            case LINE_START ->
                number(parameters, 0)
                        .filter(this::isLine)
                        .map(line -> area.position(line, 0).toOffset());
            case LINE_END ->
                number(parameters, 0)
                        .filter(this::isLine)
                        .map(line -> area.position(line, 0).toOffset() + area.getParagraphLength(line));
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
            case SET_TEXT_SELECTION -> select.accept(new Caret(inside(from.get()), inside(to.get())));
            case SHOW_TEXT_RANGE -> {
                if (geometry.caretAt(inside(from.get())).isEmpty()) {
                    geometry.putAt(inside(from.get()), area.getHeight() / 3);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private PageArea drawn() {
        var _ = newest.get();
        return area;
    }

    /// Linear in the text, once for each version that is asked for.
    private String words() {
        var text = newest.get();
        if (text != read) {
            read = text;
            words = text.substring(0, Math.max(0, text.length() - 1));
        }
        return words;
    }

    private Integer lineOf(int offset) {
        return drawn().offsetToPosition(inside(offset), Bias.Forward).getMajor();
    }

    private boolean isLine(int line) {
        return line >= 0 && line < drawn().getParagraphs().size();
    }

    private int inside(int offset) {
        return Math.clamp(offset, 0, drawn().getLength());
    }

    private Optional<Object> offsetAt(Point2D screen) {
        var point = drawn().screenToLocal(screen);
        return point == null
                ? Optional.empty()
                : Optional.of(area.hit(point.getX(), point.getY()).getInsertionIndex());
    }

    /// As the platform asks for it: the last character belongs to the range.
    private Object bounds(int from, int last) {
        return geometry.shapeOf(inside(from), inside(last + 1)).stream()
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
