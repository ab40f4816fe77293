package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import javafx.event.Event;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void all_of_it_is_selected_with_one_key_and_copied_with_another() {
        Fx.run(() -> {
            var reading = new Reading(Clipboard.getSystemClipboard());
            var surface = new RichTextSurface(reading);
            var stage = new Stage();
            stage.setScene(new Scene((Parent) surface.node(), 400, 300));
            stage.show();
            reading.show(
                    Document.EMPTY.apply(
                            Change.of(Delta.builder().insert("one\ntwo").build(1))),
                    surface);
            press(surface, KeyCode.A);
            assertThat(surface.area().getSelectedText()).isEqualTo("one\ntwo");
            press(surface, KeyCode.C);
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("one\ntwo");
            surface.close();
            stage.close();
        });
    }

    private static void press(RichTextSurface surface, KeyCode code) {
        Event.fireEvent(
                surface.area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, false, true, false, false));
    }
}
