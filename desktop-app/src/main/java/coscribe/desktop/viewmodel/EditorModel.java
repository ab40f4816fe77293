package coscribe.desktop.viewmodel;

import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.StepGroups.Kind;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Limits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One document as its writer works in it: the text, a caret with a selection, and the commands.
/// The client's text is the truth; a command makes a change of it, the client takes the change, and
/// a {@link TextSurface} draws it. What others change comes the same way:
/// ```
///   key ▶ command ▶ Edit(delta, caret) ▶ DocumentClient.edit ▶ surface.ownChange
///   relay ▶ DocumentClient ▶ changed ▶ my caret through it   ▶ surface.foreignChange
/// ```
/// Everything at the document's home, which is the thread that draws. A command that the writer's
/// role forbids does nothing.
public final class EditorModel implements AutoCloseable {
    /// What a writer is told about a command that did not do what it was asked for.
    public enum Notice {
        /// The document would be longer than documents may be.
        TOO_LONG,
        /// The link is none that could be opened.
        BAD_LINK
    }

    private static final TextSurface NO_SURFACE = new NoSurface();

    private final DocumentClient client;
    private final InstantSource clock;
    private final Attributes stamp;
    private final StepGroups groups = new StepGroups();
    private final Listener listener = new Listener();
    private final List<Consumer<Notice>> noticed = new ArrayList<>();

    private final ReadOnlyObjectWrapper<Formatting> formatting = new ReadOnlyObjectWrapper<>(Formatting.PLAIN);
    private final ReadOnlyObjectWrapper<Caret> caret = new ReadOnlyObjectWrapper<>(Caret.at(0));
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper editable = new ReadOnlyBooleanWrapper();

    private TextSurface surface = NO_SURFACE;
    private boolean typingAids = true;
    private Document shown; // what the surface was told last
    private Optional<Attributes> nextTyped = Optional.empty(); // asked for by a command at the caret

    /// @param client  with a document that was opened
    public EditorModel(DocumentClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
        this.stamp = Attributes.of(Schema.AUTHOR, Value.of(client.person().hex()));
        this.shown = client.document();
        client.listen(listener);
        refresh();
    }

    /// From here on the surface shows this text, and the others see this writer's caret.
    public void attach(TextSurface to) {
        surface = to;
        surface.load(shown, selection());
        var _ = client.run(it -> it.moveCaret(Optional.of(selection())));
    }

    /// Whether `# ` and the like format what is typed; they do unless told otherwise.
    public void setTypingAids(boolean on) {
        typingAids = on;
    }

    // --- what is shown

    public DocumentClient client() {
        return client;
    }

    public Document document() {
        return shown;
    }

    private Text text() {
        return shown.text();
    }

    /// The writer's caret: `head` is where it stands, `anchor` where the selection began.
    public Caret selection() {
        return caret.get();
    }

    public ReadOnlyObjectProperty<Caret> caretProperty() {
        return caret.getReadOnlyProperty();
    }

    /// What a toolbar mirrors.
    public ReadOnlyObjectProperty<Formatting> formattingProperty() {
        return formatting.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canRedoProperty() {
        return canRedo.getReadOnlyProperty();
    }

    /// Whether the writer's role lets them write.
    public ReadOnlyBooleanProperty editableProperty() {
        return editable.getReadOnlyProperty();
    }

    /// Hears of commands that did not do what they were asked for.
    public void onNotice(Consumer<Notice> listener) {
        noticed.add(listener);
    }

    // --- the caret

    /// The writer put the caret somewhere, or selected. Positions outside the text are moved into
    /// it, and those inside a character in front of it.
    public void select(Caret wanted) {
        var fitting = CaretPlaces.fitting(text(), wanted);
        if (!fitting.equals(selection())) {
            groups.cut();
            nextTyped = Optional.empty();
            caret.set(fitting);
            client.moveCaret(Optional.of(fitting));
            refresh();
        }
    }

    /// As {@link #select}, for a command: the surface follows.
    public void selectAndReveal(Caret wanted) {
        select(wanted);
        surface.select(selection(), true);
    }

    public void selectAll() {
        select(new Caret(0, shown.length() - 1));
        surface.select(selection(), false);
    }

    // --- characters

    /// What a keyboard or an input method typed. What a document cannot hold is left out.
    public void type(String typed) {
        String proper = Fragment.proper(typed);
        if (proper.indexOf('\n') >= 0) {
            pastePlain(proper);
            return;
        }
        if (proper.isEmpty() || !mayAdd(proper.length() + 1)) {
            return;
        }
        var set = typedFormat();
        int at = InlineEdits.from(selection());
        boolean newWord = proper.charAt(0) != ' ' && at > 0 && text().charAt(at - 1) == ' ';
        var beside = InlineEdits.isEmpty(selection())
                ? Breaks.besideDivider(text(), at, proper, over(set), stamp)
                : Optional.<Edit>empty();
        var edit = beside.orElseGet(() -> InlineEdits.replace(text(), selection(), proper, over(set)));
        perform(edit, joins(Kind.TYPING, at, edit, newWord));
        if (typingAids) {
            TypingAids.after(text(), selection().head(), proper).ifPresent(aid -> {
                perform(aid);
                typeNextIn(set.without(InlineStyle.BOLD.attribute()).without(InlineStyle.CODE.attribute()));
            });
        }
    }

    private Attributes typedFormat() {
        return nextTyped.orElseGet(() -> InlineEdits.typed(text(), selection()));
    }

    private void typeNextIn(Attributes set) {
        nextTyped = Optional.of(set);
        refresh();
    }

    private Attributes over(Attributes set) {
        return set.with(Schema.AUTHOR, stamp.get(Schema.AUTHOR).orElseThrow());
    }

    /// A new paragraph. What is typed in it looks as before, but for links, code and headings.
    public void enter() {
        if (mayAdd(1)) {
            var block = Paragraphs.style(text(), InlineEdits.from(selection()));
            var set = typedFormat().without(Links.LINK).without(InlineStyle.CODE.attribute());
            perform(Breaks.enter(text(), selection(), stamp));
            if (block.heading() == 0 && !set.isEmpty()) {
                typeNextIn(set);
            }
        }
    }

    /// In a list the item moves a level in or out, and lines of code by a tab; elsewhere a tab is
    /// typed, and Shift+Tab indents less.
    public void tab(boolean back) {
        int paragraphs = BlockEdits.newlines(text(), selection()).size();
        var style = Paragraphs.style(text(), InlineEdits.from(selection()));
        if (style.code() && (back || paragraphs > 1)) {
            if (back || mayAdd(InlineEdits.length(selection()) + paragraphs)) {
                perform(BlockEdits.shiftCode(text(), selection(), back, stamp));
            }
        } else if (back) {
            outdent();
        } else if (paragraphs > 1 || style.list().isPresent()) {
            indent();
        } else {
            type("\t");
        }
    }

    public void backspace() {
        int head = selection().head();
        if (!InlineEdits.isEmpty(selection())) {
            deleteSelection();
        } else if (head == Paragraphs.start(text(), head)) {
            Breaks.backspaceAtStart(text(), head).ifPresent(this::deleteOn);
        } else {
            int from = Paragraphs.characterBefore(text(), head);
            deleteOn(InlineEdits.delete(text(), from, Math.max(head, Paragraphs.characterAfter(text(), from))));
        }
    }

    public void delete() {
        int head = selection().head();
        if (!InlineEdits.isEmpty(selection())) {
            deleteSelection();
        } else if (text().charAt(head) != '\n') {
            deleteOn(InlineEdits.delete(text(), head, Paragraphs.characterAfter(text(), head)));
        } else if (head < shown.length() - 1) {
            deleteOn(Breaks.deleteAtEnd(text(), head));
        }
    }

    public void backspaceWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && head != Paragraphs.start(text(), head)) {
            deleteOn(InlineEdits.delete(text(), Paragraphs.wordBefore(text(), head), head));
        } else {
            backspace();
        }
    }

    public void deleteWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && text().charAt(head) != '\n') {
            deleteOn(InlineEdits.delete(text(), head, Paragraphs.wordAfter(text(), head)));
        } else {
            delete();
        }
    }

    /// A key that is pressed again and again; a style that was asked for outlasts it.
    private void deleteOn(Edit edit) {
        var asked = nextTyped;
        boolean only = edit.delta().targetLength() < edit.delta().baseLength();
        if (only) {
            perform(edit, joins(Kind.DELETING, selection().head(), edit, false));
        } else {
            perform(edit);
        }
        nextTyped = asked;
        refresh();
    }

    private void deleteSelection() {
        var selected = selection();
        perform(InlineEdits.delete(text(), InlineEdits.from(selected), InlineEdits.to(selected)));
    }

    /// What is selected gets a style, or loses it if all of it has it; without a selection, what is
    /// typed next.
    public void toggle(InlineStyle style) {
        if (!editable.get()) {
            return;
        }
        if (InlineEdits.isEmpty(selection())) {
            var set = typedFormat();
            groups.cut();
            typeNextIn(
                    set.has(style.attribute())
                            ? set.without(style.attribute())
                            : set.with(style.attribute(), Value.TRUE));
        } else {
            boolean on = InlineEdits.commonStyles(text(), selection()).contains(style);
            format(Attributes.of(style.attribute(), on ? Value.CLEAR : Value.TRUE));
        }
    }

    /// Links what is selected, the link that the caret is in, or, where nothing is there, the
    /// target itself as text. Empty takes the link away. `example.org` and `jon@example.org` are
    /// understood.
    public void link(Optional<String> written) {
        var target = written.flatMap(Links::meant);
        if (written.isPresent() && target.isEmpty()) {
            tell(Notice.BAD_LINK);
            return;
        }
        Value value = target.<Value>map(Value::of).orElse(Value.CLEAR);
        var around = Links.at(text(), selection().head());
        if (!InlineEdits.isEmpty(selection())) {
            format(Attributes.of(Links.LINK, value));
        } else if (around.isPresent()) {
            perform(Links.change(text(), selection(), around.get(), value));
        } else if (target.isPresent()) {
            String shown = written.map(String::strip).orElseThrow();
            if (mayAdd(shown.length())) {
                perform(InlineEdits.replace(
                        text(), selection(), shown, over(typedFormat().with(Links.LINK, value))));
            }
        }
    }

    /// Whether text could lead there: to the web or to a mailbox.
    public static boolean isLink(String written) {
        return Links.meant(written).isPresent();
    }

    private void format(Attributes set) {
        perform(InlineEdits.format(text(), selection(), set));
    }

    /// Takes all styles and links from what is selected, and makes body text of paragraphs that are
    /// selected as a whole; without a selection, of the caret's paragraph.
    public void clearFormatting() {
        if (!InlineEdits.isEmpty(selection())) {
            perform(InlineEdits.clear(text(), selection()));
        } else if (editable.get()) {
            restyle(_ -> Attributes.NONE);
            typeNextIn(Attributes.NONE);
        }
    }

    // --- paragraphs

    /// @param level  1 to 4; 0: body text
    public void heading(int level) {
        restyle(level == 0 ? BlockEdits::body : BlockEdits.kind("header", Value.of(level)));
    }

    /// Makes the selected paragraphs items of a list, or body text if they all are such items.
    public void list(ListKind kind) {
        boolean off = BlockEdits.all(text(), selection(), style -> style.list().equals(Optional.of(kind)));
        restyle(off ? BlockEdits::body : BlockEdits.kind("list", Value.of(kind.value())));
    }

    public void quote() {
        boolean off = BlockEdits.all(text(), selection(), BlockStyle::quote);
        restyle(off ? BlockEdits::body : BlockEdits.kind("quote", Value.TRUE));
    }

    public void codeBlock() {
        boolean off = BlockEdits.all(text(), selection(), BlockStyle::code);
        restyle(off ? BlockEdits::body : BlockEdits.kind("code-block", Value.TRUE));
    }

    /// Ticks the selected items of check lists, or none if all are ticked.
    public void tick() {
        perform(BlockEdits.tick(text(), BlockEdits.newlines(text(), selection()), selection()));
    }

    /// Ticks one item, wherever the caret is.
    ///
    /// @param position  anywhere in the item
    public void tickAt(int position) {
        groups.cut();
        perform(BlockEdits.tick(text(), List.of(Paragraphs.end(text(), position)), selection()), false, false);
    }

    public void indent() {
        restyle(had -> BlockEdits.indented(had, 1));
    }

    public void outdent() {
        restyle(had -> BlockEdits.indented(had, -1));
    }

    public void align(Alignment alignment) {
        restyle(had ->
                alignment == Alignment.START ? had.without("align") : had.with("align", Value.of(alignment.value())));
    }

    private void restyle(UnaryOperator<Attributes> wanted) {
        perform(BlockEdits.restyle(text(), selection(), wanted));
    }

    public void divider() {
        if (mayAdd(3)) {
            perform(Breaks.divider(text(), selection(), stamp));
        }
    }

    /// The selected paragraphs change places with the one above or below.
    public void moveParagraph(boolean up) {
        Moving.paragraphs(text(), selection(), up).ifPresent(this::perform);
    }

    /// What is selected goes to another place and stays selected, with its writers and comments.
    public void moveSelection(int target) {
        Moving.text(
                        text(),
                        selection(),
                        CaretPlaces.fitting(text(), Caret.at(target)).head())
                .ifPresent(this::perform);
    }

    // --- clipboard

    public Fragment copy() {
        return Fragment.of(text(), InlineEdits.from(selection()), InlineEdits.to(selection()));
    }

    public Fragment cut() {
        var copied = copy();
        if (editable.get() && !copied.isEmpty()) {
            deleteSelection();
        }
        return copied;
    }

    /// Puts a fragment in the place of what is selected, as one step. Among code only its
    /// characters count.
    public void paste(Fragment fragment) {
        if (Paragraphs.style(text(), InlineEdits.from(selection())).code()) {
            pasteAsTyped(fragment.asCode());
        } else if (!fragment.isEmpty() && mayAdd(fragment.length())) {
            perform(Pasting.edit(text(), selection(), fragment, stamp));
        }
    }

    /// Pastes text as if it had been typed here.
    public void pastePlain(String plain) {
        pasteAsTyped(Fragment.ofPlain(plain));
    }

    private void pasteAsTyped(Fragment fragment) {
        if (!fragment.isEmpty() && mayAdd(fragment.length())) {
            perform(Pasting.plain(text(), selection(), fragment.characters(), over(typedFormat()), stamp));
        }
    }

    // --- undo: one step back is what was typed without a pause, or one command

    /// Takes back the writer's newest step, wherever it was, and shows the place.
    public void undo() {
        if (editable.get()) {
            groups.cut();
            client.undo();
        }
    }

    public void redo() {
        if (editable.get()) {
            groups.cut();
            client.redo();
        }
    }

    // --- how commands become changes

    private boolean mayAdd(int units) {
        if (!editable.get()) {
            return false;
        }
        boolean fits = (long) shown.length() - InlineEdits.length(selection()) + units <= Limits.DOCUMENT_UNITS;
        if (!fits) {
            tell(Notice.TOO_LONG);
        }
        return fits;
    }

    private void tell(Notice notice) {
        noticed.forEach(each -> each.accept(notice));
    }

    private boolean joins(Kind kind, int at, Edit edit, boolean newWord) {
        return groups.joins(kind, at, edit.after().head(), newWord, clock.instant());
    }

    /// A step of its own.
    private void perform(Edit edit) {
        groups.cut();
        nextTyped = Optional.empty();
        perform(edit, false);
    }

    private void perform(Edit edit, boolean joins) {
        perform(edit, joins, true);
    }

    private void perform(Edit edit, boolean joins, boolean reveal) {
        if (!editable.get()) {
            return;
        }
        if (edit.delta().isIdentity()) {
            selectAndRevealIfMoved(edit.after());
            return;
        }
        client.edit(Change.of(edit.delta()), edit.intent(), joins, Optional.of(edit.after()));
        shown = client.document();
        caret.set(edit.after());
        surface.ownChange(edit.delta(), shown, edit.after(), reveal);
        refresh();
    }

    private void selectAndRevealIfMoved(Caret after) {
        if (!after.equals(selection())) {
            selectAndReveal(after);
        }
    }

    private void refresh() {
        canUndo.set(client.canUndo());
        canRedo.set(client.canRedo());
        editable.set(mayWrite());
        formatting.set(formattingNow());
    }

    private boolean mayWrite() {
        return !StatusLine.isReadOnly(client.status()) && !(client.status().contact() instanceof Contact.Closed);
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

    private final class Listener implements DocumentListener {
        @Override
        public void changed(DocumentClient document, Change change, boolean own) {
            Delta delta = change.delta();
            shown = document.document();
            if (own) {
                caret.set(CaretPlaces.fitting(text(), CaretPlaces.afterUndo(delta, selection(), text())));
                nextTyped = Optional.empty();
                surface.ownChange(delta, shown, selection(), true);
                client.moveCaret(Optional.of(selection()));
            } else {
                caret.set(selection().throughForeign(delta));
                groups.moved(selection().head());
                surface.foreignChange(delta, shown, selection());
            }
            refresh();
        }

        @Override
        public void statusChanged(DocumentClient document, coscribe.client.runner.Status status) {
            refresh();
        }
    }

    /// The text is shown no more; the document stays open.
    @Override
    public void close() {
        client.unlisten(listener);
        var _ = client.run(it -> it.moveCaret(Optional.empty()));
        surface = NO_SURFACE;
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
