package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Seat;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nobody has to look for what undo and redo changed.
class UndoShowsTest {
    private static final int LINES = 400;

    private Seat mara;
    private RichTextSurface surface;
    private Stage stage;

    @BeforeEach
    void a_long_text_with_a_word_typed_at_its_beginning() {
        Fx.run(() -> {
            var time = new VirtualTime();
            mara = new Seat(time, new TinyRelay(time), "a1");
            surface = new RichTextSurface(new ModelCommands(mara.model, Clipboard.getSystemClipboard()));
            stage = new Stage();
            stage.setScene(new Scene((Parent) surface.node(), 600, 400));
            stage.show();
            mara.model.attach(surface);
            mara.does(it -> it.pastePlain("a line of some words\n".repeat(LINES)));
            mara.pauses();
            mara.selects(0, 0);
            mara.types("first ");
            mara.pauses();
        });
        Fx.frames(2);
    }

    @AfterEach
    void close() {
        Fx.run(() -> {
            mara.model.close();
            surface.close();
            stage.close();
        });
    }

    private void looksAt(int position) {
        Fx.run(() -> surface.scrollTo(position, 0.5));
        Fx.frames(3);
    }

    private boolean isInView(int position) {
        return Fx.call(() -> surface.caretAt(position).isPresent());
    }

    private void does(Consumer<EditorModel> command) {
        Fx.run(() -> mara.does(command));
        Fx.frames(3);
    }

    @Test
    void undo_and_redo_scroll_to_what_they_change() {
        looksAt(mara.text().length() - 1);
        assertThat(isInView(0)).as("before").isFalse();
        does(EditorModel::undo);
        assertThat(mara.text().plain()).startsWith("a line");
        assertThat(isInView(0)).as("after undo").isTrue();
        looksAt(mara.text().length() - 1);
        assertThat(isInView(0)).as("before redo").isFalse();
        does(EditorModel::redo);
        assertThat(mara.text().plain()).startsWith("first a line");
        assertThat(isInView("first ".length())).as("after redo").isTrue();
    }

    @Test
    void what_somebody_else_does_meanwhile_moves_the_place_and_not_the_view() {
        looksAt(mara.text().length() - 1);
        Fx.run(() -> mara.jonInserts(0, "Jon's line\n".repeat(50)));
        Fx.frames(3);
        assertThat(isInView(0)).as("somebody else's").isFalse();
        does(EditorModel::undo);
        int place = 50 * "Jon's line\n".length();
        assertThat(mara.text().plain().substring(place)).startsWith("a line");
        assertThat(isInView(place)).as("mine, where it is now").isTrue();
        assertThat(isInView(0)).as("the beginning").isFalse();
    }
}
