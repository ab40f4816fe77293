package coscribe.desktop.view.text;

import coscribe.ot.presence.Caret;
import javafx.beans.value.ObservableBooleanValue;

/// What a writer asks for with keys, mouse and input methods. The surface asks; whoever holds the
/// text changes it and tells the surface what to show. On the thread that draws.
public interface TextCommands {
    ObservableBooleanValue editable();

    /// The writer moved the caret, by key or mouse.
    void select(Caret selection);

    void type(String text);

    void enter();

    void tab(boolean back);

    void backspace();

    void delete();

    void backspaceWord();

    void deleteWord();

    /// Ticks the check box of the paragraph around `position`, or takes the tick away; the caret
    /// stays.
    void tickAt(int position);

    void undo();

    void redo();

    void selectAll();

    void copy();

    void cut();

    void paste();

    void pastePlain();
}
