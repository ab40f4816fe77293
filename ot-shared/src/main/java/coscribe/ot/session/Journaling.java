package coscribe.ot.session;

import coscribe.ot.document.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a journal must hold so that a session can go on after a crash, and the session that is read
/// from it again. Lives for one call.
final class Journaling {
    private final Turn turn;
    private final Advance advance;

    Journaling(Turn turn) {
        this.turn = turn;
        this.advance = new Advance(turn);
    }

    /// What the journal needs to hold from now on; everything before may be forgotten. Empty while
    /// there is no document.
    Optional<JournalRecord> checkpoint() {
        return turn.confirmed.map(had -> new JournalRecord.Checkpoint(
                turn.title,
                had.epoch(),
                had.revision(),
                had.document(),
                turn.role,
                turn.client,
                turn.pending.inFlight().map(Pending.Sent::seq).orElse(turn.nextSeq),
                stillPending(had.document().length())));
    }

    private List<JournalRecord> stillPending(int length) {
        var records = new ArrayList<JournalRecord>();
        int at = length;
        if (turn.pending.inFlight().isPresent()) {
            var sent = turn.pending.inFlight().get();
            records.add(new JournalRecord.Edited(sent.change(), sent.intent(), false));
            records.add(new JournalRecord.Sent(sent.seq(), true));
            at = sent.change().delta().targetLength();
        }
        Change doubted = turn.pending.doubted().composed(at);
        if (!doubted.isIdentity()) {
            records.add(new JournalRecord.Edited(doubted, turn.pending.intent(), false));
        }
        if (turn.reopened) {
            records.add(new JournalRecord.Reopened());
        }
        Change unsent = turn.pending.unsent().composed(doubted.delta().targetLength());
        if (!unsent.isIdentity()) {
            records.add(new JournalRecord.Edited(unsent, turn.pending.intent(), false));
        }
        if (turn.renaming.isPresent()) {
            records.add(new JournalRecord.Renaming(turn.renaming));
        }
        return records;
    }

    void replay(JournalRecord entry) {
        switch (entry) {
            case JournalRecord.Checkpoint checkpoint -> restore(checkpoint);
            case JournalRecord.Entered(var as, var may) -> {
                unsent();
                turn.client = Optional.of(as);
                turn.role = may;
                turn.nextSeq = 1;
                turn.reopened = false;
            }
            case JournalRecord.Unsent() -> unsent();
            case JournalRecord.Reopened() -> turn.reopen();
            case JournalRecord.Edited(var change, var intent, var ignored) -> {
                turn.shown = turn.shown.apply(change);
                turn.pending = turn.pending.typed(change, intent);
            }
            case JournalRecord.Sent(long seq, boolean whole) -> turn.wasSent(seq, whole);
            case JournalRecord.Others(var to, var change) -> advance.applyHistory(to, change);
            case JournalRecord.Titled(var told) -> turn.title = told;
            case JournalRecord.Renaming(var wanted) -> turn.renaming = wanted;
            case JournalRecord.Acknowledged(var at) -> advance.confirmOwn(at);
        }
    }

    private void restore(JournalRecord.Checkpoint from) {
        turn.title = from.title();
        turn.renaming = Optional.empty();
        turn.confirmed = Optional.of(new Replica(from.epoch(), from.revision(), from.document()));
        turn.shown = from.document();
        turn.pending = Pending.NONE;
        turn.role = from.role();
        turn.client = from.client();
        turn.nextSeq = from.nextSeq();
        turn.reopened = false;
        from.then().forEach(this::replay);
    }

    private void unsent() {
        turn.pending = turn.pending.unsent(turn.replica().document().length());
    }
}
