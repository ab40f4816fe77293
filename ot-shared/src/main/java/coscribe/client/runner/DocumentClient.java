package coscribe.client.runner;

import coscribe.client.journal.Journal;
import coscribe.client.link.Link;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.Titles;
import coscribe.ot.session.Event;
import coscribe.ot.session.Phase;
import coscribe.ot.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/// One document, opened for one person: its text, its edits, the others in it. Works without a
/// network on a document that was open here before; edits are kept on this computer until the relay
/// has acknowledged them.
///
/// Threads: what changes something is called at the document's {@link Home}, where listeners are
/// called too; {@link #call} takes a task there. What only reads may be called from anywhere and
/// answers from one moment.
public final class DocumentClient implements AutoCloseable {
    private final Surroundings around;
    private final SessionRunner runner;
    private final Copies copies;
    private final List<DocumentListener> listeners = new CopyOnWriteArrayList<>();
    private final Awaited awaited = new Awaited();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Status status;

    /// Opens what the journal holds and begins to look for the relay.
    ///
    /// @param person  whom the text typed here is marked with; the one that `link` signs in
    /// @param link    calls its listeners at `around.home()`
    public static DocumentClient open(
            Surroundings around, PersonId person, DocumentId document, Link link, Journal journal, Copies copies) {
        var client = new DocumentClient(around, person, document, link, journal, copies);
        around.home().execute(client::start);
        return client;
    }

    private DocumentClient(
            Surroundings around, PersonId person, DocumentId document, Link link, Journal journal, Copies copies) {
        this.around = around;
        this.copies = copies;
        var session = Session.restored(person, document, journal.opening().records());
        this.runner = new SessionRunner(around, link, journal, copies, session, new Watcher());
        this.status = runner.status();
    }

    private void start() {
        runner.start();
        if (runner.session().hasDocument()) {
            tellOpened();
        }
    }

    private void tellOpened() {
        awaited.opened().complete(this);
        listeners.forEach(each -> each.opened(this));
    }

    // --- reading, from anywhere

    public DocumentId id() {
        return runner.session().document();
    }

    public String title() {
        return runner.session().title();
    }

    public PersonId person() {
        return runner.session().person();
    }

    /// What the writer sees: the relay's text with everything typed here in it.
    public Document document() {
        return runner.session().shown();
    }

    /// The characters, without the newline that closes every document. Linear in the text.
    public String text() {
        var text = document().text();
        return text.substring(0, text.length() - 1);
    }

    /// The session behind this document, as a value.
    public Session session() {
        return runner.session();
    }

    public Status status() {
        return status;
    }

    /// The others who are here.
    public List<Member> members() {
        return runner.session().members();
    }

    public boolean canUndo() {
        return runner.session().canUndo();
    }

    public boolean canRedo() {
        return runner.session().canRedo();
    }

    /// What was kept beside this document, oldest first. Reads the disk.
    public List<KeptCopy> copies() {
        return copies.list();
    }

    // --- waiting, from anywhere

    /// Completes when there is a document to show and to edit, at once if it was open here before.
    /// Fails with {@link ClientException} if the relay does not let this person in.
    public CompletableFuture<DocumentClient> opened() {
        return awaited.opened().copy();
    }

    /// Completes when everything typed so far, and until then, is acknowledged by the relay. Fails
    /// with {@link ClientException} if part of it had to be kept as a copy instead, or the document
    /// was closed before.
    public CompletableFuture<Void> saved() {
        var wanted = new CompletableFuture<Void>();
        around.home().execute(() -> {
            awaited.saved(wanted);
            settle();
        });
        return wanted;
    }

    /// Completes when everything typed until then is written to the journal on this computer: from
    /// that moment the end of this program, however sudden, does not lose it; a power cut may, for
    /// 200 ms more. Fails with {@link ClientException} where the disk does not take it, or the
    /// document was closed before.
    public CompletableFuture<Void> written() {
        var wanted = new CompletableFuture<Void>();
        around.home().execute(() -> {
            if (runner.isClosed()) {
                wanted.completeExceptionally(Awaited.closedBefore());
            } else {
                around.disk().execute(() -> runner.keeper().tellWritten(wanted));
            }
        });
        return wanted;
    }

    /// Answers whether closing the document loses something: text that neither the relay acknowledged
    /// nor this computer's disk takes, which is asked once more. From anywhere.
    public CompletableFuture<Boolean> losesByClosing() {
        var wanted = new CompletableFuture<Boolean>();
        around.home().execute(() -> {
            if (runner.isClosed()) {
                wanted.complete(false);
            } else {
                runner.tellLoss(wanted);
            }
        });
        return wanted;
    }

    /// Runs a task at the document's home and answers what it answered.
    public <T> CompletableFuture<T> call(Function<DocumentClient, T> task) {
        return CompletableFuture.supplyAsync(() -> task.apply(this), around.home());
    }

    /// As {@link #call}, for a task without an answer.
    public CompletableFuture<Void> run(Consumer<DocumentClient> task) {
        return CompletableFuture.runAsync(() -> task.accept(this), around.home());
    }

    // --- editing, at home

    /// Inserts at `position` (0 to the length of the text), unformatted.
    public void insert(int position, String text) {
        insert(position, text, Attributes.NONE);
    }

    public void insert(int position, String text, Attributes format) {
        edit(Delta.replacement(document().length(), position, 0, text, format));
    }

    /// Inserts behind everything, in front of the closing newline.
    public void append(String text) {
        insert(document().length() - 1, text);
    }

    /// Deletes `length` units from `position` on; never the closing newline.
    public void delete(int position, int length) {
        edit(Delta.replacement(document().length(), position, length, "", Attributes.NONE));
    }

    /// Puts unformatted text in the place of `length` units from `position` on.
    public void replace(int position, int length, String text) {
        edit(Delta.replacement(document().length(), position, length, text, Attributes.NONE));
    }

    /// Sets attributes over `length` units; {@link coscribe.ot.delta.Value#CLEAR} takes one away. A
    /// paragraph's attributes are set on its newline.
    public void format(int position, int length, Attributes set) {
        edit(Delta.builder()
                .retain(position)
                .retain(length, set)
                .build(document().length()));
    }

    /// Any change of the text; an undo step of its own.
    public void edit(Delta delta) {
        edit(Change.of(delta), Intent.EDIT, false, Optional.empty());
    }

    /// The general form. Text that is not marked with its author gets this writer's mark. Throws
    /// {@link IllegalArgumentException}, and changes nothing, for a change that no document takes.
    ///
    /// @param change     from the text as it is shown
    /// @param joinsStep  undone together with the edit before it
    /// @param caret      where the writer's caret is after the change
    public void edit(Change change, Intent intent, boolean joinsStep, Optional<Caret> caret) {
        requireHome();
        var stamped = new Change(Stamps.on(change.delta(), person()), change.events());
        Schema.check(stamped, document().length())
                .or(() -> Schema.checkBoundaries(stamped.delta(), document().text()))
                .ifPresent(flaw -> {
                    throw new IllegalArgumentException(flaw.sentence());
                });
        if (!runner.session().hasDocument()) {
            throw new IllegalStateException("The document is not there yet: wait for opened().");
        }
        if (!stamped.isIdentity()) {
            runner.edited(new Event.Edited(stamped, intent, joinsStep, caret));
        }
    }

    /// Calls the document something else; cleaned as {@link Titles} says, and shown so at once.
    /// From anywhere. Completes when the relay keeps it so, which may be long after the network is
    /// back; kept on this computer until then. Fails with {@link ClientException} where this person
    /// may not, or the document was closed before.
    public CompletableFuture<Void> rename(String title) {
        var done = new CompletableFuture<Void>();
        if (around.home().isHere()) {
            rename(title, done);
        } else {
            around.home().execute(() -> rename(title, done));
        }
        return done;
    }

    private void rename(String title, CompletableFuture<Void> done) {
        if (runner.isClosed() || !runner.session().hasDocument()) {
            done.completeExceptionally(new ClientException("The document is not open."));
        } else if (!runner.session().role().atLeast(Role.EDITOR)) {
            done.completeExceptionally(
                    new ClientException(FailureCode.FORBIDDEN, "Only owners and editors of a document can rename it."));
        } else {
            awaited.renamed(done);
            runner.feed(new Event.RenameAsked(Titles.clean(title)));
            settle();
        }
    }

    private void settle() {
        awaited.settle(runner.session(), runner.isClosed());
    }

    /// Takes back this writer's newest undo step; does nothing where there is none.
    public void undo() {
        requireHome();
        runner.feed(new Event.UndoAsked());
    }

    public void redo() {
        requireHome();
        runner.feed(new Event.RedoAsked());
    }

    /// Where the writer's caret is, for the others. Empty: it left the text.
    public void moveCaret(Optional<Caret> caret) {
        requireHome();
        runner.caretMoved(caret);
    }

    // --- other news, at home

    /// The writer looks at this document, or away from it: while looked at, a lost connection is
    /// noticed within seconds, and coming back tries at once.
    public void focus(boolean looking) {
        requireHome();
        runner.focus(looking);
    }

    /// The network changed, the computer woke, or somebody pressed "try now".
    public void tryNow() {
        requireHome();
        runner.feed(new Event.Nudged());
    }

    /// Leaves the relay, and looks for it again only when this is taken back. Edits are kept as
    /// they are without a network.
    public void workOffline(boolean offline) {
        requireHome();
        runner.workOffline(offline);
    }

    /// From anywhere. The listener hears what happens from now on, and first `opened` if there is a
    /// document already.
    public void listen(DocumentListener listener) {
        if (around.home().isHere()) {
            addListener(listener);
        } else {
            around.home().execute(() -> addListener(listener));
        }
    }

    private void addListener(DocumentListener listener) {
        listeners.add(listener);
        if (awaited.isOpen()) {
            listener.opened(this);
        }
    }

    /// From anywhere. The listener hears nothing more once this has passed through the home.
    public void unlisten(DocumentListener listener) {
        listeners.remove(listener);
    }

    /// Completes when the document was left and its journal is closed.
    public CompletableFuture<Void> closed() {
        return closed.copy();
    }

    /// Leaves the document; completes when the journal is on the disk and closed. From anywhere.
    public CompletableFuture<Void> shutDown() {
        around.home().execute(() -> {
            if (!runner.isClosed()) {
                runner.close();
                status = runner.status();
                awaited.close();
                around.disk().execute(() -> {
                    runner.keeper().close();
                    closed.complete(null);
                });
            }
        });
        return closed.copy();
    }

    /// Leaves the document. Waits until the journal is closed, except at home, where it only
    /// begins.
    @Override
    public void close() {
        var done = shutDown();
        if (!around.home().isHere() && !around.disk().isHere()) {
            done.join();
        }
    }

    private void requireHome() {
        if (!around.home().isHere()) {
            throw new IllegalStateException("A document is changed at its home only: use call() or run().");
        }
    }

    // --- after each step

    private final class Watcher implements SessionRunner.Watcher {
        @Override
        public void shown(Change change, boolean own) {
            listeners.forEach(each -> each.changed(DocumentClient.this, change, own));
        }

        @Override
        public void stepped(Session before, Session after) {
            if (after.hasDocument() && !before.hasDocument()) {
                tellOpened();
            }
            if (after.phase() instanceof Phase.Stopped(var code, var sentence) && !after.hasDocument()) {
                awaited.notLetIn(code, sentence);
            }
            if (before.hasDocument() && !after.title().equals(before.title())) {
                listeners.forEach(each -> each.titleChanged(DocumentClient.this, after.title()));
            }
            if (!after.hasSameMembers(before)) {
                listeners.forEach(each -> each.membersChanged(DocumentClient.this, after.members()));
            }
            settle();
            statusMayHaveChanged();
        }

        @Override
        public void textWithdrawn() {
            awaited.textWithdrawn();
        }

        @Override
        public void renameRefused(FailureCode code, String sentence) {
            awaited.renameRefused(code, sentence);
        }

        @Override
        public void keptCopy(KeptCopy copy) {
            listeners.forEach(each -> each.copyKept(DocumentClient.this, copy));
        }

        @Override
        public void statusMayHaveChanged() {
            var now = runner.status();
            if (!now.equals(status)) {
                status = now;
                listeners.forEach(each -> each.statusChanged(DocumentClient.this, now));
            }
        }
    }
}
