package coscribe.ot.session;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.rebase.Inverse;
import coscribe.ot.rebase.UndoHistory;

/// What became of what was sent before the link was lost: acknowledged, unsent, or inside what is to
/// come. Lives for one call.
final class Resumption {
    private final Turn turn;

    Resumption(Turn turn) {
        this.turn = turn;
    }

    /// What became of what was sent under the old client id, by the relay's word.
    void settle(Resumed resumed) {
        if (turn.confirmed.isEmpty()) {
            return;
        }
        int length = turn.replica().document().length();
        switch (resumed) {
            case Resumed.Nothing() -> unsent(length);
            case Resumed.Unknown() -> {} // the single commits to come will tell
            case Resumed.At(long lastSeq, var ignored) -> {
                if (lastSeq >= turn.nextSeq) {
                    survivedInside(lastSeq);
                } else if (turn.pending.inFlight().isEmpty()
                        || turn.pending.inFlight().get().seq() > lastSeq) {
                    unsent(length);
                }
            }
        }
    }

    private void unsent(int length) {
        if (turn.pending.inFlight().isPresent() || !turn.pending.doubted().isEmpty()) {
            turn.pending = turn.pending.unsent(length);
            turn.write(new JournalRecord.Unsent(), false);
        }
    }

    /// The journal lost its end: every edit that survived from before the restart lies inside a
    /// commit that is to come, the last of them under `lastSeq`.
    void survivedInside(long lastSeq) {
        Change back = withdraw(turn.pending.maybeSent(turn.replica().document().length()));
        turn.pending = turn.pending.withoutSent(back);
        turn.nextSeq = lastSeq + 1;
        turn.reopened = false;
        turn.noteCheckpoint();
    }

    /// Takes the first part of what is pending out of the shown text; answers how.
    private Change withdraw(Change first) {
        Document now = turn.replica().document();
        Change back = Inverse.of(first, now);
        Change rest = turn.pending.unsent().composed(first.delta().targetLength());
        Change seen = back.transform(rest, Side.LEFT);
        turn.shown = new Document(
                turn.shown.text().apply(seen.delta()), now.threads().after(rest.events()));
        turn.caret = turn.caret.map(at -> at.throughForeign(seen.delta()));
        turn.undo = UndoHistory.EMPTY;
        if (!seen.delta().isIdentity()) {
            turn.effects.add(new Effect.Show(Change.of(seen.delta()), false));
        }
        return Change.of(back.delta());
    }

    void withdrawPending() {
        turn.pending = turn.pending.unsent(turn.replica().document().length());
        Change all = turn.pending.unsent().composed(turn.replica().document().length());
        turn.pending = Pending.NONE;
        var ignored = withdraw(all);
    }
}
