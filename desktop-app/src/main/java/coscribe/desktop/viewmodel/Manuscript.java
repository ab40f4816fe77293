package coscribe.desktop.viewmodel;

import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.EditorModel.Notice;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Limits;
import coscribe.ot.rebase.Difference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A text under its writer's hands: takes the edits that commands make, hears what others change,
/// keeps the caret at its words and the surface at the text. At the document's home.
final class Manuscript {
    private static final TextSurface NO_SURFACE = new NoSurface();

    final ReadOnlyObjectWrapper<Formatting> formatting = new ReadOnlyObjectWrapper<>(Formatting.PLAIN);
    final ReadOnlyObjectWrapper<Caret> caret = new ReadOnlyObjectWrapper<>(Caret.at(0));
    final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    final ReadOnlyBooleanWrapper editable = new ReadOnlyBooleanWrapper();
    final ReadOnlyObjectWrapper<Document> shown; // what the surface was told last

    private final DocumentClient client;
    private final InstantSource clock;
    private final Attributes stamp;
    private final StepGroups groups = new StepGroups();
    private final Listener listener = new Listener();
    private final List<Consumer<Notice>> noticed = new ArrayList<>();
    private final List<Runnable> acted = new ArrayList<>();
    private final List<Consumer<Delta>> changed = new ArrayList<>();

    private TextSurface surface = NO_SURFACE;
    private boolean there; // the document came, from the disk or from its relay
    private boolean editing;
    private Optional<Attributes> nextTyped = Optional.empty(); // asked for by a command at the caret

    /// @param client  whose document may still be on its way: nothing is shown and nobody writes
    ///     until it is there
    Manuscript(DocumentClient client, InstantSource clock) {
        this.client = client;
        this.there = client.session().hasDocument();
        this.clock = clock;
        this.stamp = Attributes.of(Schema.AUTHOR, Value.of(client.person().hex()));
        this.shown = new ReadOnlyObjectWrapper<>(client.document());
        client.listen(listener);
        refresh();
    }

    void attach(TextSurface to) {
        surface = to;
        surface.load(shown(), selection());
        tellCaret();
    }

    private void tellCaret() {
        var _ = client.run(it -> {
            if (there) {
                it.moveCaret(Optional.of(selection()));
            }
        });
    }

    void close() {
        client.unlisten(listener);
        var _ = client.run(it -> it.moveCaret(Optional.empty()));
        surface = NO_SURFACE;
    }

    Document shown() {
        return shown.get();
    }

    Text text() {
        return shown().text();
    }

    Caret selection() {
        return caret.get();
    }

    /// What marks text as this writer's.
    Attributes stamp() {
        return stamp;
    }

    Attributes stamped(Attributes set) {
        return set.with(Schema.AUTHOR, stamp.get(Schema.AUTHOR).orElseThrow());
    }

    void listen(Consumer<Notice> listener) {
        noticed.add(listener);
    }

    /// Runs whenever the writer does something: edits, undoes, puts the caret elsewhere.
    void onActed(Runnable listener) {
        acted.add(listener);
    }

    /// Hears of every change of the text, of whomever, when the surface was told.
    void onChanged(Consumer<Delta> listener) {
        changed.add(listener);
    }

    private void tellChanged(Delta delta) {
        changed.forEach(each -> each.accept(delta));
    }

    private void tellActed() {
        acted.forEach(Runnable::run);
    }

    void tell(Notice notice) {
        noticed.forEach(each -> each.accept(notice));
    }

    // --- the caret

    void select(Caret wanted) {
        var fitting = CaretPlaces.fitting(text(), wanted);
        if (!fitting.equals(selection())) {
            groups.cut();
            nextTyped = Optional.empty();
            caret.set(fitting);
            client.moveCaret(Optional.of(fitting));
            refresh();
            tellActed();
        }
        if (!fitting.equals(wanted)) {
            show(false); // a click may fall between the halves of a character
        }
    }

    void show(boolean reveal) {
        surface.select(selection(), reveal);
    }

    /// How the next character would be formatted.
    Attributes typedFormat() {
        return nextTyped
                .filter(asked ->
                        !Paragraphs.style(text(), InlineEdits.from(selection())).code())
                .orElseGet(() -> InlineEdits.typed(text(), selection()));
    }

    /// Asks for a formatting of what is typed next, until the caret is put elsewhere.
    void typeNextIn(Attributes set) {
        nextTyped = Optional.of(set);
        refresh();
    }

    /// What was asked for so far was one thing.
    void endStep() {
        groups.cut();
    }

    // --- edits

    /// Whether there is room, and the writer may write at all; a writer is told of the first.
    ///
    /// @param units  to come in the place of the selection
    boolean mayAdd(int units) {
        return mayGrow(units - InlineEdits.length(selection()));
    }

    /// As above.
    ///
    /// @param units  by which the text would be longer; shorter, where there are fewer than none
    boolean mayGrow(long units) {
        if (!editable.get()) {
            return false;
        }
        boolean fits = shown().length() + units <= Limits.DOCUMENT_UNITS;
        if (!fits) {
            tell(Notice.TOO_LONG);
        }
        return fits;
    }

    /// A step of its own.
    void perform(Edit edit) {
        groups.cut();
        nextTyped = Optional.empty();
        perform(edit, false, true);
    }

    /// As above, wherever it is.
    void performUnseen(Edit edit) {
        groups.cut();
        perform(edit, false, false);
    }

    /// Typing goes on, maybe.
    void type(Edit edit, boolean newWord) {
        perform(edit, joins(StepGroups.Kind.TYPING, InlineEdits.from(selection()), edit, newWord), true);
    }

    /// A key that is pressed again and again; a style that was asked for outlasts it.
    void deleteOn(Edit edit) {
        var asked = nextTyped;
        boolean less = edit.delta().targetLength() < edit.delta().baseLength();
        if (less) {
            perform(edit, joins(StepGroups.Kind.DELETING, selection().head(), edit, false), true);
        } else {
            perform(edit);
        }
        nextTyped = asked;
        refresh();
    }

    private boolean joins(StepGroups.Kind kind, int at, Edit edit, boolean newWord) {
        return groups.joins(kind, at, edit.after().head(), newWord, clock.instant());
    }

    private void perform(Edit edit, boolean joins, boolean reveal) {
        if (!editable.get()) {
            return;
        }
        if (edit.delta().isIdentity()) {
            if (!edit.after().equals(selection())) {
                select(edit.after());
                show(true);
            }
            return;
        }
        editing = true;
        try {
            client.edit(Change.of(edit.delta()), edit.intent(), joins, Optional.of(edit.after()));
        } finally {
            editing = false;
        }
        shown.set(client.document());
        caret.set(edit.after());
        surface.ownChange(edit.delta(), shown(), edit.after(), reveal);
        tellChanged(edit.delta());
        refresh();
        tellActed();
    }

    void undo() {
        if (editable.get()) {
            groups.cut();
            client.undo();
        }
    }

    void redo() {
        if (editable.get()) {
            groups.cut();
            client.redo();
        }
    }

    private void refresh() {
        canUndo.set(client.canUndo());
        canRedo.set(client.canRedo());
        editable.set(mayWrite());
        formatting.set(formattingNow());
    }

    private boolean mayWrite() {
        return there
                && !StatusLine.isReadOnly(client.status())
                && !(client.status().contact() instanceof Contact.Closed);
    }

    private Formatting formattingNow() {
        var selected = selection();
        var block = Paragraphs.style(text(), InlineEdits.from(selected));
        if (InlineEdits.isEmpty(selected)) {
            return new Formatting(InlineEdits.stylesIn(typedFormat()), Links.at(text(), selected.head()), block);
        }
        return new Formatting(
                InlineEdits.commonStyles(text(), selected), InlineEdits.commonLink(text(), selected), block);
    }

    // --- what others do, and undo

    private void foreign(Delta delta) {
        caret.set(selection().throughForeign(delta));
        groups.moved(selection().head());
        surface.foreignChange(delta, shown(), selection());
        tellChanged(delta);
    }

    /// Another part of this program edited the document, which nobody is told of.
    private void catchUp() {
        if (editing || !there) {
            return;
        }
        var before = shown();
        shown.set(client.document());
        if (text() != before.text()) {
            var delta = Difference.between(before.text(), text());
            groups.cut();
            foreign(delta);
        }
    }

    private final class Listener implements DocumentListener {
        @Override
        public void opened(DocumentClient document) {
            if (!there) {
                there = true;
                shown.set(document.document());
                surface.load(shown(), selection());
                tellCaret();
                refresh();
            }
        }

        @Override
        public void changed(DocumentClient document, Change change, boolean own) {
            Delta delta = change.delta();
            shown.set(document.document());
            if (own) {
                caret.set(CaretPlaces.fitting(text(), CaretPlaces.afterUndo(delta, selection(), text())));
                nextTyped = Optional.empty();
                surface.ownChange(delta, shown(), selection(), true);
                tellChanged(delta);
                client.moveCaret(Optional.of(selection()));
                tellActed();
            } else {
                foreign(delta);
            }
            refresh();
        }

        @Override
        public void statusChanged(DocumentClient document, Status status) {
            catchUp();
            refresh();
        }
    }

    private static final class NoSurface implements TextSurface {
        @Override
        public void load(Document document, Caret selection) {}

        @Override
        public void ownChange(Delta delta, Document after, Caret selection, boolean reveal) {}

        @Override
        public void foreignChange(Delta delta, Document after, Caret selection) {}

        @Override
        public void select(Caret selection, boolean reveal) {}
    }
}
