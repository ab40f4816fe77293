package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.desktop.viewmodel.EditorModel;
import javafx.event.Event;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys and the computer's own clipboard, from one window into another.
class FragmentClipboardTest {
    private Table from;
    private Table to;

    @BeforeEach
    void two_windows_of_two_documents() {
        Fx.run(() -> {
            from = opened();
            to = opened();
            from.seat.types("say **loud** and quiet");
            from.seat.does(EditorModel::selectAll);
        });
    }

    private static Table opened() {
        var time = new VirtualTime();
        return new Table(time, new TinyRelay(time), "a1");
    }

    @AfterEach
    void close() {
        Fx.run(() -> {
            from.close();
            to.close();
            Clipboard.getSystemClipboard().clear();
        });
    }

    private static void press(Table table, KeyCode code, boolean shift) {
        table.seat.does(_ -> Event.fireEvent(
                table.surface.area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, shift, true, false, false)));
    }

    private static boolean isBold(Table table, String word) {
        return table.seat
                .text()
                .attributesAt(table.seat.text().plain().indexOf(word))
                .has("bold");
    }

    @Test
    void what_is_copied_keeps_its_look_in_another_window() {
        Fx.run(() -> {
            press(from, KeyCode.C, false);
            press(to, KeyCode.V, false);
            assertThat(to.seat.text().plain()).isEqualTo("say loud and quiet\n");
            assertThat(isBold(to, "loud")).isTrue();
            assertThat(isBold(to, "quiet")).isFalse();
        });
    }

    @Test
    void what_is_cut_is_gone_here_and_there_with_its_look() {
        Fx.run(() -> {
            press(from, KeyCode.X, false);
            assertThat(from.seat.text().plain()).isEqualTo("\n");
            press(to, KeyCode.V, false);
            assertThat(isBold(to, "loud")).isTrue();
        });
    }

    @Test
    void other_programs_get_the_words_and_so_does_who_pastes_without_a_look() {
        Fx.run(() -> {
            press(from, KeyCode.C, false);
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("say loud and quiet");
            press(to, KeyCode.V, true);
            assertThat(to.seat.text().plain()).isEqualTo("say loud and quiet\n");
            assertThat(isBold(to, "loud")).isFalse();
        });
    }

    @Test
    void what_another_program_copied_is_plain() {
        Fx.run(() -> {
            var words = new ClipboardContent();
            words.putString("from elsewhere");
            assertThat(Clipboard.getSystemClipboard().setContent(words)).isTrue();
            press(to, KeyCode.V, false);
            assertThat(to.seat.text().plain()).isEqualTo("from elsewhere\n");
        });
    }
}
