package coscribe.bench.windows;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.KeyCode;

/// One thing that a writer's hands do.
sealed interface Stroke {
    /// A key that types a character.
    record Type(String character) implements Stroke {}

    /// Any other key. `shortcut` is Ctrl, on macOS Command.
    record Press(KeyCode key, boolean shift, boolean shortcut) implements Stroke {}

    /// Waits until this stands in the text, and puts the caret behind it, as a click does.
    record Behind(String words) implements Stroke {}

    /// Selects these words, as a double click and a drag do.
    record Mark(String words) implements Stroke {}

    /// Puts the caret so many characters further, negative: back, as clicks do.
    record Move(int by) implements Stroke {}

    /// Pastes what was copied elsewhere.
    record Paste(String text) implements Stroke {}

    /// Looks at what is there for as long as so many keys take.
    record Rest(int keys) implements Stroke {}

    /// A text as it is typed: a line end is Enter.
    static List<Stroke> typed(String text) {
        var strokes = new ArrayList<Stroke>();
        text.codePoints()
                .forEach(point -> strokes.add(
                        point == '\n'
                                ? new Press(KeyCode.ENTER, false, false)
                                : point == '\b'
                                        ? new Press(KeyCode.BACK_SPACE, false, false)
                                        : new Type(Character.toString(point))));
        return strokes;
    }
}
