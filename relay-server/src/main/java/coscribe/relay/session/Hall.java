package coscribe.relay.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import coscribe.ot.protocol.Submission;
import coscribe.ot.wire.Wire;
import coscribe.relay.presence.Attendance;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.sequencing.LaneListener;
import coscribe.relay.sequencing.SequenceEvent;
import coscribe.relay.sequencing.Unavailable;
import coscribe.relay.sequencing.Waiting;
import coscribe.relay.session.Entrance.Admitted;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.DocumentStore.HeadSeen;
import coscribe.relay.store.DocumentStore.Renaming;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the people of one document meet at this relay: who comes in and what they missed, who gets
/// what is committed. Everything here runs in the document's lane; the public methods hand over to
/// it.
final class Hall implements LaneListener, Entrance.Door, KeepingUp.Seats {
    private static final Duration PRESENCE_PACE = Duration.ofMillis(50);
    private static final Duration SLOT_PACE = Duration.ofHours(1);

    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Map<ConnectionId, HallMember> members = new LinkedHashMap<>();
    private final Entrance entrance;
    private final KeepingUp keepingUp;
    private final Attendance attendance = new Attendance();
    private final AccessWatch access;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    /// Whose caret was told in a text that is not here yet.
    private final Set<ClientId> ahead = new HashSet<>();
    private boolean presenceDue;
    private boolean presenceAsked;
    private boolean closed;
    private volatile int inside;
    /// The newest revision that was delivered here; a little old to other threads.
    private volatile long newest;
    private String title = "";
    private long emptySinceMillis;
    private long slotsKeptMillis;
    private long busyUntilMillis;

    Hall(DocumentId document, HallContext context) {
        this.document = document;
        this.context = context;
        this.lane = new Lane(document, context.lanes(), this);
        var backlog = new Backlog(document, context, lane);
        this.entrance = new Entrance(document, context, lane, backlog, this);
        this.keepingUp = new KeepingUp(context, lane, backlog, this);
        this.access = new AccessWatch(document, context, lane, this::accessIs);
        this.emptySinceMillis = context.nowMillis();
        this.slotsKeptMillis = emptySinceMillis;
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
        if (!presenceAsked) {
            presenceAsked = true;
            context.present(document).thenAccept(known -> lane.run(() -> known.forEach(this::heard)));
        }
        newest = lane.sequence().head().revision().number();
        entrance.ready();
        presenceChanged();
    }

    @Override
    public boolean isFullFor(Arrival arrival) {
        return attendance.isFullFor(arrival.person().id(), context.mostPeople());
    }

    @Override
    public Set<PersonId> here() {
        return attendance.people();
    }

    @Override
    public void enter(Admitted admitted, Revision from, Optional<List<KnownCommit>> missed) {
        Arrival arrival = admitted.arrival();
        Head head = lane.sequence().head();
        Document text = lane.sequence().document();
        var hash = text.contentHash();
        Set<ClientId> own = new HashSet<>(Set.of(arrival.fresh()));
        arrival.resume().ifPresent(own::add);
        String called = titleFor(admitted.joined());
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
        Role role = member.role();
        Member seated = attendance.enter(new Member(arrival.fresh(), arrival.person(), role, Optional.empty()));
        var frames = new ArrayList<Frame>();
        frames.add(Frames.of(new ServerMessage.Joined(
                document,
                called,
                arrival.fresh(),
                role,
                head.epoch(),
                from,
                head.revision(),
                hash,
                missed.isEmpty(),
                admitted.joined().resumed(),
                othersAtHead(seated.client()),
                context.durability())));
        if (missed.isPresent()) {
            frames.addAll(Frames.missed(
                    missed.get(),
                    own,
                    at -> at.equals(head.revision())
                            ? Optional.of(hash)
                            : lane.sequence().documentAt(at).map(Document::contentHash)));
        } else {
            frames.addAll(Frames.snapshot(text, head.revision()));
        }
        if (members.isEmpty()) {
            access.begins(member.roleVersion());
            title = admitted.joined().title();
        } else {
            access.seen(member.roleVersion());
        }
        members.put(arrival.connection().id(), member);
        inside = members.size();
        arrival.answer().entered();
        member.answer(frames, head.revision());
        keepingUp.keepUp(member);
        presenceChanged();
    }

    /// The newest that is known here: whoever was told an older one by the store came in since.
    private String titleFor(JoinResult.Joined joined) {
        return members.isEmpty() || joined.aclVersion() >= access.version() ? joined.title() : title;
    }

    private List<Member> othersAtHead(ClientId self) {
        return attendance.others(self).stream()
                .map(other -> other.at(other.caret().flatMap(this::atHead)))
                .toList();
    }

    /// A caret as it stands in the newest text, where that can still be told.
    private Optional<CaretAt> atHead(CaretAt told) {
        var since = lane.sequence().recent().after(told.revision());
        if (since.isEmpty()) {
            return Optional.empty();
        }
        Caret caret = told.caret();
        for (KnownCommit commit : since.get()) {
            var delta = commit.committed().change().delta();
            if (!caret.fits(delta.baseLength())) {
                return Optional.empty();
            }
            caret = caret.throughForeign(delta);
        }
        return Optional.of(new CaretAt(lane.sequence().head().revision(), caret));
    }

    private CaretAt placed(CaretAt told) {
        return atHead(told).orElse(told);
    }

    @Override
    public void unavailable(Unavailable why, String sentence) {
        entrance.unavailable(why, sentence);
    }

    @Override
    public void expel(String sentence) {
        for (HallMember member : List.copyOf(members.values())) {
            member.connection.close(Closing.of(CloseReason.RESTARTING));
        }
        entrance.dropped(sentence);
    }

    // --- being in

    /// About how many steps it takes to bring this up to date. For any thread.
    long stepsFor(Submission submission) {
        long behind = Math.clamp(newest - submission.base().number(), 0, Limits.BASE_AGE);
        return submission.change().delta().size() * (behind + 1);
    }

    void submit(ConnectionId from, Submission submission) {
        lane.run(() -> {
            var member = members.get(from);
            if (member == null || member.isFinished()) {
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
        });
    }

    void moveCaret(ConnectionId from, Revision revision, Optional<Caret> caret) {
        lane.run(() -> {
            var member = members.get(from);
            if (member != null) {
                attendance.moved(member.client, caret.map(at -> new CaretAt(revision, at)));
                presenceChanged();
            }
        });
    }

    void rename(ConnectionId from, String wanted) {
        lane.run(() -> {
            var member = members.get(from);
            if (member == null) {
                return;
            }
            if (!member.mayRenameByToken()) {
                member.tell(Frames.of(Renamings.FORBIDDEN));
            } else if (!member.beginsRenaming()) {
                member.tell(Frames.of(Renamings.ONE_AT_A_TIME));
            } else {
                context.lanes()
                        .store()
                        .rename(document, member.person.id(), wanted)
                        .whenComplete((result, failure) -> lane.run(() -> {
                            member.endsRenaming();
                            if (members.get(from) == member) {
                                member.tell(Frames.of(
                                        failure == null
                                                ? Renamings.answer(document, wanted, result)
                                                : Renamings.failed(failure)));
                                if (result == Renaming.RENAMED && member.titleIs(wanted) && !wanted.equals(title)) {
                                    access.changed(); // it may be called something else by now
                                }
                            }
                        }));
            }
        });
    }

    void catchUp(ConnectionId from, Revision revision) {
        lane.run(() -> {
            var member = members.get(from);
            if (member != null) {
                member.startOver(revision);
                keepingUp.keepUp(member);
            }
        });
    }

    void writable(ConnectionId from) {
        lane.run(() -> {
            var member = members.get(from);
            if (member != null) {
                keepingUp.keepUp(member);
            }
        });
    }

    void leave(ConnectionId from) {
        lane.run(() -> {
            var member = members.remove(from);
            if (member != null) {
                member.leave();
                inside = members.size();
                acknowledgements.forget(member.client);
                attendance.leave(member.client);
                presenceChanged();
                context.presence()
                        .remove(document, member.client)
                        .exceptionally(failure -> null)
                        .thenAccept(done -> {});
            }
            if (members.isEmpty()) {
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
            commit.committed()
                    .caret()
                    .ifPresent(at ->
                            attendance.movedByCommit(commit.committed().client(), new CaretAt(commit.revision(), at)));
        }
        Revision before = new Revision(commits.getFirst().revision().number() - 1);
        Revision to = commits.getLast().revision();
        newest = to.number();
        for (HallMember member : members.values()) {
            if (member.given().equals(before)) {
                member.offer(frames, to);
            }
        }
        tellWhoWasAhead();
        noteAcknowledged(commits);
        entrance.admitWhoCan();
    }

    private void noteAcknowledged(List<KnownCommit> commits) {
        context.metrics().delivered(commits.size(), members.size());
        Instant now = context.lanes().clock().instant();
        for (KnownCommit commit : commits) {
            acknowledgements.committed(commit.committed(), now).ifPresent(context.metrics()::acknowledged);
        }
    }

    @Override
    public void hasMissed(HallMember member) {
        member.owe(attendance.everybody()); // carets of single commits are not seen in a range
    }

    @Override
    public void isUpToDate(HallMember member) {
        tellOwed(member);
    }

    @Override
    public void refuse(ClientId client, long seq, Refusal reason, String sentence, Duration retryAfter) {
        context.metrics().refused(reason);
        for (HallMember member : members.values()) {
            if (member.client.equals(client)) {
                if (reason.isFinal()) {
                    member.finish();
                }
                member.tell(Frames.of(new ServerMessage.Refused(seq, reason, sentence, retryAfter.toMillis())));
            }
        }
    }

    // --- presence

    private void presenceChanged() {
        if (!presenceDue && attendance.hasNews()) {
            presenceDue = true;
            context.lanes().timers().after(PRESENCE_PACE, () -> lane.run(this::tellPresence));
        }
    }

    private void tellPresence() {
        presenceDue = false;
        if (lane.sequence().isReady()) { // else it is told when the document is here again
            var news = attendance.takeNews();
            if (!news.isEmpty()) {
                var update = whisper(news);
                context.lanes().feed().publishPresence(document, context.signed(Wire.encode(update)));
            }
        }
    }

    @Override
    public void presence(byte[] message) {
        context.fromOthers(message).ifPresent(this::heard);
    }

    private void heard(PresenceUpdate update) {
        attendance.heard(update, context.nowMillis());
        var about = new LinkedHashSet<>(update.gone());
        update.here().forEach(member -> about.add(member.client()));
        if (lane.sequence().isReady() && !about.isEmpty()) {
            var _ = whisper(about);
        }
    }

    /// Tells everybody here how some people stand. Answers what was told.
    @CanIgnoreReturnValue
    private PresenceUpdate whisper(Set<ClientId> about) {
        var update = news(about);
        Frame frame = Frames.of(update);
        members.values().forEach(member -> member.whisper(frame, about));
        return update;
    }

    /// What a reader that was behind has not heard of.
    private void tellOwed(HallMember member) {
        var owed = member.takeOwed();
        if (!owed.isEmpty()) {
            member.whisper(Frames.of(news(owed)), owed);
        }
    }

    /// How some people stand: with their carets in the text that the newest commit left, which is
    /// the one that whoever keeps up has. A receiver could not do it: a range hides the revisions
    /// inside.
    private PresenceUpdate news(Set<ClientId> about) {
        var update = attendance.about(about, this::placed);
        Revision head = lane.sequence().head().revision();
        for (Member member : update.here()) {
            if (member.caret().filter(told -> told.revision().isAfter(head)).isPresent()) {
                ahead.add(member.client());
            }
        }
        return update;
    }

    /// Other relays may know more: their carets are told again when their revision is here.
    private void tellWhoWasAhead() {
        if (!ahead.isEmpty()) {
            Revision head = lane.sequence().head().revision();
            Set<ClientId> arrived = new HashSet<>(ahead);
            arrived.removeIf(client -> attendance.isAfter(client, head));
            if (!arrived.isEmpty()) {
                ahead.removeAll(arrived);
                whisper(arrived);
            }
        }
    }

    /// Every 10 s: says again who is here.
    void renewPresence() {
        lane.run(() -> {
            if (lane.sequence().isReady()) { // so that none falls behind what is remembered
                attendance.moveOn(this::placed);
            }
            var local = attendance.local();
            keepSlots(local);
            if (!local.isEmpty()) {
                var all = new PresenceUpdate(local, List.of());
                context.lanes().feed().publishPresence(document, context.signed(Wire.encode(all)));
                context.renew(document, local);
            }
        });
    }

    /// Forgets whom nobody will have spoken of for too long by then, so that nobody is seen longer.
    ///
    /// @param untilNext  time until this is called again
    void forgetSilent(Duration untilNext) {
        lane.run(() -> {
            var expired = attendance.expire(context.nowMillis() + untilNext.toMillis());
            if (!expired.isEmpty()) {
                var gone = new PresenceUpdate(List.of(), List.copyOf(expired));
                Frame frame = Frames.of(gone);
                members.values().forEach(member -> member.whisper(frame, expired));
            }
        });
    }

    /// Who stays long does not lose their look to somebody else.
    private void keepSlots(List<Member> local) {
        if (context.nowMillis() - slotsKeptMillis >= SLOT_PACE.toMillis()) {
            slotsKeptMillis = context.nowMillis();
            var here = attendance.people();
            local.forEach(
                    member -> context.seated(document, member.person(), here).thenAccept(done -> {}));
        }
    }

    // --- what the relay's clock brings

    /// Whether the log's end is to be asked for every second. Racy, and good enough.
    boolean isBusy() {
        return context.nowMillis() < busyUntilMillis;
    }

    void seen(HeadSeen seen) {
        lane.run(() -> {
            lane.feed(new SequenceEvent.HeadSeen(seen.head()));
            if (!members.isEmpty()) {
                access.seen(seen.aclVersion());
            }
        });
    }

    @Override
    public void accessChanged() {
        busy(); // were this answer lost, the next second's look at the version asks again
        if (!members.isEmpty()) {
            access.changed();
        }
    }

    @Override
    public void interrupted() {
        busy();
    }

    private void accessIs(Access list) {
        rolesAre(list);
        if (list.version() > 0) {
            boolean other = !list.title().equals(title);
            title = list.title();
            Frame frame = Frames.of(new ServerMessage.Titled(title));
            for (HallMember member : members.values()) {
                if (member.titleIs(title) || other) {
                    member.tell(frame);
                }
            }
        }
    }

    private void rolesAre(Access list) {
        for (HallMember member : List.copyOf(members.values())) {
            if (list.version() > 0 && list.version() < member.roleVersion()) {
                continue; // came in since, with the role of a later list
            }
            Role now = list.roles().get(member.person.id());
            if (now == null) {
                member.tell(Frames.of(new ServerMessage.Failed(FailureCode.NO_ACCESS, Entrance.NO_ACCESS, 0)));
                member.connection.close(Closing.of(CloseReason.NO_ACCESS));
            } else if (member.roleIs(now, list.version())) {
                attendance.roleChanged(member.client, member.role());
                member.tell(Frames.of(new ServerMessage.RoleChanged(member.role())));
                presenceChanged();
            }
        }
    }

    /// Closes the hall where nobody was in it for a while. Whether it is closed.
    void closeIfIdle(Duration idle, Runnable onClosed) {
        lane.run(() -> {
            boolean empty = members.isEmpty() && entrance.isEmpty();
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
        return inside;
    }

    DocumentId document() {
        return document;
    }
}
