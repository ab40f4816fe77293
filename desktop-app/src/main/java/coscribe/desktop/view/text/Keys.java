package coscribe.desktop.view.text;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.fxmisc.wellbehaved.event.EventPattern;
import org.fxmisc.wellbehaved.event.InputMap;

/// The keys that change a text: they ask for commands, and the widget never sees them. Keys that
/// move the caret stay the widget's; all others, as Ctrl+B, pass by to the menus.
final class Keys {
    private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination REDO_TOO = new KeyCodeCombination(KeyCode.Y, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination CUT = new KeyCodeCombination(KeyCode.X, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination PASTE_PLAIN =
            new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    static final KeyCombination ALL = new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN);

    static final KeyCombination LINK = new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN); // the window's

    private final TextCommands commands;
    private String half = ""; // of a character whose other half is still to be typed

    Keys(TextCommands commands) {
        this.commands = commands;
    }

    /// Alt with a letter opens a menu; the widget would swallow it.
    static InputMap<KeyEvent> passBy() {
        return InputMap.ignore(EventPattern.keyPressed()
                .onlyIf(event -> event.isAltDown()
                        && !event.isControlDown()
                        && (event.getCode().isLetterKey() || event.getCode().isDigitKey())));
    }

    /// Whether a key leads to the end of the text.
    static boolean goesToEnd(KeyEvent event) {
        boolean end = event.getCode() == KeyCode.END || (MAC && event.getCode() == KeyCode.DOWN);
        return end && event.isShortcutDown() && !event.isAltDown();
    }

    void pressed(KeyEvent event) {
        if (reads(event) || (edits(event) && changes(event))) {
            event.consume();
        }
    }

    /// A key that only reads; carried out if it is one.
    private boolean reads(KeyEvent event) {
        if (COPY.match(event) || event.getCode() == KeyCode.COPY || isInsert(event, true, false)) {
            commands.copy();
        } else if (ALL.match(event)) {
            commands.selectAll();
        } else {
            return false;
        }
        return true;
    }

    /// Whether a key would change the text, in this widget or in ours.
    private static boolean edits(KeyEvent event) {
        return switch (event.getCode()) {
            case BACK_SPACE, DELETE, INSERT, CUT, PASTE, UNDO, AGAIN -> true;
            case ENTER -> !event.isShortcutDown() && !event.isAltDown();
            case TAB -> !event.isShortcutDown() && !event.isAltDown() && !event.isControlDown();
            default ->
                UNDO.match(event)
                        || REDO.match(event)
                        || REDO_TOO.match(event)
                        || CUT.match(event)
                        || PASTE.match(event)
                        || PASTE_PLAIN.match(event);
        };
    }

    /// Carries an editing key out. A reader's Tab leaves the text as everywhere.
    private boolean changes(KeyEvent event) {
        if (!commands.editable().get()) {
            return event.getCode() != KeyCode.TAB;
        }
        boolean word = MAC ? event.isAltDown() : event.isShortcutDown();
        switch (event.getCode()) {
            case ENTER -> commands.enter();
            case TAB -> commands.tab(event.isShiftDown());
            case BACK_SPACE -> {
                if (word) {
                    commands.backspaceWord();
                } else {
                    commands.backspace();
                }
            }
            case DELETE -> {
                if (event.isShiftDown() && !word) {
                    commands.cut();
                } else if (word) {
                    commands.deleteWord();
                } else {
                    commands.delete();
                }
            }
            case INSERT -> {
                if (event.isShiftDown()) {
                    commands.paste();
                }
            }
            case CUT -> commands.cut();
            case PASTE -> commands.paste();
            case UNDO -> commands.undo();
            case AGAIN -> commands.redo();
            default -> changesByShortcut(event);
        }
        return true;
    }

    private void changesByShortcut(KeyEvent event) {
        if (UNDO.match(event)) {
            commands.undo();
        } else if (REDO.match(event) || REDO_TOO.match(event)) {
            commands.redo();
        } else if (CUT.match(event)) {
            commands.cut();
        } else if (PASTE.match(event)) {
            commands.paste();
        } else {
            commands.pastePlain();
        }
    }

    private static boolean isInsert(KeyEvent event, boolean shortcut, boolean shift) {
        return event.getCode() == KeyCode.INSERT && event.isShortcutDown() == shortcut && event.isShiftDown() == shift;
    }

    /// Some systems type a character of two units, as an emoji, in two events.
    void typed(KeyEvent event) {
        String text = half + event.getCharacter();
        half = "";
        if (isCharacter(event) && isPrintable(text)) {
            int last = text.length() - 1;
            if (Character.isHighSurrogate(text.charAt(last))) {
                half = text.substring(last);
                text = text.substring(0, last);
            }
            if (commands.editable().get() && !text.isEmpty()) {
                commands.type(text);
            }
            event.consume();
        }
    }

    /// Whether no shortcut is meant: Ctrl and Alt together are AltGr, and Option types on a Mac.
    private static boolean isCharacter(KeyEvent event) {
        boolean altGr = event.isControlDown() && event.isAltDown();
        return !event.isMetaDown() && (altGr || (!event.isControlDown() && (MAC || !event.isAltDown())));
    }

    private static boolean isPrintable(String text) {
        return !text.isEmpty()
                && !text.equals(KeyEvent.CHAR_UNDEFINED)
                && text.chars().noneMatch(Character::isISOControl);
    }
}
