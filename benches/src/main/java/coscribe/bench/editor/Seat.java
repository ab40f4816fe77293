package coscribe.bench.editor;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.view.text.ModelCommands;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.time.InstantSource;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// A writer in front of the real widget. Keys go through the scene as from a keyboard. Everything
/// on the thread that draws.
public final class Seat implements AutoCloseable {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 700;

    private final Stage stage = new Stage();
    private final EditorModel model;
    private final RichTextSurface surface;

    /// @param document  that was opened
    public Seat(DocumentClient document) {
        model = new EditorModel(document, InstantSource.system());
        surface = new RichTextSurface(new ModelCommands(model, Clipboard.getSystemClipboard()));
        stage.setScene(new Scene((Parent) surface.node(), WIDTH, HEIGHT));
        stage.setX(0);
        stage.setY(0);
        stage.show();
        model.attach(surface);
        surface.requestFocus();
    }

    public Scene scene() {
        return stage.getScene();
    }

    public EditorModel model() {
        return model;
    }

    public RichTextSurface surface() {
        return surface;
    }

    /// What the widget shows, read back from it.
    public Document drawn() {
        return new Document(surface.readBack(), model.document().threads());
    }

    /// Puts the caret as a click does; it need not be in view.
    public void caret(int anchor, int head) {
        var caret = new Caret(anchor, head);
        if (!model.selection().equals(caret)) {
            model.select(caret);
            surface.select(caret, true);
        }
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

    private void fire(KeyEvent event) {
        var target = scene().getFocusOwner();
        Event.fireEvent(target == null ? scene() : target, event);
    }

    @Override
    public void close() {
        model.close();
        surface.close();
        stage.close();
    }
}
