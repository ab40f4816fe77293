package coscribe.desktop.view.text;

import coscribe.ot.presence.Caret;
import javafx.beans.value.ObservableBooleanValue;

/// What a writer asks for with keys, mouse and input methods. The surface asks; whoever holds the
/// text changes it and tells the surface what to show. On the thread that draws.
public interface TextCommands {
    ObservableBooleanValue editable();

    /// Where the caret and selection are, in the newest text.
    Caret selection();

    /// The writer moved the caret, by key or mouse.
    void select(Caret selection);

    void type(String text);

    void enter();

    void tab(boolean back);

    void backspace();

    void delete();

    void backspaceWord();

    void deleteWord();

    /// Ticks the check boxes of the selected paragraphs, or takes the ticks away.
    void tick();

    void undo();

    void redo();

    void selectAll();

    void copy();

    void cut();

    void paste();

    void pastePlain();
}
