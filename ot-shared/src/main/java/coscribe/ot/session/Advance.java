package coscribe.ot.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Resumed;
import java.util.Optional;

/// The confirmed document moves on: by a commit of one's own, by what others did, until it is where
/// the relay's is. What is pending, the shown text and every caret move along. Lives for one call.
final class Advance {
    private final Turn turn;

    Advance(Turn turn) {
        this.turn = turn;
    }

    boolean receiving() {
        return turn.confirmed.isPresent()
                && (turn.phase instanceof Phase.Live || turn.phase instanceof Phase.CatchingUp);
    }

    /// What was in flight is commit `at`.
    void confirmOwn(Revision at) {
        Replica had = turn.replica();
        Change mine = turn.pending.inFlight().orElseThrow().change();
        turn.confirmed = Optional.of(new Replica(had.epoch(), at, had.document().apply(mine)));
        turn.others = turn.others.after(at, mine);
        turn.pending = turn.pending.acknowledged();
    }

    /// Others' commits, one or a composed run, up to `to`.
    void history(Revision to, Change change) {
        turn.write(new JournalRecord.Others(to, change), false);
        Change seen = applyHistory(to, change);
        if (!seen.isIdentity()) {
            turn.effects.add(new Effect.Show(seen, false));
        }
    }

    /// Moves the confirmed document on and what is pending past it; answers what the writer sees
    /// change.
    @CanIgnoreReturnValue
    Change applyHistory(Revision to, Change change) {
        Replica had = turn.replica();
        Document now = had.document().apply(change);
        var crossed = turn.pending.cross(change);
        turn.pending = crossed.pending();
        Change seen = crossed.other();
        // The text is moved on; the threads are made anew, since events are ordered by the log, not by when they came.
        turn.shown = new Document(
                turn.shown.text().apply(seen.delta()),
                now.threads().after(turn.pending.all(now.length()).events()));
        turn.undo = turn.undo.remote(Change.of(seen.delta()));
        turn.caret = turn.caret.map(at -> at.throughForeign(seen.delta()));
        turn.others = turn.others.after(to, change);
        turn.confirmed = Optional.of(new Replica(had.epoch(), to, now));
        return seen;
    }

    /// The confirmed document has moved on. `hash` is the relay's of the same revision, if it told
    /// one.
    void arrived(Optional<ContentHash> hash) {
        turn.askedFrom = Optional.empty();
        Replica now = turn.replica();
        turn.others = turn.others.arrived(now.revision(), now.document().length());
        Optional<ContentHash> told = hash;
        if (turn.phase instanceof Phase.CatchingUp(var _, var client, var _, var head, var hashAtHead, var resumed)) {
            if (now.revision().equals(head)) {
                told = Optional.of(hashAtHead);
            }
            if (told.isPresent() && !told.get().equals(now.document().contentHash())) {
                heal("the local copy differs");
                return;
            }
            if (!head.isAfter(now.revision())) {
                caughtUp(client, resumed);
            }
            return;
        }
        if (told.isPresent() && !told.get().equals(now.document().contentHash())) {
            heal("the local copy differs");
            return;
        }
        turn.flush();
    }

    private void caughtUp(ClientId client, Resumed resumed) {
        if (turn.pending.inFlight().isPresent() && resumed instanceof Resumed.At) {
            heal("a commit of this client's did not come");
            return;
        }
        turn.pending = turn.pending.unsent(turn.replica().document().length());
        turn.client = Optional.of(client);
        turn.nextSeq = 1;
        turn.reopened = false;
        turn.before = Optional.empty();
        turn.phase = new Phase.Live();
        // What is unsent now goes out under the new id. If the edits outlived this record, a restart would resume the
        // old id, hear nothing of them and send them once more.
        turn.write(new JournalRecord.Entered(client, turn.role), !turn.pending.isEmpty());
        turn.caretDue = turn.caret.isPresent();
        turn.flush();
        turn.sendRename();
    }

    /// Something is missing before what came: ask for all of it, once.
    void askAgain() {
        Revision from = turn.replica().revision();
        if (!turn.askedFrom.equals(Optional.of(from))) {
            turn.askedFrom = Optional.of(from);
            turn.send(new ClientMessage.CatchUp(from));
        }
    }

    /// The local copy is not what the relay has: get the relay's, and carry what is pending over.
    void heal(String why) {
        turn.healing = true;
        turn.disconnect(why);
    }
}
