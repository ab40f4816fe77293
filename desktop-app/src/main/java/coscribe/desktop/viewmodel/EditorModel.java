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
import coscribe.ot.protocol.Role;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

    /// From here on the surface shows this text.
    public void attach(TextSurface to) {
        surface = to;
        surface.load(shown, selection());
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
        var fitting = fitting(wanted);
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

    private Caret fitting(Caret wanted) {
        int most = shown.length() - 1;
        return new Caret(
                Paragraphs.outsidePair(text(), Math.min(wanted.anchor(), most)),
                Paragraphs.outsidePair(text(), Math.min(wanted.head(), most)));
    }

    // --- characters

    /// What a keyboard or an input method typed. What a document cannot hold is left out.
    public void type(String typed) {
        String proper = Fragment.proper(typed);
        if (proper.indexOf('\n') >= 0) {
            pastePlain(proper);
            return;
        }
        if (proper.isEmpty() || !mayAdd(proper.length())) {
            return;
        }
        var set = typedFormat();
        int at = InlineEdits.from(selection());
        var edit = InlineEdits.replace(text(), selection(), proper, over(set));
        perform(edit, Kind.TYPING, at);
        var aid = typingAids ? TypingAids.after(text(), selection().head(), proper) : Optional.<Edit>empty();
        aid.ifPresent(it -> {
            perform(it, Kind.SINGLE, selection().head());
            nextTyped = Optional.of(InlineEdits.inherited(text(), selection().head())
                    .without(InlineStyle.BOLD.attribute())
                    .without(InlineStyle.CODE.attribute()));
            refresh();
        });
    }

    private Attributes typedFormat() {
        return Paragraphs.style(text(), InlineEdits.from(selection())).code()
                ? Attributes.NONE
                : nextTyped.orElseGet(() -> InlineEdits.isEmpty(selection())
                        ? InlineEdits.inherited(text(), selection().head())
                        : replacedFormat());
    }

    /// What is typed over a selection looks as its first character did.
    private Attributes replacedFormat() {
        int from = InlineEdits.from(selection());
        return text().charAt(from) == '\n'
                ? InlineEdits.inherited(text(), from)
                : InlineEdits.inherited(text(), from + 1).without(InlineEdits.LINK);
    }

    private Attributes over(Attributes set) {
        return set.with(Schema.AUTHOR, stamp.get(Schema.AUTHOR).orElseThrow());
    }

    public void enter() {
        if (mayAdd(1)) {
            perform(BlockEdits.enter(text(), selection(), stamp), Kind.SINGLE, 0);
        }
    }

    /// In a list the item moves a level in or out; elsewhere a tab is typed, and Shift+Tab indents
    /// less.
    public void tab(boolean back) {
        boolean several = BlockEdits.newlines(text(), selection()).size() > 1;
        if (back) {
            outdent();
        } else if (several
                || Paragraphs.style(text(), InlineEdits.from(selection()))
                        .list()
                        .isPresent()) {
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
            var plainer = BlockEdits.backspaceAtStart(text(), head);
            if (plainer.isPresent()) {
                perform(plainer.get(), Kind.SINGLE, head);
            } else if (head > 0) {
                perform(InlineEdits.delete(text(), head - 1, head), Kind.DELETING, head);
            }
        } else {
            perform(InlineEdits.delete(text(), Paragraphs.characterBefore(text(), head), head), Kind.DELETING, head);
        }
    }

    public void delete() {
        int head = selection().head();
        if (!InlineEdits.isEmpty(selection())) {
            deleteSelection();
        } else if (head < shown.length() - 1) {
            perform(InlineEdits.delete(text(), head, Paragraphs.characterAfter(text(), head)), Kind.DELETING, head);
        }
    }

    public void backspaceWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && head != Paragraphs.start(text(), head)) {
            perform(InlineEdits.delete(text(), Paragraphs.wordBefore(text(), head), head), Kind.DELETING, head);
        } else {
            backspace();
        }
    }

    public void deleteWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && head < shown.length() - 1) {
            perform(InlineEdits.delete(text(), head, Paragraphs.wordAfter(text(), head)), Kind.DELETING, head);
        } else {
            delete();
        }
    }

    private void deleteSelection() {
        var selected = selection();
        perform(
                InlineEdits.delete(text(), InlineEdits.from(selected), InlineEdits.to(selected)),
                Kind.SINGLE,
                selected.head());
    }

    /// What is selected gets a style, or loses it if all of it has it; without a selection, what is
    /// typed next.
    public void toggle(InlineStyle style) {
        if (!editable.get()) {
            return;
        }
        if (InlineEdits.isEmpty(selection())) {
            var set = typedFormat();
            nextTyped = Optional.of(
                    set.has(style.attribute())
                            ? set.without(style.attribute())
                            : set.with(style.attribute(), Value.TRUE));
            refresh();
        } else {
            boolean on = InlineEdits.commonStyles(text(), selection()).contains(style);
            format(Attributes.of(style.attribute(), on ? Value.CLEAR : Value.TRUE));
        }
    }

    /// Links what is selected, the link that the caret is in, or, where nothing is there, the
    /// target itself as text. Empty takes the link away.
    public void link(Optional<String> target) {
        if (target.isPresent() && !isLink(target.get())) {
            noticed.forEach(each -> each.accept(Notice.BAD_LINK));
            return;
        }
        Value value = target.<Value>map(Value::of).orElse(Value.CLEAR);
        var around = InlineEdits.linkAt(text(), selection().head());
        if (!InlineEdits.isEmpty(selection())) {
            format(Attributes.of(InlineEdits.LINK, value));
        } else if (around.isPresent()) {
            var extent = InlineEdits.extentOfLink(text(), selection().head(), around.get());
            var edit = InlineEdits.format(text(), extent, Attributes.of(InlineEdits.LINK, value));
            perform(new Edit(edit.delta(), selection(), edit.intent()), Kind.SINGLE, 0);
        } else if (target.isPresent() && mayAdd(target.get().length())) {
            var set = over(typedFormat().with(InlineEdits.LINK, value));
            perform(InlineEdits.replace(text(), selection(), target.get(), set), Kind.SINGLE, 0);
        }
    }

    /// Whether a text is a target that a link may have: http, https or mailto.
    public static boolean isLink(String target) {
        try {
            var set = Attributes.of(InlineEdits.LINK, Value.of(target));
            return Schema.check(Change.of(Delta.builder().insert("x", set).build(1)), 1)
                    .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void format(Attributes set) {
        perform(InlineEdits.format(text(), selection(), set), Kind.SINGLE, 0);
    }

    /// Takes all styles and links from what is selected and makes its paragraphs body text; without
    /// a selection, from what is typed next and the paragraph.
    public void clearFormatting() {
        if (InlineEdits.isEmpty(selection())) {
            nextTyped = Optional.of(Attributes.NONE);
            restyle(_ -> Attributes.NONE);
            refresh();
            return;
        }
        var none = new Attributes[] {Attributes.of(InlineEdits.LINK, Value.CLEAR)};
        for (InlineStyle style : InlineStyle.values()) {
            none[0] = none[0].with(style.attribute(), Value.CLEAR);
        }
        var inline = InlineEdits.format(text(), selection(), none[0]).delta();
        var block =
                BlockEdits.restyle(text(), selection(), _ -> Attributes.NONE).delta();
        perform(Edit.of(inline.compose(block), selection()), Kind.SINGLE, 0);
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
        perform(BlockEdits.tick(text(), BlockEdits.newlines(text(), selection()), selection()), Kind.SINGLE, 0);
    }

    /// Ticks one item, wherever the caret is.
    ///
    /// @param position  anywhere in the item
    public void tickAt(int position) {
        perform(BlockEdits.tick(text(), List.of(Paragraphs.end(text(), position)), selection()), Kind.SINGLE, 0, false);
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
        perform(BlockEdits.restyle(text(), selection(), wanted), Kind.SINGLE, 0);
    }

    public void divider() {
        if (mayAdd(3)) {
            perform(BlockEdits.divider(text(), selection(), stamp), Kind.SINGLE, 0);
        }
    }

    /// The selected paragraphs change places with the one above or below.
    public void moveParagraph(boolean up) {
        BlockEdits.move(text(), selection(), up).ifPresent(edit -> perform(edit, Kind.SINGLE, 0));
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

    /// Puts a fragment in the place of what is selected, as one step.
    public void paste(Fragment fragment) {
        if (!fragment.isEmpty() && mayAdd(fragment.length())) {
            perform(Pasting.edit(text(), selection(), fragment, stamp), Kind.SINGLE, 0);
        }
    }

    /// Pastes text as if it had been typed here.
    public void pastePlain(String plain) {
        var fragment = Fragment.ofPlain(plain);
        if (!fragment.isEmpty() && mayAdd(fragment.length())) {
            perform(
                    Pasting.plain(text(), selection(), fragment.characters(), over(typedFormat()), stamp),
                    Kind.SINGLE,
                    0);
        }
    }

    // --- undo

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
        int replaced = InlineEdits.to(selection()) - InlineEdits.from(selection());
        boolean fits = (long) shown.length() - replaced + units <= Limits.DOCUMENT_UNITS;
        if (!fits) {
            noticed.forEach(each -> each.accept(Notice.TOO_LONG));
        }
        return fits;
    }

    private void perform(Edit edit, Kind kind, int at) {
        perform(edit, kind, at, true);
    }

    private void perform(Edit edit, Kind kind, int at, boolean reveal) {
        if (!editable.get()) {
            return;
        }
        if (edit.delta().isIdentity()) {
            selectAndRevealIfMoved(edit.after());
            return;
        }
        boolean joins = groups.joins(kind, at, edit.after().head(), clock.instant());
        client.edit(Change.of(edit.delta()), edit.intent(), joins, Optional.of(edit.after()));
        if (kind != Kind.TYPING) {
            nextTyped = Optional.empty();
        }
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
        return client.status().role().atLeast(Role.EDITOR) && !(client.status().contact() instanceof Contact.Closed);
    }

    private Formatting formattingNow() {
        var selected = selection();
        var block = Paragraphs.style(text(), InlineEdits.from(selected));
        if (InlineEdits.isEmpty(selected)) {
            return new Formatting(stylesIn(typedFormat()), InlineEdits.linkAt(text(), selected.head()), block);
        }
        return new Formatting(
                InlineEdits.commonStyles(text(), selected), InlineEdits.commonLink(text(), selected), block);
    }

    private static Set<InlineStyle> stylesIn(Attributes set) {
        var styles = EnumSet.noneOf(InlineStyle.class);
        for (InlineStyle style : InlineStyle.values()) {
            if (set.has(style.attribute())) {
                styles.add(style);
            }
        }
        return styles;
    }

    // --- what others do, and undo

    private final class Listener implements DocumentListener {
        @Override
        public void changed(DocumentClient document, Change change, boolean own) {
            Delta delta = change.delta();
            shown = document.document();
            if (own) {
                var after = placeOf(delta).orElse(selection());
                caret.set(fitting(after));
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

    /// Where to look after an undo: behind what came back, at what went away, or all that changed
    /// its look.
    private static Optional<Caret> placeOf(Delta delta) {
        int at = 0;
        OptionalInt first = OptionalInt.empty();
        int last = 0;
        boolean moved = false;
        for (int i = 0; i < delta.size(); i++) {
            int length = delta.length(i);
            boolean kept = delta.isRetain(i);
            if (!kept || !delta.attributes(i).isEmpty()) {
                first = first.isPresent() ? first : OptionalInt.of(at);
                last = delta.isDelete(i) ? at : at + length;
                moved |= !kept;
            }
            at += delta.isDelete(i) ? 0 : length;
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(moved ? Caret.at(last) : new Caret(first.getAsInt(), last));
    }

    /// The text is shown no more; the document stays open.
    @Override
    public void close() {
        client.unlisten(listener);
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
