package coscribe.ot.session;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.doc;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.protocol.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A session, what it wants done, and the words in which tests speak to it. The relay is the test
/// itself.
abstract class SessionFixture {
    static final PersonId ME = new PersonId("a".repeat(32));
    static final PersonId OTHER = new PersonId("b".repeat(32));
    static final ClientId FIRST = new ClientId("1".repeat(32));
    static final ClientId SECOND = new ClientId("2".repeat(32));
    static final ClientId THEIRS = new ClientId("9".repeat(32));
    static final DocumentId PLAN = new DocumentId("d".repeat(32));
    static final Epoch LIFE = new Epoch("e".repeat(32));
    static final ContentHash SOME_HASH = new ContentHash("0".repeat(16));

    Session session = Session.fresh(ME, PLAN);
    List<Effect> effects = List.of();
    final List<JournalRecord> journal = new ArrayList<>();

    void tell(Event event) {
        var step = session.step(event);
        session = step.session();
        effects = step.effects();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Write(var entry, boolean _)) {
                journal.add(entry);
            }
        }
    }

    void hear(ServerMessage message) {
        tell(new Event.Received(message));
    }

    void types(String notation) {
        tell(new Event.Edited(Change.of(d(notation)), Intent.EDIT, false, Optional.empty()));
    }

    void joins(Document at, long revision, ClientId as, Resumed resumed, boolean snapshot) {
        if (session.phase() instanceof Phase.Idle) {
            tell(new Event.Started());
        }
        tell(new Event.LinkUp());
        hear(joined(at.contentHash(), session.revision().number(), revision, as, resumed, snapshot));
        if (snapshot) {
            hear(new ServerMessage.SnapshotPart(
                    new Revision(revision), 1, 1, at.text().asDelta(), Threads.NONE));
        }
    }

    static ServerMessage.Joined joined(
            ContentHash hash, long from, long head, ClientId as, Resumed resumed, boolean snapshot) {
        return new ServerMessage.Joined(
                PLAN,
                "Plan",
                as,
                Role.EDITOR,
                LIFE,
                new Revision(snapshot ? head : from),
                new Revision(head),
                hash,
                snapshot,
                resumed,
                List.of(),
                Durability.STRICT);
    }

    void isLiveOn(String text) {
        joins(doc(text), 0, FIRST, new Resumed.Nothing(), true);
        assertThat(session.phase()).isEqualTo(new Phase.Live());
    }

    static ServerMessage.Range range(long from, long to, Change change, Document after) {
        return new ServerMessage.Range(
                new Revision(from), new Revision(to), 1, 1, change, Optional.of(after.contentHash()));
    }

    static Committed commit(long revision, ClientId client, long seq, Delta delta) {
        return new Committed(
                new Revision(revision),
                client.equals(THEIRS) ? OTHER : ME,
                client,
                seq,
                Intent.EDIT,
                0,
                Change.of(delta),
                Optional.empty(),
                Optional.empty());
    }

    List<Submission> submissions() {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .filter(ClientMessage.Submit.class::isInstance)
                .map(message -> ((ClientMessage.Submit) message).submission())
                .toList();
    }

    String text() {
        return session.shown().text().plain();
    }

    void restarts() {
        session = Session.restored(ME, PLAN, journal);
        tell(new Event.Started());
    }
}
