package coscribe.relay.session;

import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.protocol.Submission;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.sequencing.LaneListener;
import coscribe.relay.sequencing.SequenceEvent;
import coscribe.relay.sequencing.Unavailable;
import coscribe.relay.sequencing.Waiting;
import coscribe.relay.session.Entrance.Admitted;
import coscribe.relay.store.DocumentStore.HeadSeen;
import coscribe.relay.store.Head;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Where the people of one document meet at this relay: who comes in and what they missed, who gets
/// what is committed. `HallPresence` knows where they are, `HallAccess` what they may do. Everything
/// here runs in the document's lane; the methods that others call hand over to it.
final class Hall implements LaneListener, Entrance.Door, KeepingUp.Seats {
    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Roster roster = new Roster();
    private final Entrance entrance;
    private final KeepingUp keepingUp;
    private final HallPresence presence;
    private final HallAccess access;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private boolean closed;
    /// Where the relay's copy stands; a little old to other threads.
    private volatile Optional<Head> stands = Optional.empty();
    private long emptySinceMillis;
    private long busyUntilMillis;

    Hall(DocumentId document, HallContext context) {
        this.document = document;
        this.context = context;
        this.lane = new Lane(document, context.lanes(), this);
        var backlog = new Backlog(document, context, lane);
        this.entrance = new Entrance(document, context, lane, backlog, this);
        this.keepingUp = new KeepingUp(context, lane, backlog, this);
        this.presence = new HallPresence(document, context, lane, roster);
        this.access = new HallAccess(document, context, lane, roster, presence);
        this.emptySinceMillis = context.nowMillis();
    }

    // --- coming in

    /// @param elsewhere  called where this hall was closed meanwhile
    void arrive(Arrival arrival, Runnable elsewhere) {
        lane.run(() -> {
            if (closed) {
                elsewhere.run();
                return;
            }
            entrance.arrive(arrival);
        });
    }

    @Override
    public void ready() {
        presence.ready();
        stands = lane.sequence().standsAt();
        entrance.ready();
        presence.changed();
    }

    @Override
    public boolean isFullFor(Arrival arrival) {
        return presence.isFullFor(arrival.person().id());
    }

    @Override
    public Set<PersonId> here() {
        return presence.people();
    }

    @Override
    public void enter(Admitted admitted, Revision from, Optional<List<KnownCommit>> missed) {
        Arrival arrival = admitted.arrival();
        Set<ClientId> own = new HashSet<>(Set.of(arrival.fresh()));
        arrival.resume().ifPresent(own::add);
        String called = access.titleFor(admitted.joined());
        var member = new HallMember(
                arrival.connection(),
                arrival.fresh(),
                own,
                arrival.person(),
                arrival.ceiling(),
                admitted.joined().role(),
                admitted.joined().aclVersion(),
                called,
                from);
        var others = presence.enter(new Member(arrival.fresh(), arrival.person(), member.role(), Optional.empty()));
        var frames = welcome(member, called, admitted.joined().resumed(), others, missed);
        access.enters(member, admitted.joined());
        roster.add(member);
        arrival.answer().entered(this);
        member.answer(frames, lane.sequence().head().revision());
        presence.greet(member);
        keepingUp.keepUp(member);
        presence.changed();
    }

    /// What somebody who comes in is told: where they are, and what they missed or all of it.
    private List<Frame> welcome(
            HallMember member, String title, Resumed resumed, List<Member> others, Optional<List<KnownCommit>> missed) {
        Head head = lane.sequence().head();
        Document text = lane.sequence().document();
        var hash = text.contentHash();
        var frames = new ArrayList<Frame>();
        frames.add(Frames.of(new ServerMessage.Joined(
                document,
                title,
                member.client,
                member.role(),
                head.epoch(),
                member.given(),
                head.revision(),
                hash,
                missed.isEmpty(),
                resumed,
                others,
                context.durability())));
        if (missed.isPresent()) {
            frames.addAll(Frames.missed(
                    missed.get(),
                    member.own,
                    at -> at.equals(head.revision())
                            ? Optional.of(hash)
                            : lane.sequence().documentAt(at).map(Document::contentHash)));
        } else {
            frames.addAll(Frames.snapshot(text, head.revision()));
        }
        return frames;
    }

    @Override
    public void unavailable(Unavailable why, String sentence) {
        entrance.unavailable(why, sentence);
    }

    @Override
    public void expel(String sentence) {
        stands = Optional.empty();
        presence.dropped();
        for (HallMember member : roster.now()) {
            member.connection.close(Closing.of(CloseReason.RESTARTING));
        }
        entrance.dropped(sentence);
    }

    // --- being in

    /// About how many steps it takes to bring this up to date. For any thread.
    long stepsFor(Submission submission) {
        return submission.change().delta().size() * (behind(submission.base()) + 1);
    }

    /// About how many it takes to read and compose what came after a revision. For any thread.
    long stepsToCatchUp(Revision from) {
        return behind(from) * Limits.CATCH_UP_WORK;
    }

    private long behind(Revision from) {
        long newest = stands.map(head -> head.revision().number()).orElse(0L);
        return Math.clamp(newest - from.number(), 0, Limits.BASE_AGE);
    }

    void submit(ConnectionId from, Submission submission) {
        with(from, member -> submit(member, submission));
    }

    private void submit(HallMember member, Submission submission) {
        if (member.isFinished()) {
            return;
        }
        busy();
        if (!member.mayByToken(submission.change())) {
            refuse(
                    member.client,
                    submission.seq(),
                    Refusal.ROLE,
                    "Your sign-in does not allow this change.",
                    Duration.ZERO);
            return;
        }
        acknowledgements.arrived(
                member.client, submission.seq(), context.lanes().clock().instant());
        lane.feed(new SequenceEvent.Submitted(new Waiting(member.client, member.person.id(), submission)));
    }

    void moveCaret(ConnectionId from, Revision revision, Optional<Caret> caret) {
        with(from, member -> presence.moved(member.client, caret.map(at -> new CaretAt(revision, at))));
    }

    void rename(ConnectionId from, String wanted) {
        with(from, member -> access.rename(member, wanted));
    }

    void catchUp(ConnectionId from, Revision revision) {
        with(from, member -> {
            member.startOver(revision);
            keepingUp.keepUp(member);
        });
    }

    void writable(ConnectionId from) {
        with(from, keepingUp::keepUp);
    }

    private void with(ConnectionId from, Consumer<HallMember> action) {
        lane.run(() -> roster.find(from).ifPresent(action));
    }

    void leave(ConnectionId from) {
        lane.run(() -> {
            roster.remove(from).ifPresent(member -> {
                member.leave();
                acknowledgements.forget(member.client);
                presence.leave(member.client);
            });
            if (roster.isEmpty()) {
                emptySinceMillis = context.nowMillis();
            }
        });
    }

    private void busy() {
        busyUntilMillis = context.nowMillis() + 10_000;
    }

    // --- what is committed

    @Override
    public void deliver(List<KnownCommit> commits) {
        busy();
        var frames = new ArrayList<Frame>(commits.size());
        for (KnownCommit commit : commits) {
            frames.add(Frames.of(commit));
            presence.committed(commit);
        }
        Revision before = new Revision(commits.getFirst().revision().number() - 1);
        Revision to = commits.getLast().revision();
        stands = lane.sequence().standsAt();
        var riding = presence.rides(to);
        riding.ifPresent(news -> frames.add(news.frame()));
        for (HallMember member : roster.all()) {
            boolean taken = member.given().equals(before) && member.offer(frames, to);
            if (!taken) {
                riding.ifPresent(news -> presence.whisper(member, news));
            }
        }
        presence.textMoved();
        noteAcknowledged(commits);
        entrance.admitWhoCan();
    }

    private void noteAcknowledged(List<KnownCommit> commits) {
        context.metrics().delivered(commits.size(), roster.size());
        Instant now = context.lanes().clock().instant();
        for (KnownCommit commit : commits) {
            if (!roster.isEmpty()) {
                long millis = now.toEpochMilli() - commit.committed().atMillis();
                context.metrics().arrived(Duration.ofMillis(Math.max(0, millis))); // two clocks may differ
            }
            acknowledgements.committed(commit.committed(), now).ifPresent(context.metrics()::acknowledged);
        }
    }

    @Override
    public void hasMissed(HallMember member) {
        presence.oweEverybody(member);
    }

    @Override
    public void isUpToDate(HallMember member) {
        presence.tellOwed(member);
    }

    @Override
    public void refuse(ClientId client, long seq, Refusal reason, String sentence, Duration retryAfter) {
        context.metrics().refused(reason);
        for (HallMember member : roster.all()) {
            if (member.client.equals(client)) {
                if (reason.isFinal()) {
                    member.finish();
                }
                member.tell(Frames.of(new ServerMessage.Refused(seq, reason, sentence, retryAfter.toMillis())));
            }
        }
    }

    @Override
    public void presence(byte[] message) {
        presence.heard(message);
    }

    // --- what the relay's clock brings

    /// Whether the log's end is to be asked for every second. Racy, and good enough.
    boolean isBusy() {
        return context.nowMillis() < busyUntilMillis;
    }

    /// Where the relay's copy stands, for any thread; it may stand further by now.
    Optional<Head> standsAt() {
        return stands;
    }

    /// @param before  what {@link #standsAt} said before the store was asked
    void seen(HeadSeen seen, Optional<Head> before) {
        lane.run(() -> {
            lane.feed(new SequenceEvent.HeadSeen(seen.head(), before));
            access.seen(seen.aclVersion());
        });
    }

    @Override
    public void accessChanged() {
        busy(); // were this answer lost, the next second's look at the version asks again
        access.changed();
    }

    @Override
    public void interrupted() {
        busy();
    }

    @Override
    public void gapFilled(int commits) {
        context.metrics().gapFilled(commits);
    }

    /// Every 10 s: says again who is here.
    void renewPresence() {
        lane.run(presence::renew);
    }

    /// Forgets whom nobody will have spoken of for too long by then, so that nobody is seen longer.
    ///
    /// @param untilNext  time until this is called again
    void forgetSilent(Duration untilNext) {
        lane.run(() -> presence.forgetSilent(untilNext));
    }

    /// Closes the hall where nobody was in it for a while. Whether it is closed.
    void closeIfIdle(Duration idle, Runnable onClosed) {
        lane.run(() -> {
            boolean empty = roster.isEmpty() && entrance.isEmpty();
            if (!closed
                    && empty
                    && lane.sequence().isIdle()
                    && context.nowMillis() - emptySinceMillis >= idle.toMillis()) {
                closed = true;
                lane.close();
                onClosed.run();
            }
        });
    }

    /// How many are in it; from any thread.
    int size() {
        return roster.size();
    }

    DocumentId document() {
        return document;
    }
}
