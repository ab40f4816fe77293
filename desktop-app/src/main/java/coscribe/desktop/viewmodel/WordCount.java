package coscribe.desktop.viewmodel;

import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;

/// "412 words", and with a selection "12 of 412 words". A key costs nothing here: a text is counted
/// on another thread, a moment after it changed and never twice at once. At the document's home.
public final class WordCount implements AutoCloseable {
    private final EditorModel model;
    private final Strings strings;
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private final DebouncedTask<Seen, String> count;
    private final ChangeListener<Object> changes;

    private record Seen(Document document, Caret selection) {}

    /// @param counter  where it is counted: for a text of 1 MB, some milliseconds
    /// @param home     the document's
    public WordCount(EditorModel model, Strings strings, ScheduledExecutorService counter, Executor home) {
        this.model = model;
        this.strings = strings;
        this.count = new DebouncedTask<>(
                () -> new Seen(model.document(), model.selection()), this::counted, words::set, counter, home);
        this.changes = (property, was, is) -> count.changed();
        model.documentProperty().addListener(changes);
        model.caretProperty().addListener(changes);
        count.changed();
    }

    /// Empty until it was counted for the first time.
    public ReadOnlyStringProperty words() {
        return words.getReadOnlyProperty();
    }

    private String counted(Seen seen) {
        int all = Words.in(seen.document().text(), 0, seen.document().length());
        int from = Math.min(seen.selection().anchor(), seen.selection().head());
        int to = Math.max(seen.selection().anchor(), seen.selection().head());
        int selected = from == to ? 0 : Words.in(seen.document().text(), from, to);
        return from == to ? strings.count("words", all) : strings.count("words.selected", all, selected);
    }

    @Override
    public void close() {
        count.close();
        model.documentProperty().removeListener(changes);
        model.caretProperty().removeListener(changes);
    }
}
