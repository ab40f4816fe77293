package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.relay.sequencing.Sequence.Attempt;
import coscribe.relay.sequencing.Sequence.Loading;
import coscribe.relay.sequencing.Sequence.Prepared;
import coscribe.relay.sequencing.Sequence.Turn;
import coscribe.relay.sequencing.SequenceEvent.CommitFailure;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One step of a sequence while it is being taken. Lives for one call.
///
/// Invariants: commits are delivered in order, each once, and only after the store said that they
/// are in the log; at most one commit and one read of the log are under way.
final class SequenceTurn {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration AWAY_PAUSE = Duration.ofMillis(500);
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);
    private static final String STORE_FULL = "The relay's store is full. Edits are kept and go in when there is room.";
    private static final String STORE_UNSAFE =
            "The relay's store can't keep edits safe now. They are kept here and go in when it can.";
    private static final String MISTAKE = "The relay made a mistake with this document; it is loaded again.";
    private static final int RACES_BEFORE_TURN = 2;

    final List<SequenceEffect> effects = new ArrayList<>();

    private final Function<Committed, byte[]> encoder;
    private final SequenceLimits limits;
    private final long nowMillis;

    private Loading loading;
    private Optional<Copy> copy;
    private List<Waiting> waiting;
    private Optional<Attempt> attempt;
    private boolean reading;
    private boolean paused;
    private Turn turn;
    private int lost;
    private long lastHashAtMillis;

    SequenceTurn(Sequence sequence, Function<Committed, byte[]> encoder, SequenceLimits limits, long nowMillis) {
        this.encoder = encoder;
        this.limits = limits;
        this.nowMillis = nowMillis;
        this.loading = sequence.loading();
        this.copy = sequence.copy();
        this.waiting = new ArrayList<>(sequence.waiting());
        this.attempt = sequence.attempt();
        this.reading = sequence.reading();
        this.paused = sequence.paused();
        this.turn = sequence.turn();
        this.lost = sequence.lost();
        this.lastHashAtMillis = sequence.lastHashAtMillis();
    }

    Sequence sequence() {
        return new Sequence(loading, copy, waiting, attempt, reading, paused, turn, lost, lastHashAtMillis);
    }

    void take(SequenceEvent event) {
        switch (event) {
            case SequenceEvent.Opened() -> open();
            case SequenceEvent.Loaded loaded -> loaded(loaded);
            case SequenceEvent.LoadFailed(var why, var sentence) -> loadFailed(why, sentence);
            case SequenceEvent.Submitted(var submitted) -> submitted(submitted);
            case SequenceEvent.Answered(var result, var missing) -> answered(result, missing);
            case SequenceEvent.CommitFailed(var why) -> commitFailed(why);
            case SequenceEvent.Announced(var commits) -> announced(commits);
            case SequenceEvent.HeadSeen(var head, var before) -> headSeen(head, before);
            case SequenceEvent.RevisionSeen(var revision) -> revisionSeen(revision);
            case SequenceEvent.Interrupted() -> read();
            case SequenceEvent.ReadEnded(var head) -> readEnded(head);
            case SequenceEvent.ReadFailed(boolean away) -> readFailed(away);
            case SequenceEvent.RetryDue() -> retryDue();
            case SequenceEvent.TurnAnswered(boolean granted) -> turnAnswered(granted);
            case SequenceEvent.Broke(var unheard) -> broke(unheard);
        }
    }

    // --- the copy

    private void open() {
        if (copy.isPresent()) {
            effects.add(new SequenceEffect.Ready());
        } else if (loading == Loading.NO) {
            loading = Loading.UNDER_WAY;
            effects.add(new SequenceEffect.Load());
        }
    }

    private void loaded(SequenceEvent.Loaded loaded) {
        if (loading == Loading.NO) {
            return;
        }
        loading = Loading.NO;
        copy = Optional.of(Copy.of(loaded, limits));
        for (KnownCommit commit : loaded.tail()) {
            grow(commit, copy.get().document().apply(commit.committed().change()), false);
        }
        effects.add(new SequenceEffect.Ready());
        keepWhatIsDue();
        proceed();
    }

    private void loadFailed(Unavailable why, String sentence) {
        loading = Loading.NO;
        refuseAll(waiting, why == Unavailable.AWAY ? Refusal.STORE_AWAY : Refusal.CLIENT_CLOSED, sentence, COME_AGAIN);
        waiting = new ArrayList<>();
        effects.add(new SequenceEffect.GiveUp(why, sentence));
    }

    /// This relay's copy is of another history, or cannot be brought up to date.
    private void drop(String sentence) {
        copy = Optional.empty();
        attempt = attempt.map(tried -> new Attempt(tried.expected(), tried.prepared(), true));
        waiting = new ArrayList<>();
        lost = 0;
        turn = Turn.NONE;
        effects.add(new SequenceEffect.Expel(sentence));
    }

    private void broke(Optional<SequenceEvent> unheard) {
        if (unheard.isPresent()) {
            switch (unheard.get()) {
                case SequenceEvent.Loaded _, SequenceEvent.LoadFailed _ -> {
                    loadFailed(Unavailable.DAMAGED, Unavailable.DAMAGED_SENTENCE);
                    return;
                }
                case SequenceEvent.Submitted(var submitted) ->
                    refuse(submitted, Refusal.INVALID, MISTAKE, Duration.ZERO);
                case SequenceEvent.Answered _, SequenceEvent.CommitFailed _ -> attempt = Optional.empty();
                case SequenceEvent.ReadEnded _, SequenceEvent.ReadFailed _ -> reading = false;
                case SequenceEvent.RetryDue _ -> paused = false;
                case SequenceEvent.TurnAnswered _,
                        SequenceEvent.Opened _,
                        SequenceEvent.Announced _,
                        SequenceEvent.HeadSeen _,
                        SequenceEvent.RevisionSeen _,
                        SequenceEvent.Interrupted _,
                        SequenceEvent.Broke _ -> {}
            }
        }
        drop(MISTAKE);
    }

    // --- submissions

    private void submitted(Waiting arrived) {
        if (isUnderWay(arrived)) {
            return; // the same again: the answer is on its way
        }
        if (waiting.size() >= limits.waiting()) {
            refuse(arrived, Refusal.BUSY, "Too many changes wait for this document.", COME_AGAIN);
            return;
        }
        waiting.removeIf(arrived::isSameAs);
        waiting.add(arrived);
        proceed();
    }

    private boolean isUnderWay(Waiting arrived) {
        return attempt.isPresent()
                && attempt.get().prepared().stream()
                        .anyMatch(prepared -> prepared.waiting().isSameAs(arrived));
    }

    /// Starts the next commit, if one can be started.
    private void proceed() {
        if (copy.isEmpty() || attempt.isPresent() || paused || turn == Turn.ASKED || waiting.isEmpty()) {
            return;
        }
        if (waiting.stream()
                .anyMatch(each -> each.submission().base().isAfter(copy.get().revision()))) {
            read(); // somebody comes from a relay that knows more
            return;
        }
        if (lost >= RACES_BEFORE_TURN) {
            turn = Turn.ASKED;
            effects.add(new SequenceEffect.TakeTurn());
            return;
        }
        commit();
    }

    private void commit() {
        var preparation = new Preparation(encoder, limits, copy.orElseThrow(), nowMillis, lastHashAtMillis);
        int taken = 0;
        while (taken < waiting.size() && preparation.prepared().size() < limits.batch()) {
            preparation.add(waiting.get(taken++));
        }
        waiting = new ArrayList<>(waiting.subList(taken, waiting.size()));
        for (var refused : preparation.refused()) {
            refuse(refused.waiting(), refused.reason(), refused.sentence(), Duration.ZERO);
        }
        preparation.mistakes().forEach(mistake -> effects.add(new SequenceEffect.Report(mistake)));
        if (preparation.entries().isEmpty()) {
            if (!waiting.isEmpty()) {
                commit();
            }
            return;
        }
        lastHashAtMillis = preparation.hashedAtMillis();
        Head expected = copy.orElseThrow().head();
        attempt = Optional.of(new Attempt(expected, preparation.prepared(), false));
        effects.add(new SequenceEffect.Commit(expected, preparation.entries()));
    }

    private void answered(CommitResult result, List<KnownCommit> missing) {
        if (attempt.isEmpty()) {
            return;
        }
        var tried = attempt.get();
        attempt = Optional.empty();
        if (tried.abandoned()) {
            proceed();
            return;
        }
        switch (result) {
            case CommitResult.Appended ignored -> {
                lost = 0;
                for (Prepared prepared : tried.prepared()) {
                    learn(prepared.commit(), prepared.after(), true);
                }
                deliverLearnt();
            }
            case CommitResult.Duplicate(int index, var revision) -> {
                again(tried, index);
                if (copy.isPresent() && revision.isAfter(copy.get().revision())) {
                    read();
                }
            }
            case CommitResult.ClientClosed(int index) -> {
                refuse(
                        tried.prepared().get(index).waiting(),
                        Refusal.CLIENT_CLOSED,
                        "This editing session was closed. Join again.",
                        Duration.ZERO);
                again(tried, index);
            }
            case CommitResult.RoleRefused(int index) -> {
                refuse(
                        tried.prepared().get(index).waiting(),
                        Refusal.ROLE,
                        "Your role in this document does not allow this change.",
                        Duration.ZERO);
                again(tried, index);
            }
            case CommitResult.HeadMoved(var head, var _) -> {
                lost++;
                again(tried, -1);
                hear(missing);
                revisionSeen(head.revision());
            }
            case CommitResult.Forked ignored -> {
                drop("The document was restored or moved; it is loaded again.");
                return;
            }
            case CommitResult.TurnTaken(long millis) -> {
                again(tried, -1);
                pause(Duration.ofMillis(Math.max(1, millis)));
            }
            case CommitResult.Absent() -> {
                drop("The document is no longer there.");
                return;
            }
        }
        proceed();
    }

    /// Puts an attempt's submissions back in front, without entry `except` (-1: all).
    private void again(Attempt tried, int except) {
        var front = new ArrayList<Waiting>();
        for (int i = 0; i < tried.prepared().size(); i++) {
            if (i != except) {
                front.add(tried.prepared().get(i).waiting());
            }
        }
        front.addAll(waiting);
        waiting = front;
    }

    /// The outcome is unknown: the log tells, and a second sending is harmless.
    private void commitFailed(CommitFailure why) {
        if (attempt.isEmpty()) {
            return;
        }
        var tried = attempt.get();
        attempt = Optional.empty();
        if (!tried.abandoned()) {
            again(tried, -1);
        }
        switch (why) {
            case AWAY -> refuseAll(waiting, Refusal.STORE_AWAY, "The relay's store does not answer.", COME_AGAIN);
            case FULL -> refuseAll(waiting, Refusal.STORE_FULL, STORE_FULL, COME_AGAIN);
            case UNSAFE -> refuseAll(waiting, Refusal.STORE_AWAY, STORE_UNSAFE, COME_AGAIN);
            case DAMAGED -> {
                drop(Unavailable.DAMAGED_SENTENCE); // loading tells whether it can be had at all
                return;
            }
        }
        waiting = new ArrayList<>();
        pause(AWAY_PAUSE);
    }

    private void refuseAll(List<Waiting> all, Refusal reason, String sentence, Duration retryAfter) {
        all.forEach(each -> refuse(each, reason, sentence, retryAfter));
    }

    private void refuse(Waiting refused, Refusal reason, String sentence, Duration retryAfter) {
        effects.add(
                new SequenceEffect.Refuse(refused.client(), refused.submission().seq(), reason, sentence, retryAfter));
    }

    private void pause(Duration bound) {
        if (!paused) {
            paused = true;
            effects.add(new SequenceEffect.RetryAfter(bound.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : bound));
        }
    }

    private void retryDue() {
        paused = false;
        if (copy.isPresent() && waiting.isEmpty()) {
            read(); // after a failure with nobody waiting, what did happen is still to be learnt
        }
        proceed();
    }

    private void turnAnswered(boolean granted) {
        if (turn == Turn.NONE) {
            return;
        }
        turn = Turn.NONE;
        lost = 0;
        if (granted) {
            proceed();
        } else {
            pause(FIRST_PAUSE);
        }
    }

    // --- what others committed

    private final List<KnownCommit> learnt = new ArrayList<>();
    private Optional<SequenceEffect.KeepSnapshot> due = Optional.empty();

    private void announced(List<KnownCommit> commits) {
        hear(commits);
        proceed();
    }

    private void hear(List<KnownCommit> commits) {
        if (copy.isEmpty()) {
            return;
        }
        boolean gap = false;
        for (KnownCommit commit : commits) {
            Revision head = copy.get().revision();
            if (commit.revision().equals(head.next())) {
                if (!copy.get().continuesWith(commit)) {
                    learnt.clear();
                    drop("The document's history changed; it is loaded again.");
                    return;
                }
                learn(commit, copy.get().document().apply(commit.committed().change()), false);
            } else if (commit.revision().isAfter(head)) {
                gap = true;
            }
        }
        deliverLearnt();
        if (gap) {
            read();
        }
    }

    private void learn(KnownCommit commit, Document after, boolean own) {
        if (!commit.revision().equals(copy.orElseThrow().revision().next())) {
            return; // it came by the feed before
        }
        grow(commit, after, own);
        learnt.add(commit);
    }

    /// A snapshot is due behind the commit that makes it due, however many are learnt at once: so all
    /// relays want the same ones.
    private void grow(KnownCommit commit, Document after, boolean own) {
        Copy grown = copy.orElseThrow().plus(commit, after);
        if (grown.wantsSnapshot(limits)) {
            due = Optional.of(new SequenceEffect.KeepSnapshot(
                    commit.revision(), commit.chain(), after, own || isUnderWay(commit)));
            grown = grown.withSnapshotHere();
        }
        copy = Optional.of(grown);
    }

    /// Whether it is what this relay appends just now; the feed may tell of it before the store answers.
    private boolean isUnderWay(KnownCommit commit) {
        return attempt.isPresent()
                && attempt.get().prepared().stream()
                        .anyMatch(prepared -> prepared.commit().chain().equals(commit.chain()));
    }

    private void deliverLearnt() {
        if (learnt.isEmpty()) {
            return;
        }
        effects.add(new SequenceEffect.Deliver(learnt));
        learnt.clear();
        keepWhatIsDue();
    }

    private void keepWhatIsDue() {
        due.ifPresent(effects::add);
        due = Optional.empty();
    }

    private void headSeen(Head head, Optional<Head> before) {
        if (copy.isEmpty() || attempt.isPresent()) {
            return;
        }
        Head mine = copy.get().head();
        boolean same = head.revision().equals(mine.revision());
        if (!head.epoch().equals(mine.epoch())
                || (same && !head.chain().equals(mine.chain()))
                || before.filter(known -> lost(head, known)).isPresent()) {
            drop("The document was restored or moved; it is loaded again.");
        } else {
            revisionSeen(head.revision());
        }
    }

    /// Whether the store has gone back: it does not have what was in it before it was asked. A copy holds
    /// what is in the store alone, so an answer that was merely overtaken by commits is none of this.
    private boolean lost(Head head, Head known) {
        return known.epoch().equals(head.epoch())
                && known.revision().isAfter(head.revision())
                && !known.revision().isAfter(copy.orElseThrow().revision()); // else it was loaded anew meanwhile
    }

    private void revisionSeen(Revision revision) {
        if (copy.isPresent() && revision.isAfter(copy.get().revision())) {
            read();
        }
    }

    private void read() {
        if (copy.isPresent() && !reading) {
            reading = true;
            effects.add(new SequenceEffect.Read(copy.get().revision()));
        }
    }

    private void readEnded(Revision head) {
        reading = false;
        if (copy.isEmpty()) {
            return;
        }
        Revision mine = copy.get().revision();
        if (head.isAfter(mine)) {
            read();
            return;
        }
        var beyond = new ArrayList<Waiting>();
        waiting.removeIf(each -> {
            boolean ahead = each.submission().base().isAfter(copy.get().revision());
            if (ahead) {
                beyond.add(each);
            }
            return ahead;
        });
        refuseAll(beyond, Refusal.INVALID, "The change is based on a revision that does not exist.", Duration.ZERO);
        proceed();
    }

    private void readFailed(boolean away) {
        reading = false;
        if (copy.isEmpty()) {
            return;
        }
        if (away) {
            pause(AWAY_PAUSE);
        } else {
            drop("The document's log could not be followed; it is loaded again.");
        }
    }
}
