package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Backoff;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Submission;
import coscribe.ot.rebase.ComposedRun;
import coscribe.ot.rebase.Inverse;
import coscribe.ot.rebase.UndoHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One step of a session while it is being taken: the fields are the next session in the making.
/// Lives for one call.
final class Turn {
    final PersonId person;
    final DocumentId document;
    Phase phase = new Phase.Idle();
    String title = "";
    /// What the writer wants it to be called, until the relay has answered.
    Optional<String> renaming = Optional.empty();
    /// The title that was asked for over this connection and not answered.
    Optional<String> renameSent = Optional.empty();
    Optional<Replica> confirmed = Optional.empty();
    Document shown = Document.EMPTY;
    Pending pending = Pending.NONE;
    Optional<ClientId> client = Optional.empty();
    long nextSeq = 1;
    Role role = Role.VIEWER;
    UndoHistory undo = UndoHistory.EMPTY;
    Others others = Others.NONE;
    Optional<ServerMessage.Member> self = Optional.empty();
    Optional<Caret> caret = Optional.empty();
    /// The writer put the caret where the relay does not know it.
    boolean caretDue;
    List<ServerMessage> parts = List.of();
    /// A fork was found: the next snapshot is to be merged with, not to replace, what is pending.
    boolean healing;
    /// What was shown before the relay's history began to come in, until a hash has told that it goes on from there.
    Optional<Document> before = Optional.empty();
    /// Began from a journal, and the relay was not heard since.
    boolean reopened;
    /// How long the relay asked to be left alone before the next connection.
    Duration notBefore = Duration.ZERO;
    /// The revision from which a gap was last asked to be filled.
    Optional<Revision> askedFrom = Optional.empty();

    final List<Effect> effects = new ArrayList<>();

    Turn(PersonId person, DocumentId document) {
        this.person = person;
        this.document = document;
    }

    Turn(Session session) {
        this.person = session.person;
        this.document = session.document;
        this.phase = session.phase;
        this.title = session.title;
        this.renaming = session.renaming;
        this.renameSent = session.renameSent;
        this.confirmed = session.confirmed;
        this.shown = session.shown;
        this.pending = session.pending;
        this.client = session.client;
        this.nextSeq = session.nextSeq;
        this.role = session.role;
        this.undo = session.undo;
        this.others = session.others;
        this.self = session.self;
        this.caret = session.caret;
        this.caretDue = session.caretDue;
        this.parts = session.parts;
        this.healing = session.healing;
        this.before = session.before;
        this.askedFrom = session.askedFrom;
        this.reopened = session.reopened;
        this.notBefore = session.notBefore;
    }

    void take(Event event) {
        switch (event) {
            case Event.Started() -> start();
            case Event.Edited edited -> edit(edited);
            case Event.RenameAsked(var wanted) -> rename(wanted);
            case Event.UndoAsked() -> undo();
            case Event.RedoAsked() -> redo();
            case Event.CaretMoved(var moved) -> moveCaret(moved);
            case Event.LinkUp() -> join();
            case Event.LinkLost() -> linkLost();
            case Event.RetryDue() -> retry();
            case Event.ResendDue(long seq) -> resend(seq);
            case Event.RenameDue() -> sendRename();
            case Event.Nudged() -> nudged();
            case Event.Received(var message) -> new Receiver(this).receive(message);
        }
    }

    // --- the writer

    private void edit(Event.Edited edited) {
        requireDocument();
        undo = undo.edited(Inverse.of(edited.change(), shown), edited.joinsStep());
        own(edited.change(), edited.intent(), edited.joinsStep(), edited.caret());
    }

    private void undo() {
        requireDocument();
        undo.undo().ifPresent(popped -> {
            undo = popped.rest().undone(Inverse.of(popped.change(), shown));
            effects.add(new Effect.Show(popped.change(), true));
            own(
                    popped.change(),
                    Intent.UNDO,
                    false,
                    caret.map(at -> at.throughOwn(popped.change().delta())));
        });
    }

    private void redo() {
        requireDocument();
        undo.redo().ifPresent(popped -> {
            undo = popped.rest().redone(Inverse.of(popped.change(), shown));
            effects.add(new Effect.Show(popped.change(), true));
            own(
                    popped.change(),
                    Intent.REDO,
                    false,
                    caret.map(at -> at.throughOwn(popped.change().delta())));
        });
    }

    private void own(Change change, Intent intent, boolean joins, Optional<Caret> newCaret) {
        write(new JournalRecord.Edited(change, intent, joins), false);
        shown = shown.apply(change);
        caretDue |= caret.isPresent() || newCaret.isPresent();
        caret = newCaret.filter(at -> at.fits(shown.length()));
        pending = pending.typed(change, intent);
        flush();
    }

    private void requireDocument() {
        if (confirmed.isEmpty()) {
            throw new IllegalStateException("an edit before the document was joined");
        }
    }

    private void rename(String wanted) {
        requireDocument();
        if (wanted.equals(renaming.orElse(title))) {
            return;
        }
        renaming = Optional.of(wanted);
        write(new JournalRecord.Renaming(renaming), false);
        sendRename();
    }

    /// One at a time; the newest title goes out when the one before was answered.
    void sendRename() {
        if (phase instanceof Phase.Live && renaming.isPresent() && renameSent.isEmpty()) {
            renameSent = renaming;
            send(new ClientMessage.Rename(document, renaming.get()));
        }
    }

    /// A caret that is not in the text is told to nobody: it would be mapped through changes.
    private void moveCaret(Optional<Caret> moved) {
        if (moved.equals(caret) || moved.filter(at -> !at.fits(shown.length())).isPresent()) {
            return;
        }
        caret = moved;
        caretDue = true;
        tellCaret();
    }

    /// Alone only while nothing is pending, else with the submission that leaves nothing unsent.
    private void tellCaret() {
        if (caretDue && phase instanceof Phase.Live && pending.isEmpty() && confirmed.isPresent()) {
            caretDue = false;
            send(new ClientMessage.MoveCaret(confirmed.get().revision(), caret));
        }
    }

    // --- the link

    private void start() {
        if (client.isPresent()) {
            write(new JournalRecord.Reopened(), false);
            reopen();
        }
        connect(0);
    }

    /// What counts as unsent may have been sent: the mark that would tell may be lost.
    void reopen() {
        if (!reopened) {
            pending = pending.doubting();
            reopened = true;
        }
    }

    void connect(int attempts) {
        phase = new Phase.Connecting(attempts);
        effects.add(new Effect.Connect());
    }

    private void join() {
        if (phase instanceof Phase.Connecting(int attempts)) {
            phase = new Phase.Joining(attempts);
            Optional<ClientMessage.Known> known = healing
                    ? Optional.empty()
                    : confirmed.map(had -> new ClientMessage.Known(
                            had.epoch(), had.revision(), had.document().contentHash()));
            send(new ClientMessage.Join(document, client, known));
        }
    }

    private void linkLost() {
        parts = List.of();
        askedFrom = Optional.empty();
        renameSent = Optional.empty();
        switch (phase) {
            case Phase.Idle _, Phase.Waiting _, Phase.Stopped _ -> {}
            case Phase.Connecting(int attempts) -> waitAgain(attempts + 1);
            case Phase.Joining(int attempts) -> waitAgain(attempts + 1);
            case Phase.CatchingUp catching -> waitAgain(catching.attempts() + 1);
            case Phase.Live() -> waitAgain(1);
        }
    }

    void waitAgain(int attempts) {
        phase = new Phase.Waiting(attempts);
        effects.add(new Effect.RetryAfter(notBefore, Backoff.bound(attempts, notBefore)));
    }

    private void retry() {
        if (phase instanceof Phase.Waiting(int attempts)) {
            notBefore = Duration.ZERO;
            connect(attempts);
        }
    }

    private void nudged() {
        if (phase instanceof Phase.Waiting(int attempts) && attempts > 1) {
            waitAgain(1);
        } else if (phase instanceof Phase.Stopped) {
            connect(0);
        }
    }

    void disconnect(String why) {
        effects.add(new Effect.Disconnect(why));
    }

    // --- sending

    void flush() {
        tellCaret();
        if (!(phase instanceof Phase.Live)
                || pending.inFlight().isPresent()
                || pending.unsent().isEmpty()
                || client.isEmpty()
                || confirmed.isEmpty()) {
            return;
        }
        var cut = beginning(confirmed.get());
        long seq = nextSeq;
        // A mark that stands for less than all before it must not be lost while the edits survive.
        write(new JournalRecord.Sent(seq), !cut.rest().isEmpty());
        markSent(client.get(), cut);
        caretDue = caretDue && (caret.isEmpty() || !pending.unsent().isEmpty());
        sendInFlight();
    }

    private record Cut(Change first, ComposedRun rest) {}

    private Cut beginning(Replica on) {
        var cut = Submission.cut(pending.unsent().composed(on.document().length()));
        return new Cut(cut.first(), ComposedRun.EMPTY.plus(cut.rest()));
    }

    private Cut everything(Replica on) {
        return new Cut(pending.unsent().composed(on.document().length()), ComposedRun.EMPTY);
    }

    private void markSent(ClientId as, Cut cut) {
        var sent = new Pending.Sent(as, nextSeq, pending.intent(), cut.first());
        pending = new Pending(Optional.of(sent), ComposedRun.EMPTY, cut.rest(), pending.intent());
        nextSeq++;
    }

    /// As a mark in the journal tells it.
    ///
    /// @param whole  all that was unsent was sent, else as much of it as one submission holds
    void wasSent(long seq, boolean whole) {
        nextSeq = seq;
        markSent(client.orElseThrow(), whole ? everything(replica()) : beginning(replica()));
    }

    private void sendInFlight() {
        if (pending.inFlight().isEmpty() || confirmed.isEmpty()) {
            return;
        }
        var sent = pending.inFlight().get();
        Optional<Caret> at = pending.unsent().isEmpty() ? caret : Optional.empty();
        send(new ClientMessage.Submit(
                new Submission(sent.seq(), confirmed.get().revision(), sent.intent(), sent.change(), at)));
        effects.add(new Effect.ResendAfter(sent.seq(), Limits.RESEND_AFTER, Optional.empty()));
    }

    /// The same change, rebased, under the same seq: harmless if it arrived after all.
    private void resend(long seq) {
        if (phase instanceof Phase.Live
                && pending.inFlight().isPresent()
                && pending.inFlight().get().seq() == seq
                && client.equals(pending.inFlight().map(Pending.Sent::client))) {
            if (fitsOneSubmission(pending.inFlight().get().change())) {
                sendInFlight();
            } else {
                // The relay would not take it in one piece. Joined anew, it is acknowledged or cut anew.
                disconnect("what is under way grew past one submission");
            }
        }
    }

    private static boolean fitsOneSubmission(Change change) {
        return Submission.cut(change).rest().isIdentity();
    }

    void send(ClientMessage message) {
        effects.add(new Effect.Send(message));
    }

    void write(JournalRecord entry, boolean now) {
        effects.add(new Effect.Write(entry, now));
    }

    /// The journal is to begin anew with how things stand now.
    void noteCheckpoint() {
        new Journaling(this).checkpoint().ifPresent(entry -> write(entry, false));
    }

    Replica replica() {
        return confirmed.orElseThrow(() -> new IllegalStateException("no document yet"));
    }
}
