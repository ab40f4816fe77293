package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Fragment;
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

    /// What is selected, to be dragged somewhere.
    Fragment selected();

    /// What is selected goes to another place and stays selected.
    void moveSelection(int position);

    /// A piece of text fell at a place, and is selected there.
    void drop(int position, Fragment fragment);

    /// As {@link #drop}, of another program's text.
    void dropPlain(int position, String text);
}
