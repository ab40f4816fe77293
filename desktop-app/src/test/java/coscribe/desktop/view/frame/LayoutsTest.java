package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The events are those that JavaFX 26.0.2 makes on an X server with these layouts (`setxkbmap`,
/// `xdotool key`).
class LayoutsTest {
    private static KeyEvent event(KeyCode code, String text, boolean ctrl, boolean shift) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, text, code, shift, ctrl, false, false);
    }

    private static Optional<KeyCode> meant(KeyCode code, String text, boolean shift, boolean french) {
        return Layouts.meant(event(code, text, true, shift), () -> french);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "AMPERSAND, &, false, DIGIT1",
                "UNDEFINED, é, false, DIGIT2",
                "QUOTEDBL, \", false, DIGIT3",
                "QUOTE, ', false, DIGIT4",
                "UNDEFINED, à, false, DIGIT0",
                "UNDEFINED, 7, true, DIGIT7",
                "UNDERSCORE, 8, true, DIGIT8",
                "UNDEFINED, 9, true, DIGIT9",
                "SEMICOLON, ., true, PERIOD",
            })
    void on_a_french_keyboard_digits_are_what_is_printed_on_their_keys(
            KeyCode named, String text, boolean shift, KeyCode meant) {
        assertThat(meant(named, text, shift, true)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"я, Z", "Я, Z", "н, Y", "с, C", "м, V", "ч, X", "ф, A", "и, B", "ш, I", "г, U", "Ю, PERIOD"})
    void on_a_russian_keyboard_letters_are_taken_by_their_places(String text, KeyCode meant) {
        assertThat(meant(KeyCode.UNDEFINED, text, text.equals(text.toUpperCase(Locale.ROOT)), false))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Z, \u001a, false", // German: the key at the place of an American Y
                "DIGIT1, 1, false",
                "DIGIT7, /, true", // German
                "PERIOD, :, true", // German
                "DIGIT7, ', true", // Japanese
                "DIGIT7, &, true", // American
                "QUOTE, ', false", // American
                "MINUS, -, false",
            })
    void on_american_german_and_japanese_keyboards_a_key_is_what_it_is_called(
            KeyCode named, String text, boolean shift) {
        assertThat(meant(named, text, shift, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NUMBER_SIGN, #, BACK_SLASH", "ASTERISK, *, BACK_SLASH"})
    void german_and_french_keyboards_have_another_key_where_the_backslash_is(
            KeyCode named, String text, KeyCode meant) {
        assertThat(meant(named, text, false, false)).contains(meant);
        assertThat(Layouts.meant(event(named, text, false, false), () -> true))
                .as("without Ctrl it is typed")
                .isEmpty();
        assertThat(meant(KeyCode.MULTIPLY, "*", false, false))
                .as("on the number pad")
                .isEmpty();
    }

    @Test
    void what_is_typed_without_ctrl_is_typed() {
        assertThat(Layouts.meant(event(KeyCode.UNDEFINED, "я", false, false), () -> true))
                .isEmpty();
        assertThat(Layouts.meant(event(KeyCode.UNDEFINED, "é", false, false), () -> true))
                .isEmpty();
    }
}
