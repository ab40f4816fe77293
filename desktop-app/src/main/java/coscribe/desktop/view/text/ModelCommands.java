package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Fragment;
import coscribe.ot.presence.Caret;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.Clipboard;

/// What a surface asks for, done by the editor's model.
public final class ModelCommands implements TextCommands {
    private final EditorModel model;
    private final FragmentClipboard clipboard;

    public ModelCommands(EditorModel model, Clipboard clipboard) {
        this.model = model;
        this.clipboard = new FragmentClipboard(clipboard);
    }

    @Override
    public ObservableBooleanValue editable() {
        return model.editableProperty();
    }

    @Override
    public void select(Caret selection) {
        model.select(selection);
    }

    @Override
    public void type(String text) {
        model.type(text);
    }

    @Override
    public void enter() {
        model.enter();
    }

    @Override
    public void tab(boolean back) {
        model.tab(back);
    }

    @Override
    public void backspace() {
        model.backspace();
    }

    @Override
    public void delete() {
        model.delete();
    }

    @Override
    public void backspaceWord() {
        model.backspaceWord();
    }

    @Override
    public void deleteWord() {
        model.deleteWord();
    }

    @Override
    public void tickAt(int position) {
        model.tickAt(position);
    }

    @Override
    public void undo() {
        model.undo();
    }

    @Override
    public void redo() {
        model.redo();
    }

    @Override
    public void selectAll() {
        model.selectAll();
    }

    @Override
    public void copy() {
        clipboard.put(model.copy());
    }

    @Override
    public void cut() {
        clipboard.put(model.cut());
    }

    @Override
    public void paste() {
        clipboard.own().ifPresentOrElse(model::paste, this::pastePlain);
    }

    @Override
    public void pastePlain() {
        clipboard.plain().ifPresent(model::pastePlain);
    }

    @Override
    public Fragment selected() {
        return model.copy();
    }

    @Override
    public void moveSelection(int position) {
        model.moveSelection(position);
    }

    @Override
    public void drop(int position, Fragment fragment) {
        model.drop(position, fragment);
    }

    @Override
    public void dropPlain(int position, String text) {
        model.dropPlain(position, text);
    }
}
