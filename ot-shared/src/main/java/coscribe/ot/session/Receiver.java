package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.Resumed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The half of a step that answers what the relay says. Lives for one call.
final class Receiver {
    private static final Duration RETRY_AT_LEAST = Duration.ofMillis(100);

    private final Turn turn;
    private final Advance advance;
    private final Resumption resumption;
    private final Pieces pieces;

    Receiver(Turn turn) {
        this.turn = turn;
        this.advance = new Advance(turn);
        this.resumption = new Resumption(turn);
        this.pieces = new Pieces(turn, advance);
    }

    void receive(ServerMessage message) {
        switch (message) {
            case ServerMessage.Joined joined -> joined(joined);
            case ServerMessage.SnapshotPart part -> pieces.snapshotPart(part);
            case ServerMessage.Range range -> pieces.range(range);
            case Committed commit -> committed(commit);
            case ServerMessage.Refused refused -> refused(refused);
            case ServerMessage.RoleChanged(var now) -> turn.role = now;
            case ServerMessage.Titled(var told) -> titled(told);
            case ServerMessage.Renamed(var _, var told) -> renamed(told);
            case ServerMessage.PresenceUpdate(var here, var gone, var authors) -> {
                turn.others = turn.others.named(authors);
                presence(here, gone);
            }
            case ServerMessage.Failed failed -> failed(failed);
            case ServerMessage.Welcome ignored -> {}
            case ServerMessage.Renewed ignored -> {}
            case ServerMessage.Created ignored -> {}
            case ServerMessage.Invited ignored -> {}
            case ServerMessage.Listed ignored -> {}
            case ServerMessage.Pong ignored -> {}
        }
    }

    private void presence(List<Member> here, List<ClientId> gone) {
        if (!advance.receiving()) {
            return;
        }
        Replica now = turn.replica();
        var own = turn.phase instanceof Phase.CatchingUp catching ? Optional.of(catching.entering()) : turn.client;
        here.stream()
                .filter(member -> own.equals(Optional.of(member.client())))
                .forEach(member -> turn.self =
                        Optional.of(new Member(member.client(), member.person(), member.role(), Optional.empty())));
        var others = here.stream()
                .filter(member -> !own.equals(Optional.of(member.client())))
                .toList();
        turn.others =
                turn.others.updated(others, gone, now.revision(), now.document().length());
    }

    private void joined(ServerMessage.Joined joined) {
        if (!(turn.phase instanceof Phase.Joining(int attempts))) {
            turn.disconnect("an unexpected answer");
            return;
        }
        boolean goesOn = turn.confirmed.isPresent()
                && turn.replica().revision().equals(joined.from())
                && turn.replica().epoch().equals(joined.epoch());
        if (!joined.snapshot() && !goesOn) {
            turn.disconnect("the relay went on from a revision that is not here");
            return;
        }
        if (!joined.snapshot() && turn.before.isEmpty()) {
            turn.before = Optional.of(turn.shown);
        }
        titled(joined.title());
        turn.role = joined.role();
        turn.others = turn.others.joined(joined.members());
        turn.phase = new Phase.CatchingUp(
                attempts, joined.client(), joined.epoch(), joined.head(), joined.contentHash(), joined.resumed());
        resumption.settle(joined.resumed());
        if (!joined.snapshot()) {
            advance.arrived(Optional.empty());
        }
    }

    private void titled(String told) {
        if (!told.equals(turn.title)) {
            turn.title = told;
            if (turn.confirmed.isPresent()) {
                turn.write(new JournalRecord.Titled(told), false);
            }
        }
    }

    private void renamed(String told) {
        titled(told);
        renameAnswered();
    }

    private void renameAnswered() {
        if (turn.renameSent.isPresent() && turn.renameSent.equals(turn.renaming)) {
            turn.renaming = Optional.empty();
            turn.write(new JournalRecord.Renaming(turn.renaming), false);
        }
        turn.renameSent = Optional.empty();
        turn.sendRename(); // what the writer called it meanwhile
    }

    // --- commits

    private void committed(Committed commit) {
        if (!advance.receiving() || !commit.revision().isAfter(turn.replica().revision())) {
            return; // the second time, or nothing to apply it to
        }
        if (!commit.revision().equals(turn.replica().revision().next())) {
            advance.askAgain();
            return;
        }
        if (Schema.check(commit.change(), turn.replica().document().length()).isPresent()) {
            advance.heal("a commit that does not fit");
            return;
        }
        if (isOwn(commit)) {
            Change mine = turn.pending.inFlight().orElseThrow().change();
            if (!mine.equals(commit.change())) {
                advance.heal("the relay has another text under this client's name");
                return;
            }
            advance.confirmOwn(commit.revision());
            turn.write(new JournalRecord.Acknowledged(commit.revision()), false);
        } else {
            if (isLostOwn(commit)) {
                resumption.survivedInside(commit.seq());
            }
            advance.history(commit.revision(), commit.change());
            int length = commit.change().delta().targetLength();
            boolean news = turn.phase instanceof Phase.Live; // else `joined` told where they stand by now
            turn.others = turn.others.committed(
                    commit.client(), commit.caret().filter(at -> news && at.fits(length)), commit.revision());
        }
        advance.arrived(commit.contentHash());
    }

    private boolean isOwn(Committed commit) {
        return turn.pending
                .inFlight()
                .filter(sent -> sent.client().equals(commit.client()) && sent.seq() == commit.seq())
                .isPresent();
    }

    /// Sent by this client before a restart, with a mark that the journal lost, and the relay no
    /// longer knows what its last one was.
    private boolean isLostOwn(Committed commit) {
        return turn.phase instanceof Phase.CatchingUp catching
                && catching.resumed() instanceof Resumed.Unknown
                && turn.client.equals(Optional.of(commit.client()))
                && commit.seq() >= turn.nextSeq;
    }

    // --- refusals

    private void refused(ServerMessage.Refused refused) {
        var sent = turn.pending.inFlight();
        if (sent.isEmpty()
                || sent.get().seq() != refused.seq()
                || !turn.client.equals(sent.map(Pending.Sent::client))) {
            return;
        }
        if (refused.reason() == Refusal.CLIENT_CLOSED) {
            turn.disconnect("the relay closed this session");
            return;
        }
        if (!refused.reason().isFinal()) {
            if (refused.reason() == Refusal.CATCH_UP) {
                turn.send(new ClientMessage.CatchUp(turn.replica().revision()));
            }
            turn.effects.add(new Effect.ResendAfter(
                    refused.seq(), askedFor(refused.retryAfterMillis()), Optional.of(refused.reason())));
            return;
        }
        turn.effects.add(new Effect.KeepCopy(
                turn.shown, refused.reason() == Refusal.ROLE ? Effect.CopyReason.ROLE : Effect.CopyReason.REFUSED));
        resumption.withdrawPending();
        turn.noteCheckpoint();
        // A new client id, so that no copy of what was refused can ever pass for what comes next.
        turn.disconnect("the relay refused an edit: " + refused.reason().word());
    }

    private void renameFailed(ServerMessage.Failed failed) {
        switch (failed.code()) {
            case NO_ACCESS, FORBIDDEN, DAMAGED -> {
                boolean newest = turn.renameSent.equals(turn.renaming);
                renameAnswered();
                if (newest) {
                    turn.effects.add(new Effect.RenameRefused(failed.code(), failed.sentence()));
                }
            }
            case LIMIT, STORE_AWAY -> {
                turn.renameSent = Optional.empty();
                turn.effects.add(new Effect.RenameAfter(askedFor(failed.retryAfterMillis())));
            }
            // Of the connection, which ends now: the title goes out again over the next one.
            case UNAUTHENTICATED, EXPIRED, INVITE_EXPIRED, INVITE_USED, MALFORMED, OUT_OF_ORDER, VERSION -> {}
        }
    }

    private static Duration askedFor(long retryAfterMillis) {
        var told = Duration.ofMillis(Math.clamp(retryAfterMillis, 0, Limits.LONGEST_ASKED.toMillis()));
        return told.compareTo(RETRY_AT_LEAST) > 0 ? told : RETRY_AT_LEAST;
    }

    private void failed(ServerMessage.Failed failed) {
        FailureCode code = failed.code();
        String sentence = failed.sentence();
        if ((code == FailureCode.LIMIT || code == FailureCode.STORE_AWAY) && turn.renameSent.isEmpty()) {
            turn.notBefore =
                    Duration.ofMillis(Math.clamp(failed.retryAfterMillis(), 0, Limits.LONGEST_ASKED.toMillis()));
        }
        if (!(turn.phase instanceof Phase.Connecting) && !(turn.phase instanceof Phase.Joining)) {
            if (turn.phase instanceof Phase.CatchingUp || turn.askedFrom.isPresent()) {
                turn.disconnect(sentence); // what was asked for does not come: ask over a new connection
            } else if (turn.renameSent.isPresent()) {
                renameFailed(failed);
            }
            return;
        }
        switch (code) {
            case UNAUTHENTICATED, EXPIRED, INVITE_EXPIRED, INVITE_USED, NO_ACCESS, FORBIDDEN, VERSION, DAMAGED -> {
                turn.phase = new Phase.Stopped(code, sentence);
                turn.disconnect(sentence);
            }
            case MALFORMED, OUT_OF_ORDER, LIMIT, STORE_AWAY -> turn.disconnect(sentence);
        }
    }
}
