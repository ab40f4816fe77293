package coscribe.desktop.view.frame;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCharacterCombination;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Keys with Ctrl or Command as they are meant, whatever is printed on the keyboard. JavaFX names a
/// key by what it types alone: on a French keyboard the key of 1 is an ampersand and that of 2 has
/// no name, and a Russian one has no Z. Letters are then taken by their places, digits and the full
/// stop by what the key types with or without Shift. German and French keyboards have no key for a
/// backslash alone; the one at its place is taken for it. Japanese keyboards need nothing of this.
final class Layouts {
    private static final String CYRILLIC = "йцукенгшщзфывапролдячсмитью";
    private static final KeyCode[] PLACES = {
        KeyCode.Q, KeyCode.W, KeyCode.E, KeyCode.R, KeyCode.T, KeyCode.Y, KeyCode.U, KeyCode.I, KeyCode.O, KeyCode.P,
        KeyCode.A, KeyCode.S, KeyCode.D, KeyCode.F, KeyCode.G, KeyCode.H, KeyCode.J, KeyCode.K, KeyCode.L, KeyCode.Z,
        KeyCode.X, KeyCode.C, KeyCode.V, KeyCode.B, KeyCode.N, KeyCode.M, KeyCode.PERIOD
    };
    /// Of the keys 0 to 4 of a French keyboard, without Shift. The others are left to what is
    /// printed on them.
    private static final String FRENCH = "à&é\"'";

    private Layouts() {}

    /// From now on everything in a scene hears such keys as they are meant.
    static void on(Scene scene) {
        on(scene, Layouts::isFrench);
    }

    /// @param french  whether digits are typed with Shift
    static void on(Scene scene, BooleanSupplier french) {
        scene.addEventFilter(
                KeyEvent.KEY_PRESSED,
                pressed -> meant(pressed, french).ifPresent(code -> {
                    pressed.consume();
                    Event.fireEvent(
                            pressed.getTarget(),
                            new KeyEvent(
                                    pressed.getSource(),
                                    pressed.getTarget(),
                                    KeyEvent.KEY_PRESSED,
                                    pressed.getCharacter(),
                                    pressed.getText(),
                                    code,
                                    pressed.isShiftDown(),
                                    pressed.isControlDown(),
                                    pressed.isAltDown(),
                                    pressed.isMetaDown()));
                }));
    }

    /// Another key than the event names. Empty: it names the right one, or no shortcut is meant.
    static Optional<KeyCode> meant(KeyEvent pressed, BooleanSupplier french) {
        if (!pressed.isShortcutDown() || pressed.isAltDown()) {
            return Optional.empty();
        }
        boolean atBackslash = pressed.getCode() == KeyCode.NUMBER_SIGN || pressed.getCode() == KeyCode.ASTERISK;
        if (atBackslash && !pressed.isShiftDown()) {
            return Optional.of(KeyCode.BACK_SLASH);
        }
        if (pressed.getText().length() != 1) {
            return Optional.empty();
        }
        char typed = Character.toLowerCase(pressed.getText().charAt(0));
        int place = pressed.getCode() == KeyCode.UNDEFINED ? CYRILLIC.indexOf(typed) : -1;
        if (place >= 0) {
            return Optional.of(PLACES[place]);
        }
        if (pressed.isShiftDown()) {
            return shifted(typed).filter(code -> code != pressed.getCode());
        }
        int digit = FRENCH.indexOf(typed);
        return digit >= 0 && french.getAsBoolean() ? Optional.of(digit(digit)) : Optional.empty();
    }

    private static Optional<KeyCode> shifted(char typed) {
        if (typed == '.') {
            return Optional.of(KeyCode.PERIOD);
        }
        return typed >= '0' && typed <= '9' ? Optional.of(digit(typed - '0')) : Optional.empty();
    }

    private static KeyCode digit(int digit) {
        return KeyCode.valueOf("DIGIT" + digit);
    }

    /// Whether the key that types 1 with Shift types an ampersand without.
    private static boolean isFrench() {
        var one = new KeyCharacterCombination("1", KeyCombination.SHORTCUT_DOWN);
        try {
            return one.match(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "&", KeyCode.AMPERSAND, false, !isMac(), false, isMac()));
        } catch (UnsupportedOperationException e) {
            return false; // a platform without keyboards
        }
    }

    private static boolean isMac() {
        return System.getProperty("os.name", "").startsWith("Mac");
    }
}
