package coscribe.desktop.view.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodRequests;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.TextFlow;

/// What an input method composes: drawn at the caret and nowhere in the document, so nobody's
/// change can get into it and it gets into nobody's text. What is committed is typed at once. The
/// words that stand behind the caret in its line are drawn behind it meanwhile, so that a writer
/// sees what they write into.
final class Composition {
    private static final double HEIGHT_OF_FONT = 1.21; // of a caret, in sizes of its font
    private static final double GROUND = 3; // px above and below, as in text.css

    private final TextCommands commands;
    private final Pane over;
    private final Page page;
    private final Geometry geometry;
    private final Consumer<String> untyped;
    private final Pane sheet = new Pane(); // looks as the page does
    private final TextFlow shown = new TextFlow();
    private final Rectangle room = new Rectangle();
    private List<Run> composed = List.of();
    private boolean forbidden; // while something was composed

    /// @param over     where it is drawn
    /// @param untyped  gets what is committed when the writer may not write any more
    Composition(TextCommands commands, Pane over, Page page, Geometry geometry, Consumer<String> untyped) {
        this.commands = commands;
        this.over = over;
        this.page = page;
        this.geometry = geometry;
        this.untyped = untyped;
        sheet.getStyleClass().add("page");
        sheet.setManaged(false);
        sheet.getChildren().add(shown);
        shown.setManaged(false);
        shown.setClip(room);
    }

    void handle(InputMethodEvent event) {
        if (!commands.editable().get()) {
            if (forbidden && !event.getCommitted().isEmpty()) {
                untyped.accept(event.getCommitted());
            }
            forbidden &= !event.getComposed().isEmpty();
            return;
        }
        forbidden = false;
        if (!event.getCommitted().isEmpty()) {
            commands.type(event.getCommitted());
        }
        var now = new ArrayList<Run>();
        for (InputMethodTextRun run : event.getComposed()) {
            now.add(page.composed(run.getText(), isChosen(run)));
        }
        show(now);
    }

    /// The writer may no longer write, while an input method goes on as if nothing were.
    void forbid() {
        forbidden = !composed.isEmpty();
        show(List.of());
    }

    private void show(List<Run> now) {
        boolean begins = composed.isEmpty() && !now.isEmpty();
        composed = List.copyOf(now);
        if (composed.isEmpty()) {
            over.getChildren().remove(sheet);
        } else if (begins) {
            over.getChildren().add(sheet);
        }
        if (begins && caret().isEmpty()) {
            page.area().requestFollowCaret(); // nobody composes what they do not see
        }
        place();
    }

    /// The part that is being converted now.
    private static boolean isChosen(InputMethodTextRun run) {
        return run.getHighlight() == InputMethodHighlight.SELECTED_RAW
                || run.getHighlight() == InputMethodHighlight.SELECTED_CONVERTED;
    }

    private Optional<Rectangle2D> caret() {
        return geometry.caretAt(page.area().getCaretPosition());
    }

    /// Stays at the caret, wherever that went, and in front of what stands there now.
    void place() {
        if (!composed.isEmpty()) {
            var at = caret();
            shown.setVisible(at.isPresent());
            at.ifPresent(this::place);
        }
    }

    private void place(Rectangle2D line) {
        var all = new ArrayList<Node>(composed);
        all.addAll(page.behindCaret());
        shown.getChildren().setAll(all);
        shown.getStyleClass().setAll("composition");
        shown.getStyleClass().addAll(page.looksAtCaret());
        shown.setStyle(String.format(Locale.ROOT, "-fx-font-size: %.1fpx;", line.getHeight() / HEIGHT_OF_FONT));
        sheet.applyCss();
        double width = shown.prefWidth(-1);
        double height = shown.prefHeight(width);
        double own = composed.stream()
                .mapToDouble(run -> run.getLayoutBounds().getWidth())
                .sum();
        double right = page.area().getWidth(); // beside the scroll bar
        double x = Math.clamp(line.getMinX(), 0, Math.max(0, right - own));
        double y = line.getMinY() + (line.getHeight() - height) / 2;
        shown.resizeRelocate(x, y, width, height);
        shown.layout();
        room.setY(-GROUND);
        room.setWidth(Math.max(0, right - x)); // the end of the line waits outside
        room.setHeight(height + 2 * GROUND);
    }

    InputMethodRequests requests() {
        return new InputMethodRequests() {
            @Override
            public Point2D getTextLocation(int offset) {
                return caret().map(line -> over.localToScreen(line.getMinX(), line.getMaxY()))
                        .orElseGet(() -> new Point2D(0, 0));
            }

            @Override
            public int getLocationOffset(int x, int y) {
                return 0;
            }

            @Override
            public void cancelLatestCommittedText() {}

            @Override
            public String getSelectedText() {
                return page.area().getSelectedText();
            }
        };
    }
}
