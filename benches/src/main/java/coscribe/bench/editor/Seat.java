package coscribe.bench.editor;

import coscribe.desktop.DocumentWindow;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A writer in front of the editor's own window. Keys go through the scene as from a keyboard.
/// Everything on the thread that draws.
public final class Seat implements AutoCloseable {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 860; // px; some 700 of them show text

    private final DocumentWindow window;

    /// Throws {@link IllegalStateException} where the writer may not write: keys would do nothing,
    /// and nothing is quick.
    public Seat(DocumentWindow window) {
        this.window = window;
        requireEditable();
        window.surface().requestFocus();
    }

    /// Gives a window the size that everything here is measured in.
    static void place(DocumentWindow window) {
        var stage = window.stage();
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(WIDTH);
        stage.setHeight(HEIGHT);
    }

    private void requireEditable() {
        if (!model().editableProperty().get()) {
            throw new IllegalStateException("the document cannot be written in: "
                    + window.client().status().contact());
        }
    }

    public Scene scene() {
        return window.stage().getScene();
    }

    public DocumentWindow window() {
        return window;
    }

    public EditorModel model() {
        return window.model();
    }

    public RichTextSurface surface() {
        return window.surface();
    }

    /// What the widget shows, read back from it.
    public Document drawn() {
        return surface().readBack(model().document());
    }

    /// How many units of the text are this writer's.
    int written() {
        var mine = Optional.of(Value.of(window.client().person().hex()));
        var units = new int[1];
        var text = model().document().text();
        text.forEachRun(0, text.length(), (source, from, to, set) -> {
            if (set.get(Schema.AUTHOR).equals(mine)) {
                units[0] += to - from;
            }
        });
        return units[0];
    }

    /// How many others' carets are in view.
    long othersInView() {
        var view = surface().visible();
        return window.client().members().stream()
                .flatMap(member -> member.caret().stream())
                .filter(told -> view.contains(told.caret().head()))
                .count();
    }

    /// Puts the caret as a click does; it need not be in view.
    public void caret(int anchor, int head) {
        var caret = new Caret(anchor, head);
        if (!model().selection().equals(caret)) {
            model().select(caret);
            surface().select(caret, true);
        }
    }

    /// Brings one's own line to the middle.
    void scrollToCaret() {
        surface().scrollTo(model().selection().head(), 0.5);
    }

    void empty() {
        model().selectAll();
        model().backspace();
    }

    /// One key that types a character.
    public void type(String character) {
        if (character.equals("\n")) {
            press(KeyCode.ENTER);
        } else if (character.equals("\t")) {
            press(KeyCode.TAB);
        } else {
            fire(new KeyEvent(KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
        }
    }

    public void press(KeyCode key) {
        fire(new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", key, false, false, false, false));
        fire(new KeyEvent(KeyEvent.KEY_RELEASED, KeyEvent.CHAR_UNDEFINED, "", key, false, false, false, false));
    }

    /// As {@link #press}, with Ctrl held; on macOS it is another key.
    public void pressWithControl(KeyCode key) {
        fire(new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", key, false, true, false, false));
        fire(new KeyEvent(KeyEvent.KEY_RELEASED, KeyEvent.CHAR_UNDEFINED, "", key, false, true, false, false));
    }

    private void fire(KeyEvent event) {
        requireEditable();
        var target = scene().getFocusOwner();
        Event.fireEvent(target == null ? scene() : target, event);
    }

    @Override
    public void close() {
        window.close();
    }
}
