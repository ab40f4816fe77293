package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.protocol.PersonId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;

/// Whose words a text is made of, while somebody wants to know. A key costs nothing here: the text
/// is looked through on another thread, a moment after it changed. At the document's home.
public final class Authorship implements AutoCloseable {
    private final EditorModel model;
    private final DebouncedTask<Document, List<PersonId>> search;
    private final BooleanProperty wanted = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<List<PersonId>> authors = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<PersonId>> atCaret = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ChangeListener<Object> textChanges = (property, was, is) -> textChanged();
    private final ChangeListener<Object> caretMoves = (property, was, is) -> caretMoved();

    /// @param worker  looks through the text: for one of 1 MB, some milliseconds
    /// @param home    the document's
    public Authorship(EditorModel model, ScheduledExecutorService worker, Executor home) {
        this.model = model;
        this.search = new DebouncedTask<>(model::document, Authorship::of, authors::set, worker, home);
        wanted.addListener(textChanges);
        model.documentProperty().addListener(textChanges);
        model.caretProperty().addListener(caretMoves);
    }

    /// Whether somebody wants to know; nobody does unless told otherwise.
    public BooleanProperty wanted() {
        return wanted;
    }

    /// Who wrote what the text holds now, who wrote most of it first. A moment late.
    public ReadOnlyObjectProperty<List<PersonId>> authors() {
        return authors.getReadOnlyProperty();
    }

    /// Who wrote what stands in front of the writer's caret, or at the beginning of a line behind
    /// it.
    public ReadOnlyObjectProperty<Optional<PersonId>> atCaret() {
        return atCaret.getReadOnlyProperty();
    }

    /// Who wrote the unit at `position`; empty: nobody said, or there is none.
    public Optional<PersonId> at(int position) {
        var text = model.document().text();
        return position >= 0 && position < text.length() ? author(text.attributesAt(position)) : Optional.empty();
    }

    private void textChanged() {
        if (wanted.get()) {
            search.changed();
            caretMoved();
        }
    }

    private void caretMoved() {
        if (wanted.get()) {
            var text = model.document().text();
            int caret = Math.min(model.selection().head(), text.length() - 1);
            boolean lineBegins = caret == 0 || text.charAt(caret - 1) == '\n';
            atCaret.set(at(lineBegins ? caret : caret - 1));
        }
    }

    /// Newlines count for nobody: an empty line has no colour that could be told.
    static List<PersonId> of(Document document) {
        var units = new HashMap<PersonId, Integer>();
        Text text = document.text();
        text.forEachRun(
                0,
                text.length(),
                (source, from, to, set) -> author(set).ifPresent(who -> {
                    int letters = letters(source, from, to);
                    if (letters > 0) {
                        units.merge(who, letters, Integer::sum);
                    }
                }));
        return units.entrySet().stream()
                .sorted(Map.Entry.<PersonId, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(it -> it.getKey().hex()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int letters(CharSequence source, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            letters += source.charAt(i) == '\n' ? 0 : 1;
        }
        return letters;
    }

    private static Optional<PersonId> author(Attributes set) {
        return set.get(Schema.AUTHOR).orElse(Value.TRUE) instanceof Value.Text(String hex)
                ? Optional.of(new PersonId(hex))
                : Optional.empty();
    }

    @Override
    public void close() {
        search.close();
        wanted.removeListener(textChanges);
        model.documentProperty().removeListener(textChanges);
        model.caretProperty().removeListener(caretMoves);
    }
}
