package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.rebase.Difference;
import coscribe.ot.rebase.UndoHistory;
import java.util.Optional;

/// The whole document anew, where the relay's log does not reach back far enough or the copies
/// differ: what is pending is carried over where that can be, and what cannot is kept beside it.
/// Lives for one call.
final class Replacement {
    private final Turn turn;
    private final Advance advance;

    Replacement(Turn turn, Advance advance) {
        this.turn = turn;
        this.advance = advance;
    }

    void replace(Document fresh, Revision revision, Phase.CatchingUp catching) {
        Document before = turn.shown;
        boolean unsettled = settleInside(revision, catching.resumed());
        boolean forked = turn.healing || isOfAnotherHistory(fresh, revision, catching);
        if (forked) { // what came in on top of the text, of another history, may have deleted some of it
            turn.before
                    .filter(text -> !text.equals(before))
                    .ifPresent(text -> turn.effects.add(new Effect.KeepCopy(text, Effect.CopyReason.FORKED)));
        }
        if (turn.healing || turn.pending.isEmpty() && forked) {
            turn.effects.add(new Effect.KeepCopy(before, Effect.CopyReason.FORKED));
        }
        if (!turn.pending.isEmpty()) {
            if (turn.healing && !unsettled) {
                var moved =
                        Change.of(Difference.ofWords(turn.replica().document().text(), fresh.text()));
                turn.pending = turn.pending.cross(moved).pending();
            } else {
                if (!turn.healing) {
                    turn.effects.add(new Effect.KeepCopy(before, Effect.CopyReason.OUT_OF_REACH));
                }
                turn.pending = Pending.NONE;
            }
        }
        turn.confirmed = Optional.of(new Replica(catching.epoch(), revision, fresh));
        turn.shown = fresh.apply(turn.pending.all(fresh.length()));
        turn.undo = UndoHistory.EMPTY;
        turn.healing = false;
        turn.before = Optional.empty();
        var seen = Difference.between(before.text(), turn.shown.text());
        turn.caret = turn.caret.map(at -> at.throughForeign(seen));
        if (!seen.isIdentity()) {
            turn.effects.add(new Effect.Show(Change.of(seen), false));
        }
        turn.noteCheckpoint();
    }

    /// Whether the relay's store went back or elsewhere, as one that was restored from a backup did, and went on
    /// from there perhaps: then this text, acknowledged or not, may be all there is of what came later.
    private boolean isOfAnotherHistory(Document fresh, Revision revision, Phase.CatchingUp catching) {
        return turn.confirmed
                .filter(held -> !held.epoch().equals(catching.epoch()) || !revision.isAfter(held.revision()))
                .filter(held -> !held.document().equals(fresh))
                .isPresent();
    }

    /// What is in flight may lie inside the snapshot: then it is confirmed, and what was typed
    /// after it moves on alone. Answers whether nobody knows.
    private boolean settleInside(Revision snapshot, Resumed resumed) {
        if (turn.pending.inFlight().isEmpty()) {
            return false;
        }
        if (!(resumed instanceof Resumed.At(long ignored, Revision at))) {
            return true;
        }
        if (!at.isAfter(snapshot)) {
            advance.confirmOwn(turn.replica().revision());
        }
        return false;
    }
}
