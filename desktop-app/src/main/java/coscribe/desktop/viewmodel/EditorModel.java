package coscribe.desktop.viewmodel;

import coscribe.client.runner.DocumentClient;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;

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

    private final DocumentClient client;
    private final Manuscript manuscript;
    private boolean typingAids = true;

    /// @param client  with a document that was opened
    public EditorModel(DocumentClient client, InstantSource clock) {
        this.client = client;
        this.manuscript = new Manuscript(client, clock);
    }

    /// From here on the surface shows this text, and the others see this writer's caret.
    public void attach(TextSurface to) {
        manuscript.attach(to);
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
        return manuscript.shown();
    }

    /// Another one after each change, of whomever.
    public ReadOnlyObjectProperty<Document> documentProperty() {
        return manuscript.shown.getReadOnlyProperty();
    }

    private Text text() {
        return manuscript.text();
    }

    /// The writer's caret: `head` is where it stands, `anchor` where the selection began.
    public Caret selection() {
        return manuscript.selection();
    }

    public ReadOnlyObjectProperty<Caret> caretProperty() {
        return manuscript.caret.getReadOnlyProperty();
    }

    /// What a toolbar mirrors.
    public ReadOnlyObjectProperty<Formatting> formattingProperty() {
        return manuscript.formatting.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return manuscript.canUndo.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canRedoProperty() {
        return manuscript.canRedo.getReadOnlyProperty();
    }

    /// Whether the writer's role lets them write.
    public ReadOnlyBooleanProperty editableProperty() {
        return manuscript.editable.getReadOnlyProperty();
    }

    /// Hears of commands that did not do what they were asked for.
    public void onNotice(Consumer<Notice> listener) {
        manuscript.listen(listener);
    }

    /// Runs whenever the writer does something here: edits, undoes, puts the caret elsewhere.
    public void onActed(Runnable listener) {
        manuscript.onActed(listener);
    }

    // --- the caret

    /// The writer put the caret somewhere, or selected. Positions outside the text are moved into
    /// it, and those inside a character in front of it.
    public void select(Caret wanted) {
        manuscript.select(wanted);
    }

    /// As {@link #select}, for a command: the surface follows.
    public void selectAndReveal(Caret wanted) {
        manuscript.select(wanted);
        manuscript.show(true);
    }

    public void selectAll() {
        manuscript.select(new Caret(0, document().length() - 1));
        manuscript.show(false);
    }

    // --- characters

    /// What a keyboard or an input method typed. What a document cannot hold is left out.
    public void type(String typed) {
        String proper = Fragment.proper(typed);
        if (proper.indexOf('\n') >= 0) {
            pastePlain(proper);
            return;
        }
        if (proper.isEmpty() || !manuscript.mayAdd(proper.length() + 1)) {
            return;
        }
        var set = manuscript.typedFormat();
        int at = InlineEdits.from(selection());
        boolean newWord = proper.charAt(0) != ' ' && at > 0 && text().charAt(at - 1) == ' ';
        var beside = InlineEdits.isEmpty(selection())
                ? Breaks.besideDivider(text(), at, proper, manuscript.stamped(set), manuscript.stamp())
                : Optional.<Edit>empty();
        var edit = beside.orElseGet(() -> InlineEdits.replace(text(), selection(), proper, manuscript.stamped(set)));
        manuscript.type(edit, newWord);
        if (typingAids) {
            TypingAids.after(text(), selection().head(), proper).ifPresent(aid -> {
                manuscript.perform(aid);
                manuscript.typeNextIn(set.without(InlineStyle.BOLD.attribute()).without(InlineStyle.CODE.attribute()));
            });
        }
    }

    /// A new paragraph. What is typed in it looks as before, but for links, code and headings.
    public void enter() {
        if (manuscript.mayAdd(1)) {
            var block = Paragraphs.style(text(), InlineEdits.from(selection()));
            var set = manuscript.typedFormat().without(Links.LINK).without(InlineStyle.CODE.attribute());
            int behind = InlineEdits.from(selection());
            boolean nothingSelected = InlineEdits.isEmpty(selection());
            manuscript.perform(Breaks.enter(text(), selection(), manuscript.stamp()));
            if (typingAids && nothingSelected) {
                TypingAids.link(text(), behind, selection()).ifPresent(manuscript::perform);
            }
            if (block.heading() == 0 && !set.isEmpty()) {
                manuscript.typeNextIn(set);
            }
        }
    }

    /// In a list the item moves a level in or out, and lines of code by a tab; elsewhere a tab is
    /// typed, and Shift+Tab indents less.
    public void tab(boolean back) {
        int paragraphs = BlockEdits.newlines(text(), selection()).size();
        var style = Paragraphs.style(text(), InlineEdits.from(selection()));
        if (style.code() && (back || paragraphs > 1)) {
            if (back || manuscript.mayAdd(InlineEdits.length(selection()) + paragraphs)) {
                manuscript.perform(BlockEdits.shiftCode(text(), selection(), back, manuscript.stamp()));
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
            Breaks.backspaceAtStart(text(), head).ifPresent(manuscript::deleteOn);
        } else {
            int from = Paragraphs.characterBefore(text(), head);
            manuscript.deleteOn(
                    InlineEdits.delete(text(), from, Math.max(head, Paragraphs.characterAfter(text(), from))));
        }
    }

    public void delete() {
        int head = selection().head();
        if (!InlineEdits.isEmpty(selection())) {
            deleteSelection();
        } else if (text().charAt(head) != '\n') {
            manuscript.deleteOn(InlineEdits.delete(text(), head, Paragraphs.characterAfter(text(), head)));
        } else if (head < document().length() - 1) {
            manuscript.deleteOn(Breaks.deleteAtEnd(text(), head));
        }
    }

    public void backspaceWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && head != Paragraphs.start(text(), head)) {
            manuscript.deleteOn(InlineEdits.delete(text(), Paragraphs.wordBefore(text(), head), head));
        } else {
            backspace();
        }
    }

    public void deleteWord() {
        int head = selection().head();
        if (InlineEdits.isEmpty(selection()) && text().charAt(head) != '\n') {
            manuscript.deleteOn(InlineEdits.delete(text(), head, Paragraphs.wordAfter(text(), head)));
        } else {
            delete();
        }
    }

    private void deleteSelection() {
        var selected = selection();
        manuscript.perform(InlineEdits.delete(text(), InlineEdits.from(selected), InlineEdits.to(selected)));
    }

    /// What is selected gets a style, or loses it if all of it has it; without a selection, what is
    /// typed next.
    public void toggle(InlineStyle style) {
        if (!manuscript.editable.get()) {
            return;
        }
        if (InlineEdits.isEmpty(selection())) {
            var set = manuscript.typedFormat();
            manuscript.endStep();
            manuscript.typeNextIn(
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
            manuscript.tell(Notice.BAD_LINK);
            return;
        }
        Value value = target.<Value>map(Value::of).orElse(Value.CLEAR);
        var around = Links.at(text(), selection().head());
        if (!InlineEdits.isEmpty(selection())) {
            format(Attributes.of(Links.LINK, value));
        } else if (around.isPresent()) {
            manuscript.perform(Links.change(text(), selection(), around.get(), value));
        } else if (target.isPresent()) {
            String shown = written.map(String::strip).orElseThrow();
            if (manuscript.mayAdd(shown.length())) {
                manuscript.perform(InlineEdits.replace(
                        text(),
                        selection(),
                        shown,
                        manuscript.stamped(manuscript.typedFormat().with(Links.LINK, value))));
            }
        }
    }

    /// The target that somebody means who writes `example.org` or `jon@example.org`. Empty: it
    /// leads to nothing that may be opened.
    public static Optional<String> linkMeant(String written) {
        return Links.meant(written);
    }

    private void format(Attributes set) {
        manuscript.perform(InlineEdits.format(text(), selection(), set));
    }

    /// Takes all styles and links from what is selected, and makes body text of paragraphs that are
    /// selected as a whole; without a selection, of the caret's paragraph.
    public void clearFormatting() {
        if (!InlineEdits.isEmpty(selection())) {
            manuscript.perform(InlineEdits.clear(text(), selection()));
        } else if (manuscript.editable.get()) {
            restyle(_ -> Attributes.NONE);
            manuscript.typeNextIn(Attributes.NONE);
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
        manuscript.perform(BlockEdits.tick(text(), BlockEdits.newlines(text(), selection()), selection()));
    }

    /// Ticks one item, wherever the caret is.
    ///
    /// @param position  anywhere in the item
    public void tickAt(int position) {
        manuscript.performUnseen(BlockEdits.tick(text(), List.of(Paragraphs.end(text(), position)), selection()));
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
        manuscript.perform(BlockEdits.restyle(text(), selection(), wanted));
    }

    public void divider() {
        if (manuscript.mayAdd(3)) {
            manuscript.perform(Breaks.divider(text(), selection(), manuscript.stamp()));
        }
    }

    /// The selected paragraphs change places with the one above or below.
    public void moveParagraph(boolean up) {
        Moving.paragraphs(text(), selection(), up).ifPresent(manuscript::perform);
    }

    /// What is selected goes to another place and stays selected, with its writers and comments.
    public void moveSelection(int target) {
        Moving.text(
                        text(),
                        selection(),
                        CaretPlaces.fitting(text(), Caret.at(target)).head())
                .ifPresent(manuscript::perform);
    }

    /// A piece of text fell at a place, from wherever: it is put there as {@link #paste} puts it,
    /// and is selected.
    public void drop(int target, Fragment fragment) {
        dropping(target, () -> paste(fragment));
    }

    /// As {@link #drop}, of text that looks as what it falls into.
    public void dropPlain(int target, String plain) {
        dropping(target, () -> pastePlain(plain));
    }

    private void dropping(int target, Runnable paste) {
        manuscript.select(Caret.at(Math.clamp(target, 0, document().length() - 1)));
        int from = selection().head();
        paste.run();
        manuscript.select(new Caret(from, selection().head()));
        manuscript.show(true);
    }

    // --- clipboard

    public Fragment copy() {
        return Fragment.of(text(), InlineEdits.from(selection()), InlineEdits.to(selection()));
    }

    public Fragment cut() {
        var copied = copy();
        if (manuscript.editable.get() && !copied.isEmpty()) {
            deleteSelection();
        }
        return copied;
    }

    /// Puts a fragment in the place of what is selected, as one step. Among code only its
    /// characters count.
    public void paste(Fragment fragment) {
        if (Paragraphs.style(text(), InlineEdits.from(selection())).code()) {
            pasteAsTyped(fragment.asCode());
        } else if (!fragment.isEmpty() && manuscript.mayAdd(fragment.length())) {
            manuscript.perform(Pasting.edit(text(), selection(), fragment, manuscript.stamp()));
        }
    }

    /// Pastes text as if it had been typed here.
    public void pastePlain(String plain) {
        pasteAsTyped(Fragment.ofPlain(plain));
    }

    private void pasteAsTyped(Fragment fragment) {
        if (!fragment.isEmpty() && manuscript.mayAdd(fragment.length())) {
            manuscript.perform(Pasting.plain(
                    text(),
                    selection(),
                    fragment.characters(),
                    manuscript.stamped(manuscript.typedFormat()),
                    manuscript.stamp()));
        }
    }

    // --- undo: one step back is what was typed without a pause, or one command

    /// Takes back the writer's newest step, wherever it was, and shows the place.
    public void undo() {
        manuscript.undo();
    }

    public void redo() {
        manuscript.redo();
    }

    /// The text is shown no more; the document stays open.
    @Override
    public void close() {
        manuscript.close();
    }
}
