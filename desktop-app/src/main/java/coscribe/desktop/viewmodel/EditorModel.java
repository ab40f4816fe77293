package coscribe.desktop.viewmodel;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.client.runner.DocumentClient;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;

/// One document as its writer works in it: the text, a caret with a selection, and the commands.
/// The client's text is the truth; a command makes a change of it, the client takes the change, and
/// a {@link TextSurface} draws it. What others change comes the same way:
/// ```
///   key ▶ command ▶ Edit(delta, caret) ▶ DocumentClient.edit ▶ surface.ownChange
///   relay ▶ DocumentClient ▶ changed ▶ my caret through it   ▶ surface.foreignChange
/// ```
/// Says what a writer can do; `Typing`, `Formatter` and `Transfer` know how, and `Manuscript` holds the
/// text. Everything at the document's home, which is the thread that draws. A command that the
/// writer's role forbids does nothing.
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
    private final Formatter formatter;
    private final Transfer transfer;
    private final Typing typing;

    /// @param client  whose document may still be on its way: the text is empty, and nobody writes,
    ///     until it is there
    public EditorModel(DocumentClient client, InstantSource clock) {
        this.client = client;
        this.manuscript = new Manuscript(client, clock);
        this.formatter = new Formatter(manuscript);
        this.transfer = new Transfer(manuscript);
        this.typing = new Typing(manuscript, formatter, transfer);
    }

    /// From here on the surface shows this text, and the others see this writer's caret.
    public void attach(TextSurface to) {
        manuscript.attach(to);
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

    /// Hears of every change of the text, of whomever: from the text before to that after it.
    public void onChanged(Consumer<Delta> listener) {
        manuscript.onChanged(listener);
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

    /// As {@link #selectAndReveal}, but what is in view stays there.
    public void selectInPlace(Caret wanted) {
        manuscript.select(wanted);
        manuscript.show(false);
    }

    public void selectAll() {
        selectInPlace(new Caret(0, document().length() - 1));
    }

    // --- typing

    /// Whether `# ` and the like format what is typed; they do unless told otherwise.
    public void setTypingAids(boolean on) {
        typing.setAids(on);
    }

    /// What a keyboard or an input method typed. What a document cannot hold is left out.
    public void type(String typed) {
        typing.type(typed);
    }

    /// A new paragraph. What is typed in it looks as before, but for links, code and headings.
    public void enter() {
        typing.enter();
    }

    /// A line across the page, in a paragraph of its own.
    public void divider() {
        typing.divider();
    }

    /// In a list the item moves a level in or out, and lines of code by a tab; elsewhere a tab is
    /// typed, and Shift+Tab indents less.
    public void tab(boolean back) {
        typing.tab(back);
    }

    public void backspace() {
        typing.backspace();
    }

    public void delete() {
        typing.delete();
    }

    public void backspaceWord() {
        typing.backspaceWord();
    }

    public void deleteWord() {
        typing.deleteWord();
    }

    // --- the look of characters

    /// Puts other words in the place of all these, as one step, looking as what was there; says
    /// whether that was possible.
    @CanIgnoreReturnValue
    public boolean replace(Matches found, String with) {
        String proper = Fragment.proper(with);
        boolean may = !found.isEmpty() && manuscript.mayGrow((long) found.size() * (proper.length() - found.length()));
        if (may) {
            manuscript.perform(Replacing.all(document().text(), found, proper, selection(), manuscript.stamp()));
        }
        return may;
    }

    /// What is selected gets a style, or loses it if all of it has it; without a selection, what is
    /// typed next.
    public void toggle(InlineStyle style) {
        formatter.toggle(style);
    }

    /// Links what is selected, the link that the caret is in, or, where nothing is there, the
    /// target itself as text. Empty takes the link away. `example.org` and `jon@example.org` are
    /// understood.
    public void link(Optional<String> written) {
        formatter.link(written);
    }

    /// The target that somebody means who writes `example.org` or `jon@example.org`. Empty: it
    /// leads to nothing that may be opened.
    public static Optional<String> linkMeant(String written) {
        return Links.meant(written);
    }

    /// Takes all styles and links from what is selected, and makes body text of paragraphs that are
    /// selected as a whole; without a selection, of the caret's paragraph.
    public void clearFormatting() {
        formatter.clear();
    }

    // --- the look of paragraphs

    /// @param level  1 to 4; 0: body text
    public void heading(int level) {
        formatter.heading(level);
    }

    /// Makes the selected paragraphs items of a list, or body text if they all are such items.
    public void list(ListKind kind) {
        formatter.list(kind);
    }

    public void quote() {
        formatter.quote();
    }

    public void codeBlock() {
        formatter.codeBlock();
    }

    /// Ticks the selected items of check lists, or none if all are ticked.
    public void tick() {
        formatter.tick();
    }

    /// Ticks one item, wherever the caret is.
    ///
    /// @param position  anywhere in the item
    public void tickAt(int position) {
        formatter.tickAt(position);
    }

    public void indent() {
        formatter.indent(1);
    }

    public void outdent() {
        formatter.indent(-1);
    }

    public void align(Alignment alignment) {
        formatter.align(alignment);
    }

    // --- from one place to another

    public Fragment copy() {
        return transfer.copy();
    }

    public Fragment cut() {
        return transfer.cut();
    }

    /// Puts a fragment in the place of what is selected, as one step. Among code only its
    /// characters count.
    public void paste(Fragment fragment) {
        transfer.paste(fragment);
    }

    /// Pastes text as if it had been typed here.
    public void pastePlain(String plain) {
        transfer.pastePlain(plain);
    }

    /// The selected paragraphs change places with the one above or below.
    public void moveParagraph(boolean up) {
        transfer.moveParagraph(up);
    }

    /// What is selected goes to another place and stays selected, with its writers and comments.
    public void moveSelection(int target) {
        transfer.moveSelection(target);
    }

    /// A piece of text fell at a place, from wherever: it is put there as {@link #paste} puts it,
    /// and is selected.
    public void drop(int target, Fragment fragment) {
        transfer.drop(target, fragment);
    }

    /// As {@link #drop}, of text that looks as what it falls into.
    public void dropPlain(int target, String plain) {
        transfer.dropPlain(target, plain);
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
