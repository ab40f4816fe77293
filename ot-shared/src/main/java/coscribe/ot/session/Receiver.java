package coscribe.ot.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.rebase.Difference;
import coscribe.ot.rebase.Inverse;
import coscribe.ot.rebase.UndoHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The half of a step that answers what the relay says.
final class Receiver {
    private static final Duration RETRY_AT_LEAST = Duration.ofMillis(100);
    private final Turn turn;

    Receiver(Turn turn) {
        this.turn = turn;
    }

    void receive(ServerMessage message) {
        switch (message) {
            case ServerMessage.Joined joined -> joined(joined);
            case ServerMessage.SnapshotPart part -> snapshotPart(part);
            case ServerMessage.Range range -> range(range);
            case Committed commit -> committed(commit);
            case ServerMessage.Refused refused -> refused(refused);
            case ServerMessage.RoleChanged(var now) -> turn.role = now;
            case ServerMessage.Titled(var told) -> titled(told);
            case ServerMessage.Renamed(var _, var told) -> renamed(told);
            case ServerMessage.PresenceUpdate(var here, var gone) -> presence(here, gone);
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
        if (!receiving()) {
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
        titled(joined.title());
        turn.role = joined.role();
        turn.others = turn.others.joined(joined.members());
        turn.phase = new Phase.CatchingUp(
                attempts, joined.client(), joined.epoch(), joined.head(), joined.contentHash(), joined.resumed());
        settle(joined.resumed());
        if (!joined.snapshot()) {
            arrived(Optional.empty());
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

    /// What became of what was sent under the old client id, by the relay's word.
    private void settle(Resumed resumed) {
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
    private void survivedInside(long lastSeq) {
        Change back = withdraw(turn.pending.maybeSent(turn.replica().document().length()));
        turn.pending = turn.pending.withoutSent(back);
        turn.nextSeq = lastSeq + 1;
        turn.reopened = false;
        noteCheckpoint();
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

    private void withdrawPending() {
        turn.pending = turn.pending.unsent(turn.replica().document().length());
        Change all = turn.pending.unsent().composed(turn.replica().document().length());
        turn.pending = Pending.NONE;
        var ignored = withdraw(all);
    }

    private void noteCheckpoint() {
        turn.checkpoint().ifPresent(entry -> turn.write(entry, false));
    }

    // --- commits, one by one and in ranges

    private boolean receiving() {
        return turn.confirmed.isPresent()
                && (turn.phase instanceof Phase.Live || turn.phase instanceof Phase.CatchingUp);
    }

    private void committed(Committed commit) {
        if (!receiving() || !commit.revision().isAfter(turn.replica().revision())) {
            return; // the second time, or nothing to apply it to
        }
        if (!commit.revision().equals(turn.replica().revision().next())) {
            askAgain();
            return;
        }
        if (Schema.check(commit.change(), turn.replica().document().length()).isPresent()) {
            heal("a commit that does not fit");
            return;
        }
        if (isOwn(commit)) {
            Change mine = turn.pending.inFlight().orElseThrow().change();
            if (!mine.equals(commit.change())) {
                heal("the relay has another text under this client's name");
                return;
            }
            confirmOwn(commit.revision());
            turn.write(new JournalRecord.Acknowledged(commit.revision()), false);
        } else {
            if (isLostOwn(commit)) {
                survivedInside(commit.seq());
            }
            history(commit.revision(), commit.change());
            int length = commit.change().delta().targetLength();
            boolean news = turn.phase instanceof Phase.Live; // else `joined` told where they stand by now
            turn.others = turn.others.committed(
                    commit.client(), commit.caret().filter(at -> news && at.fits(length)), commit.revision());
        }
        arrived(commit.contentHash());
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

    /// What was in flight is commit `at`.
    void confirmOwn(Revision at) {
        Replica had = turn.replica();
        Change mine = turn.pending.inFlight().orElseThrow().change();
        turn.confirmed = Optional.of(new Replica(had.epoch(), at, had.document().apply(mine)));
        turn.others = turn.others.after(at, mine);
        turn.pending = turn.pending.acknowledged();
    }

    private void range(ServerMessage.Range range) {
        if (!receiving()) {
            return;
        }
        if (!isPiece(range.part(), range.of())) {
            turn.disconnect("a range in more pieces than can be");
            return;
        }
        if (range.part() == 1) {
            turn.parts = List.of();
        }
        if (!range.from().equals(turn.replica().revision())
                || range.part() != turn.parts.size() + 1
                || !goesOn(range)) {
            turn.parts = List.of();
            if (range.to().isAfter(turn.replica().revision())) {
                askAgain();
            }
            return;
        }
        gather(range);
        if (range.part() < range.of()) {
            return;
        }
        var run = new ArrayList<Change>();
        int length = turn.replica().document().length();
        for (ServerMessage part : turn.parts) {
            if (part instanceof ServerMessage.Range piece) {
                if (piece.change().delta().baseLength() != length) {
                    heal("a range whose pieces do not fit");
                    return;
                }
                length = piece.change().delta().targetLength();
                run.add(piece.change());
            }
        }
        turn.parts = List.of();
        Change whole = Change.composeAll(run);
        if (Schema.check(whole, turn.replica().document().length()).isPresent()) {
            heal("a range that does not fit");
            return;
        }
        history(range.to(), whole);
        turn.caretDue |= turn.caret.isPresent(); // the relay moved it through each commit alone
        arrived(range.contentHash());
    }

    /// Gathered pieces are kept in memory until the last one: there are only so many.
    private static boolean isPiece(int part, int of) {
        return part >= 1 && part <= of && of <= Limits.PARTS;
    }

    private boolean goesOn(ServerMessage.Range next) {
        return turn.parts.isEmpty()
                || turn.parts.getFirst() instanceof ServerMessage.Range first
                        && first.of() == next.of()
                        && first.to().equals(next.to());
    }

    private boolean goesOn(ServerMessage.SnapshotPart next) {
        return turn.parts.isEmpty()
                || turn.parts.getFirst() instanceof ServerMessage.SnapshotPart first
                        && first.of() == next.of()
                        && first.revision().equals(next.revision());
    }

    private void gather(ServerMessage part) {
        var gathered = new ArrayList<>(turn.parts);
        gathered.add(part);
        turn.parts = List.copyOf(gathered);
    }

    /// Something is missing before what came: ask for all of it, once.
    private void askAgain() {
        Revision from = turn.replica().revision();
        if (!turn.askedFrom.equals(Optional.of(from))) {
            turn.askedFrom = Optional.of(from);
            turn.send(new ClientMessage.CatchUp(from));
        }
    }

    /// Others' commits, one or a composed run, up to `to`.
    private void history(Revision to, Change change) {
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
    private void arrived(Optional<ContentHash> hash) {
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
        turn.phase = new Phase.Live();
        // What is unsent now goes out under the new id. If the edits outlived this record, a restart would resume the
        // old id, hear nothing of them and send them once more.
        turn.write(new JournalRecord.Entered(client, turn.role), !turn.pending.isEmpty());
        turn.caretDue = turn.caret.isPresent();
        turn.flush();
        turn.sendRename();
    }

    // --- the whole document anew

    private void snapshotPart(ServerMessage.SnapshotPart part) {
        if (!(turn.phase instanceof Phase.CatchingUp catching)) {
            return;
        }
        if (!isPiece(part.part(), part.of())) {
            turn.disconnect("a snapshot in more pieces than can be");
            return;
        }
        if (part.part() != turn.parts.size() + 1 || !goesOn(part)) {
            turn.disconnect("a snapshot with a piece missing");
            return;
        }
        gather(part);
        if (part.part() < part.of()) {
            return;
        }
        Text text = Text.EMPTY;
        Threads threads = Threads.NONE;
        for (ServerMessage gathered : turn.parts) {
            if (gathered instanceof ServerMessage.SnapshotPart piece) {
                text = text.plus(Text.EMPTY.apply(piece.piece()));
                threads = threads.plus(piece.threads());
            }
        }
        turn.parts = List.of();
        if (text.length() == 0 || text.charAt(text.length() - 1) != '\n') {
            turn.disconnect("a snapshot that is no document");
            return;
        }
        replace(new Document(text, threads), part.revision(), catching);
        arrived(Optional.empty());
    }

    private void replace(Document fresh, Revision revision, Phase.CatchingUp catching) {
        Document before = turn.shown;
        boolean unsettled = settleInside(revision, catching.resumed());
        if (turn.healing || turn.pending.isEmpty() && isOfAnotherHistory(fresh, revision, catching)) {
            turn.effects.add(new Effect.KeepCopy(before, Effect.CopyReason.FORKED));
        }
        if (!turn.pending.isEmpty()) {
            if (turn.healing && !unsettled) {
                var moved =
                        Change.of(Difference.between(turn.replica().document().text(), fresh.text()));
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
        var seen = Difference.between(before.text(), turn.shown.text());
        turn.caret = turn.caret.map(at -> at.throughForeign(seen));
        if (!seen.isIdentity()) {
            turn.effects.add(new Effect.Show(Change.of(seen), false));
        }
        noteCheckpoint();
    }

    /// Whether the relay's store went back or elsewhere, as one that was restored from a backup did:
    /// then this text, acknowledged or not, may be all there is of what came later.
    private boolean isOfAnotherHistory(Document fresh, Revision revision, Phase.CatchingUp catching) {
        return turn.confirmed
                .filter(held -> !held.epoch().equals(catching.epoch())
                        || held.revision().isAfter(revision))
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
            confirmOwn(turn.replica().revision());
        }
        return false;
    }

    /// The local copy is not what the relay has: get the relay's, and carry what is pending over.
    private void heal(String why) {
        turn.healing = true;
        turn.disconnect(why);
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
            Duration told = Duration.ofMillis(Math.max(0, refused.retryAfterMillis()));
            turn.effects.add(new Effect.ResendAfter(
                    refused.seq(),
                    told.compareTo(RETRY_AT_LEAST) > 0 ? told : RETRY_AT_LEAST,
                    Optional.of(refused.reason())));
            return;
        }
        turn.effects.add(new Effect.KeepCopy(
                turn.shown, refused.reason() == Refusal.ROLE ? Effect.CopyReason.ROLE : Effect.CopyReason.REFUSED));
        withdrawPending();
        noteCheckpoint();
        // A new client id, so that no copy of what was refused can ever pass for what comes next.
        turn.disconnect("the relay refused an edit: " + refused.reason().word());
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
                boolean newest = turn.renameSent.equals(turn.renaming);
                renameAnswered();
                if (newest) {
                    turn.effects.add(new Effect.RenameRefused(code, sentence));
                }
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
