package coscribe.desktop.viewmodel;

import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;

/// "412 words", and with a selection "12 of 412 words". A key costs nothing here: a text is counted
/// on another thread, a moment after it changed and never twice at once. At the document's home.
public final class WordCount implements AutoCloseable {
    /// From a change to its count: a moment in which more may come.
    static final long PAUSE_MILLIS = 300;

    private final EditorModel model;
    private final Strings strings;
    private final ScheduledExecutorService counter;
    private final Executor home;
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private final ChangeListener<Object> changes = (property, was, is) -> changed();
    private boolean due;
    private boolean closed;

    /// @param counter  where it is counted: for a text of 1 MB, some milliseconds
    /// @param home     the document's
    public WordCount(EditorModel model, Strings strings, ScheduledExecutorService counter, Executor home) {
        this.model = model;
        this.strings = strings;
        this.counter = counter;
        this.home = home;
        model.documentProperty().addListener(changes);
        model.caretProperty().addListener(changes);
        changed();
    }

    /// Empty until it was counted for the first time.
    public ReadOnlyStringProperty words() {
        return words.getReadOnlyProperty();
    }

    private void changed() {
        if (!due && !closed) {
            due = true;
            try {
                var _ = counter.schedule(() -> home.execute(this::begin), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                closed = true; // the program ends
            }
        }
    }

    /// The newest text, which stays as it is, goes to the other thread.
    private void begin() {
        if (!closed) {
            var document = model.document();
            var selection = model.selection();
            try {
                counter.execute(() -> count(document, selection));
            } catch (RejectedExecutionException e) {
                closed = true;
            }
        }
    }

    private void count(Document document, Caret selection) {
        int all = Words.in(document.text(), 0, document.length());
        int from = Math.min(selection.anchor(), selection.head());
        int to = Math.max(selection.anchor(), selection.head());
        int selected = from == to ? 0 : Words.in(document.text(), from, to);
        String said = from == to ? strings.count("words", all) : strings.count("words.selected", all, selected);
        home.execute(() -> {
            due = false;
            words.set(said);
            if (model.document() != document || !model.selection().equals(selection)) {
                changed();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        model.documentProperty().removeListener(changes);
        model.caretProperty().removeListener(changes);
    }
}
