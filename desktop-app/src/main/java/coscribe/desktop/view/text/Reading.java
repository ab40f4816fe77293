package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Fragment;
import coscribe.desktop.viewmodel.TextSurface;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.Clipboard;

/// A text that is shown to be read: it can be selected and copied, and nothing else. On the thread
/// that draws.
public final class Reading implements TextCommands {
    private static final ObservableBooleanValue NEVER = Bindings.createBooleanBinding(() -> false);

    private final FragmentClipboard clipboard;
    private Document document = Document.EMPTY;
    private Caret selection = Caret.at(0);
    private Optional<TextSurface> shown = Optional.empty();

    public Reading(Clipboard clipboard) {
        this.clipboard = new FragmentClipboard(clipboard);
    }

    /// Puts another text on the surface.
    public void show(Document other, TextSurface surface) {
        document = other;
        shown = Optional.of(surface);
        selection = Caret.at(0);
        surface.load(other, selection);
    }

    /// All of it, with its formatting.
    public Fragment whole() {
        return Fragment.of(document.text(), 0, document.length() - 1);
    }

    /// Puts all of it into the clipboard.
    public void copyAll() {
        clipboard.put(whole());
    }

    @Override
    public ObservableBooleanValue editable() {
        return NEVER;
    }

    @Override
    public void select(Caret wanted) {
        selection = wanted;
    }

    @Override
    public Fragment selected() {
        int from = Math.min(selection.anchor(), selection.head());
        int to = Math.min(Math.max(selection.anchor(), selection.head()), document.length() - 1);
        return Fragment.of(document.text(), Math.min(from, to), to);
    }

    @Override
    public void copy() {
        clipboard.put(selected());
    }

    @Override
    public void selectAll() {
        selection = new Caret(0, document.length() - 1);
        shown.ifPresent(surface -> surface.select(selection, false));
    }

    @Override
    public void type(String text) {}

    @Override
    public void enter() {}

    @Override
    public void tab(boolean back) {}

    @Override
    public void backspace() {}

    @Override
    public void delete() {}

    @Override
    public void backspaceWord() {}

    @Override
    public void deleteWord() {}

    @Override
    public void tickAt(int position) {}

    @Override
    public void undo() {}

    @Override
    public void redo() {}

    @Override
    public void cut() {
        copy();
    }

    @Override
    public void paste() {}

    @Override
    public void pastePlain() {}

    @Override
    public void moveSelection(int position) {}

    @Override
    public void drop(int position, Fragment fragment) {}

    @Override
    public void dropPlain(int position, String text) {}
}
