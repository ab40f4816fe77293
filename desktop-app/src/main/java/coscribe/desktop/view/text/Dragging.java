package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Fragment;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import javafx.geometry.Point2D;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// Text that is dragged: what is selected to another place, or copied there; into other windows and
/// programs, where it is always a copy; and what comes from them. A line shows where it would fall.
/// On the thread that draws.
final class Dragging {
    private static final double EDGE = 28; // px from the rim where the page scrolls
    private static final double STEP = 14; // px

    private final PageArea area;
    private final Geometry geometry;
    private final TextCommands commands;
    private final IntUnaryOperator newest;
    private final Region mark = new Region();
    private boolean pressedInside;
    private boolean ours; // what is dragged was taken here

    /// @param over    where the line is drawn
    /// @param newest  from a position in the drawn text to one in the newest
    Dragging(PageArea area, Geometry geometry, TextCommands commands, Pane over, IntUnaryOperator newest) {
        this.area = area;
        this.geometry = geometry;
        this.commands = commands;
        this.newest = newest;
        mark.getStyleClass().add("drop-mark");
        mark.setManaged(false);
        mark.setVisible(false);
        over.getChildren().add(mark);
        area.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
        area.addEventFilter(MouseEvent.DRAG_DETECTED, this::detected);
        area.setOnDragOver(this::over);
        area.setOnDragExited(event -> mark.setVisible(false));
        area.setOnDragDropped(this::dropped);
        area.setOnDragDone(event -> ours = false);
    }

    private void pressed(MouseEvent event) {
        var selected = area.getSelection();
        var hit = area.hit(event.getX(), event.getY()).getCharacterIndex();
        pressedInside = event.getButton() == MouseButton.PRIMARY
                && event.getClickCount() == 1
                && !event.isShiftDown()
                && hit.isPresent()
                && hit.getAsInt() >= selected.getStart()
                && hit.getAsInt() < selected.getEnd();
    }

    private void detected(MouseEvent event) {
        var taken = commands.selected();
        if (pressedInside && commands.editable().get() && !taken.isEmpty()) {
            var board = area.startDragAndDrop(TransferMode.COPY_OR_MOVE);
            board.setContent(FragmentClipboard.content(taken));
            ours = true;
            event.consume();
        }
    }

    private void over(DragEvent event) {
        if (commands.editable().get() && holdsText(event.getDragboard())) {
            event.acceptTransferModes(ours ? TransferMode.COPY_OR_MOVE : new TransferMode[] {TransferMode.COPY});
            over(event.getX(), event.getY());
            event.consume();
        }
    }

    private static boolean holdsText(Dragboard board) {
        return board.hasString() || new FragmentClipboard(board).own().isPresent();
    }

    /// Shows where it would fall, and what lies behind the rim.
    void over(double x, double y) {
        if (y < EDGE) {
            area.scrollYBy(-STEP);
        } else if (y > area.getHeight() - EDGE) {
            area.scrollYBy(STEP);
        }
        var at = geometry.caretAt(position(x, y));
        mark.setVisible(at.isPresent());
        at.ifPresent(it -> mark.resizeRelocate(it.getMinX() - 1, it.getMinY(), 2, it.getHeight()));
    }

    private int position(double x, double y) {
        return area.hit(x, y).getInsertionIndex();
    }

    private void dropped(DragEvent event) {
        var board = new FragmentClipboard(event.getDragboard());
        boolean done = commands.editable().get()
                && drop(
                        new Point2D(event.getX(), event.getY()),
                        ours && event.getTransferMode() == TransferMode.MOVE,
                        board.own(),
                        board.plain());
        event.setDropCompleted(done);
        event.consume();
    }

    /// Something fell.
    ///
    /// @param moves  what is selected here goes there
    /// @param own    else: a piece of one of our documents
    /// @param plain  else: text of other programs
    /// @return       whether it was taken
    boolean drop(Point2D at, boolean moves, Optional<Fragment> own, Optional<String> plain) {
        int position = newest.applyAsInt(position(at.getX(), at.getY()));
        mark.setVisible(false);
        ours = false;
        if (moves) {
            commands.moveSelection(position);
        } else if (own.isPresent()) {
            commands.drop(position, own.get());
        } else if (plain.isPresent()) {
            commands.dropPlain(position, plain.get());
        } else {
            return false;
        }
        area.requestFocus();
        return true;
    }

    /// Where the line is; empty: nothing is dragged over the text. For tests.
    Optional<Region> mark() {
        return Optional.of(mark).filter(Region::isVisible);
    }
}
