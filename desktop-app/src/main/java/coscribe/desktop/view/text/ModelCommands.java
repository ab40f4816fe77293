package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Fragment;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;

/// What a surface asks for, done by the editor's model; and the way between a fragment of text and
/// the computer's clipboard: our own format first, plain text for everybody else.
public final class ModelCommands implements TextCommands {
    private static final String NAME = "application/x-coscribe+json";
    private static final DataFormat OWN =
            Optional.ofNullable(DataFormat.lookupMimeType(NAME)).orElseGet(() -> new DataFormat(NAME));

    private final EditorModel model;
    private final Clipboard clipboard;

    public ModelCommands(EditorModel model, Clipboard clipboard) {
        this.model = model;
        this.clipboard = clipboard;
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
        put(model.copy());
    }

    @Override
    public void cut() {
        put(model.cut());
    }

    private void put(Fragment fragment) {
        if (!fragment.isEmpty()) {
            var content = new ClipboardContent();
            content.put(OWN, fragment.json());
            content.putString(fragment.plain());
            clipboard.setContent(content);
        }
    }

    @Override
    public void paste() {
        var own = clipboard.getContent(OWN) instanceof String json ? Fragment.parse(json) : Optional.<Fragment>empty();
        if (own.isPresent()) {
            model.paste(own.get());
        } else {
            pastePlain();
        }
    }

    @Override
    public void pastePlain() {
        if (clipboard.hasString()) {
            model.pastePlain(clipboard.getString());
        }
    }
}
