package coscribe.desktop.view.text;

import static coscribe.desktop.view.text.Desk.with;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import java.util.List;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fxmisc.richtext.Caret.CaretVisibility;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void what_is_typed_is_asked_for_and_never_typed_by_the_widget() {
        with("", desk -> {
            types(desk, "a");
            types(desk, "\u00e9");
            assertThat(desk.asked).containsExactly("type a", "type \u00e9");
            assertThat(desk.surface.readBack().plain()).isEqualTo("a\u00e9\n");
        });
    }

    @Test
    void a_character_that_comes_in_two_halves_is_typed_as_one() {
        with("", desk -> {
            types(desk, "\ud83d");
            assertThat(desk.asked).as("nothing is typed yet").isEmpty();
            presses(desk, KeyCode.UNDEFINED, ""); // as Windows tells of each half
            types(desk, "\ude80");
            types(desk, "a\ud83d");
            types(desk, "\ude80b");
            assertThat(desk.asked).containsExactly("type \ud83d\ude80", "type a", "type \ud83d\ude80b");
        });
    }

    @Test
    void every_editing_key_is_a_command() {
        with("some text", desk -> {
            presses(desk, KeyCode.ENTER, "");
            presses(desk, KeyCode.BACK_SPACE, "");
            presses(desk, KeyCode.BACK_SPACE, "ctrl");
            presses(desk, KeyCode.BACK_SPACE, "shift");
            presses(desk, KeyCode.DELETE, "");
            presses(desk, KeyCode.DELETE, "ctrl");
            presses(desk, KeyCode.TAB, "");
            presses(desk, KeyCode.TAB, "shift");
            presses(desk, KeyCode.X, "ctrl");
            presses(desk, KeyCode.C, "ctrl");
            presses(desk, KeyCode.V, "ctrl");
            presses(desk, KeyCode.V, "ctrl shift");
            presses(desk, KeyCode.Z, "ctrl");
            presses(desk, KeyCode.Z, "ctrl shift");
            presses(desk, KeyCode.Y, "ctrl");
            presses(desk, KeyCode.A, "ctrl");
            presses(desk, KeyCode.INSERT, "shift");
            presses(desk, KeyCode.INSERT, "ctrl");
            presses(desk, KeyCode.DELETE, "shift");
            assertThat(desk.asked)
                    .containsExactly(
                            "enter",
                            "backspace",
                            "backspace word",
                            "backspace",
                            "delete",
                            "delete word",
                            "tab",
                            "tab back",
                            "cut",
                            "copy",
                            "paste",
                            "paste plain",
                            "undo",
                            "redo",
                            "redo",
                            "select all",
                            "paste",
                            "copy",
                            "cut");
            assertThat(desk.surface.readBack().plain()).isEqualTo("\nsome text\n");
        });
    }

    @Test
    void shortcuts_of_the_menus_pass_by() {
        with("text", desk -> {
            for (KeyCode code : List.of(KeyCode.B, KeyCode.I, KeyCode.K, KeyCode.DIGIT1, KeyCode.ENTER)) {
                assertThat(presses(desk, code, "ctrl")).as("Ctrl+" + code).isFalse();
            }
            assertThat(presses(desk, KeyCode.F, "alt")).as("Alt+F").isFalse();
            types(desk, "\u0002", "ctrl");
            types(desk, "f", "alt");
            assertThat(desk.asked).isEmpty();
        });
    }

    @Test
    void characters_typed_with_alt_gr_are_typed() {
        with("", desk -> {
            types(desk, "\u20ac", "ctrl alt");
            assertThat(desk.asked).containsExactly("type \u20ac");
        });
    }

    @Test
    void a_reader_moves_the_caret_and_changes_nothing() {
        with("one two", desk -> {
            desk.editable.set(false);
            types(desk, "x");
            presses(desk, KeyCode.ENTER, "");
            presses(desk, KeyCode.BACK_SPACE, "");
            presses(desk, KeyCode.X, "ctrl");
            presses(desk, KeyCode.RIGHT, "");
            presses(desk, KeyCode.C, "ctrl");
            assertThat(desk.asked).containsExactly("copy");
            assertThat(desk.caret).isEqualTo(Caret.at(1));
            assertThat(desk.surface.readBack().plain()).isEqualTo("one two\n");
        });
    }

    @Test
    void a_reader_sees_the_caret_while_the_text_has_the_keyboard() {
        with("one two", desk -> {
            assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.AUTO);
            desk.surface.requestFocus();
            desk.editable.set(false);
            assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.ON);
        });
    }

    @Test
    void arrow_keys_step_over_what_a_reader_sees_as_one_character() {
        with("a\ud83d\udc69\u200d\ud83d\udc67b\nnext", desk -> {
            presses(desk, KeyCode.RIGHT, "");
            presses(desk, KeyCode.RIGHT, "");
            assertThat(desk.caret).isEqualTo(Caret.at(6));
            presses(desk, KeyCode.RIGHT, "shift");
            presses(desk, KeyCode.RIGHT, "shift");
            assertThat(desk.caret).isEqualTo(new Caret(6, 8));
            presses(desk, KeyCode.LEFT, "");
            presses(desk, KeyCode.LEFT, "");
            assertThat(desk.caret).isEqualTo(Caret.at(1));
        });
    }

    @Test
    void words_are_skipped_inside_their_paragraph_and_over_its_end() {
        with("one two\nthree", desk -> {
            presses(desk, KeyCode.RIGHT, "ctrl");
            assertThat(desk.caret.head()).isEqualTo(3);
            presses(desk, KeyCode.RIGHT, "ctrl");
            assertThat(desk.caret.head()).isEqualTo(7);
            presses(desk, KeyCode.RIGHT, "ctrl");
            assertThat(desk.caret.head()).isEqualTo(8);
            presses(desk, KeyCode.LEFT, "ctrl");
            presses(desk, KeyCode.LEFT, "ctrl");
            assertThat(desk.caret.head()).isEqualTo(4);
        });
    }

    @Test
    void a_key_meets_the_newest_text_also_where_it_was_not_drawn_yet() {
        with("mine", desk -> {
            presses(desk, KeyCode.END, "");
            desk.foreign(Delta.builder().insert("theirs ").build(5));
            types(desk, "!");
            assertThat(desk.surface.readBack().plain()).isEqualTo("theirs mine!\n");
            assertThat(desk.surface.drawnCaret()).isEqualTo(Caret.at(12));
        });
    }

    /// Whether the key was taken.
    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private static boolean presses(Desk desk, KeyCode code, String held) {
        var taken = new boolean[] {true};
        desk.surface.node().setOnKeyPressed(event -> taken[0] = false);
        Event.fireEvent(desk.surface.area(), event(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, code, held));
        return taken[0];
    }

    private static void types(Desk desk, String character) {
        types(desk, character, "");
    }

    private static void types(Desk desk, String character, String held) {
        Event.fireEvent(desk.surface.area(), event(KeyEvent.KEY_TYPED, character, KeyCode.UNDEFINED, held));
    }

    private static KeyEvent event(javafx.event.EventType<KeyEvent> type, String character, KeyCode code, String held) {
        return new KeyEvent(
                type, character, "", code, held.contains("shift"), held.contains("ctrl"), held.contains("alt"), false);
    }
}
