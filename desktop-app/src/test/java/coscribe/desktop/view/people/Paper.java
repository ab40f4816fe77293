package coscribe.desktop.view.people;

import coscribe.desktop.view.text.TextGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// A text without a widget: every character is 10 pixels wide, every line 24 high, and so many
/// lines are in view from the one that was scrolled to.
final class Paper implements TextGeometry {
    static final double CHAR = 10;
    static final double LINE = 24;
    static final double COLUMN = 420;
    static final double WIDTH = 640;

    private final Region node = new Region();
    private final Supplier<String> text;
    private final int height; // lines in view
    private final List<Runnable> listeners = new ArrayList<>();
    int top; // the first line in view
    double scrolledTo = -1;

    Paper(Supplier<String> text, int height) {
        this.text = text;
        this.height = height;
    }

    int listeners() {
        return listeners.size();
    }

    void moved() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    private int line(int position) {
        return (int) text.get()
                .substring(0, position)
                .chars()
                .filter(it -> it == '\n')
                .count();
    }

    private int start(int line) {
        int at = 0;
        for (int i = 0; i < line && at >= 0; i++) {
            at = text.get().indexOf('\n', at) + 1;
            if (at == 0) {
                return text.get().length();
            }
        }
        return at;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Range visible() {
        return new Range(start(top), Math.max(start(top), start(top + height) - 1));
    }

    @Override
    public Optional<Rectangle2D> caretAt(int position) {
        return visible().contains(position)
                ? Optional.of(new Rectangle2D(
                        (position - start(line(position))) * CHAR, (line(position) - top) * LINE, 0, LINE))
                : Optional.empty();
    }

    @Override
    public OptionalInt unitAt(double x, double y) {
        int at = start(top + (int) (y / LINE)) + (int) (x / CHAR);
        return line(at) == top + (int) (y / LINE) ? OptionalInt.of(at) : OptionalInt.empty();
    }

    @Override
    public List<Rectangle2D> shapeOf(int from, int to) {
        var pieces = new ArrayList<Rectangle2D>();
        for (int at = from; at < to; ) {
            int end = Math.min(to, start(line(at) + 1));
            int begin = at;
            caretAt(begin)
                    .ifPresent(caret ->
                            pieces.add(new Rectangle2D(caret.getMinX(), caret.getMinY(), (end - begin) * CHAR, LINE)));
            at = end;
        }
        return pieces;
    }

    @Override
    public List<Rectangle2D> written(double upper, double lower) {
        var pieces = new ArrayList<>(shapeOf(visible().from(), visible().to()));
        pieces.removeIf(piece -> piece.getMaxY() <= upper || piece.getMinY() >= lower);
        return pieces;
    }

    @Override
    public Rectangle2D page() {
        return new Rectangle2D(0, 0, WIDTH, height * LINE);
    }

    @Override
    public Rectangle2D column() {
        return new Rectangle2D(0, 0, COLUMN, height * LINE);
    }

    @Override
    public int lineOf(int position) {
        return line(position) + 1;
    }

    @Override
    public void scrollTo(int position, double at) {
        scrolledTo = at;
        top = Math.max(0, line(position) - (int) Math.round(at * height));
        moved();
    }

    @Override
    public Runnable onMoved(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
