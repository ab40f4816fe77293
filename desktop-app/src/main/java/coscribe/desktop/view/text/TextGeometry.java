package coscribe.desktop.view.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;

/// Where text is on the screen, for what is drawn over it. Positions are UTF-16 units of the newest
/// text; rectangles are in the coordinates of {@link #node()}, in pixels. On the thread that draws.
public interface TextGeometry {
    /// What is drawn over has the size and place of this.
    Node node();

    /// The first and last position that is (at least partly) in view.
    Range visible();

    /// @param from  0 or more
    /// @param to    not before `from`
    record Range(int from, int to) {
        public boolean contains(int position) {
            return from <= position && position <= to;
        }
    }

    /// Where a caret at `position` stands: a rectangle without a width. Empty: out of view, or its
    /// line is not laid out.
    Optional<Rectangle2D> caretAt(int position);

    /// The position of the unit whose character is drawn there; empty: none is.
    OptionalInt unitAt(double x, double y);

    /// What is in view of the text `[from, to)`, a rectangle for each line.
    List<Rectangle2D> shapeOf(int from, int to);

    /// What is written between these two heights: a rectangle for each piece of a line, as high as
    /// its letters, for what stands in front of a line, and for images.
    List<Rectangle2D> written(double top, double bottom);

    /// The part of the node that shows text and the white beside it: without a scroll bar.
    Rectangle2D page();

    /// Where on the page text may stand.
    Rectangle2D column();

    /// The line of the document that holds `position`, counted in paragraphs from 1.
    int lineOf(int position);

    /// Scrolls so that `position` stands at this part of the height (0 top, 1 bottom).
    void scrollTo(int position, double height);

    /// Runs after each layout in which something may have moved: text, scrolling, size. At most
    /// once a frame. The subscription ends when the answer is run.
    Runnable onMoved(Runnable listener);
}
