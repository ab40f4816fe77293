package coscribe.ot.session;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.rebase.UndoHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One person's editing of one document, as a value. {@link #step} is the only way on; it takes
/// microseconds, does no I/O and needs no lock: the editor calls it on its own thread, together
/// with the change of its text.
///
/// Invariant: `shown` is the confirmed document with everything pending applied.
public final class Session {
    final PersonId person;
    final DocumentId document;
    final Phase phase;
    final String title;
    final Optional<String> renaming;
    final Optional<String> renameSent;
    final Optional<Replica> confirmed;
    final Document shown;
    final Pending pending;
    final Optional<ClientId> client;
    final long nextSeq;
    final Role role;
    final UndoHistory undo;
    final Others others;
    final Optional<Member> self;
    final Optional<Caret> caret;
    final boolean caretDue;
    final List<ServerMessage> parts;
    final boolean healing;
    final Optional<Document> before;
    final Optional<Revision> askedFrom;
    final boolean reopened;
    final Duration notBefore;

    Session(Turn turn) {
        this.person = turn.person;
        this.document = turn.document;
        this.phase = turn.phase;
        this.title = turn.title;
        this.renaming = turn.renaming;
        this.renameSent = turn.renameSent;
        this.confirmed = turn.confirmed;
        this.shown = turn.shown;
        this.pending = turn.pending;
        this.client = turn.client;
        this.nextSeq = turn.nextSeq;
        this.role = turn.role;
        this.undo = turn.undo;
        this.others = turn.others;
        this.self = turn.self;
        this.caret = turn.caret;
        this.caretDue = turn.caretDue;
        this.parts = List.copyOf(turn.parts);
        this.healing = turn.healing;
        this.before = turn.before;
        this.askedFrom = turn.askedFrom;
        this.reopened = turn.reopened;
        this.notBefore = turn.notBefore;
    }

    /// A session that never held the document.
    public static Session fresh(PersonId person, DocumentId document) {
        return new Session(new Turn(person, document));
    }

    /// A session as its journal tells it, the records in their order.
    public static Session restored(PersonId person, DocumentId document, List<JournalRecord> records) {
        var turn = new Turn(person, document);
        records.forEach(new Journaling(turn)::replay);
        return new Session(turn);
    }

    public Step step(Event event) {
        var turn = new Turn(this);
        turn.take(event);
        return new Step(new Session(turn), turn.effects);
    }

    /// What a journal that begins anew has to hold to give this session back.
    public List<JournalRecord> checkpoint() {
        return new Journaling(new Turn(this)).checkpoint().stream().toList();
    }

    public Phase phase() {
        return phase;
    }

    /// What the writer calls the document, else what the relay does.
    public String title() {
        return renaming.orElse(title);
    }

    /// Whether the relay has not yet said what became of a new title.
    public boolean isRenaming() {
        return renaming.isPresent();
    }

    public DocumentId document() {
        return document;
    }

    public PersonId person() {
        return person;
    }

    /// Whether there is a document to show and edit: it was joined once, now or before a restart.
    public boolean hasDocument() {
        return confirmed.isPresent();
    }

    /// What the writer sees.
    public Document shown() {
        return shown;
    }

    /// The document as the relay has it at {@link #revision}.
    public Document confirmed() {
        return confirmed.map(Replica::document).orElse(Document.EMPTY);
    }

    public Revision revision() {
        return confirmed.map(Replica::revision).orElse(Revision.ZERO);
    }

    public Role role() {
        return role;
    }

    public Optional<ClientId> client() {
        return client;
    }

    /// Whether everything that the writer did is acknowledged: the text, and the title.
    public boolean allSaved() {
        return textSaved() && renaming.isEmpty();
    }

    /// Whether everything typed is acknowledged.
    public boolean textSaved() {
        return pending.isEmpty();
    }

    /// Whether a submission is under way.
    public boolean isSending() {
        return pending.inFlight().isPresent();
    }

    /// Whether there are edits that no submission carries yet.
    public boolean hasUnsent() {
        return !pending.unsent().isEmpty();
    }

    /// Whether the shown text is the relay's newest and nothing is pending.
    public boolean isQuiet() {
        return phase instanceof Phase.Live && pending.isEmpty();
    }

    public boolean canUndo() {
        return undo.canUndo();
    }

    public boolean canRedo() {
        return undo.canRedo();
    }

    /// Whether the same others are here, at the same places, and as much is known of who wrote here.
    public boolean hasSameMembers(Session other) {
        return others.members().equals(other.others.members())
                && others.authors().equals(other.others.authors())
                && self.equals(other.self);
    }

    /// People who wrote in the document, as far as the relay said what they are called; they may be
    /// away.
    public Map<PersonId, Person> authors() {
        return others.authors();
    }

    /// The others, with carets in the shown text.
    public List<Member> members() {
        var typed = pending.isEmpty()
                ? Delta.identity(confirmed().length())
                : pending.all(confirmed().length()).delta();
        var list = new ArrayList<Member>();
        for (Member member : others.members().values()) {
            Optional<CaretAt> at = member.caret()
                    .map(told -> new CaretAt(told.revision(), told.caret().throughForeign(typed)));
            list.add(new Member(member.client(), member.person(), member.role(), at));
        }
        return list;
    }

    /// What one of the others has done so far.
    public Activity activity(ClientId member) {
        return others.doing(member);
    }

    /// Where the writer stands in the shown text; empty: nowhere in it.
    public Optional<Caret> caret() {
        return caret;
    }

    /// This writer as the relay presents them to everybody; empty: it has not said yet.
    public Optional<Member> self() {
        return self;
    }
}
