package coscribe.desktop.view.text;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodRequests;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.layout.Pane;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// What an input method composes: drawn at the caret and nowhere in the document, so nobody's
/// change can get into it and it gets into nobody's text. What is committed is typed at once.
final class Composition {
    private static final double HEIGHT_OF_FONT = 1.21; // of a caret, in sizes of its font

    private final TextCommands commands;
    private final Pane over;
    private final Supplier<Optional<Rectangle2D>> caret;
    private final TextFlow shown = new TextFlow();

    /// @param over   where it is drawn
    /// @param caret  where the writer's caret is, in the coordinates of `over`
    Composition(TextCommands commands, Pane over, Supplier<Optional<Rectangle2D>> caret) {
        this.commands = commands;
        this.over = over;
        this.caret = caret;
        shown.getStyleClass().add("composition");
        shown.setManaged(false);
    }

    void handle(InputMethodEvent event) {
        if (!commands.editable().get()) {
            return;
        }
        if (!event.getCommitted().isEmpty()) {
            commands.type(event.getCommitted());
        }
        shown.getChildren().clear();
        for (InputMethodTextRun run : event.getComposed()) {
            var text = new Text(run.getText());
            text.getStyleClass().add(isChosen(run) ? "composed-chosen" : "composed");
            shown.getChildren().add(text);
        }
        if (text().isEmpty()) {
            over.getChildren().remove(shown);
        } else if (!over.getChildren().contains(shown)) {
            over.getChildren().add(shown);
        }
        place();
    }

    /// The part that is being converted now.
    private static boolean isChosen(InputMethodTextRun run) {
        return run.getHighlight() == InputMethodHighlight.SELECTED_RAW
                || run.getHighlight() == InputMethodHighlight.SELECTED_CONVERTED;
    }

    /// What is being composed and not yet committed; may be empty.
    String text() {
        var text = new StringBuilder();
        shown.getChildren().forEach(child -> text.append(((Text) child).getText()));
        return text.toString();
    }

    /// Stays at the caret, wherever that went.
    void place() {
        if (shown.getParent() != null) {
            var at = caret.get();
            shown.setVisible(at.isPresent());
            at.ifPresent(line -> {
                shown.setStyle("-fx-font-size: %.1fpx".formatted(line.getHeight() / HEIGHT_OF_FONT));
                shown.applyCss();
                double width = shown.prefWidth(-1);
                double height = shown.prefHeight(width);
                double x = Math.clamp(line.getMinX(), 0, Math.max(0, over.getWidth() - width));
                double y = line.getMinY() + (line.getHeight() - height) / 2;
                shown.resizeRelocate(x, y, width, height);
            });
        }
    }

    InputMethodRequests requests(PageArea area) {
        return new InputMethodRequests() {
            @Override
            public Point2D getTextLocation(int offset) {
                return caret.get()
                        .map(line -> over.localToScreen(line.getMinX(), line.getMaxY()))
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
                return area.getSelectedText();
            }
        };
    }
}
