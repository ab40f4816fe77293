package coscribe.relay.session;

import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.protocol.Submission;
import coscribe.ot.wire.Wire;
import coscribe.relay.presence.Attendance;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.sequencing.LaneListener;
import coscribe.relay.sequencing.SequenceEvent;
import coscribe.relay.sequencing.Waiting;
import coscribe.relay.store.DocumentStore.HeadSeen;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the people of one document meet at this relay: who comes in and what they missed, who gets
/// what is committed. Everything here runs in the document's lane; the public methods hand over to
/// it.
final class Hall implements LaneListener {
    private static final Duration PRESENCE_PACE = Duration.ofMillis(50);

    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Map<ConnectionId, HallMember> members = new LinkedHashMap<>();
    private final List<Arrival> untilReady = new ArrayList<>();
    private final List<Admitted> untilHead = new ArrayList<>();
    private final Attendance attendance = new Attendance();
    private boolean presenceDue;
    private boolean presenceAsked;
    private boolean closed;
    private int joining;
    private long aclVersion;
    private long emptySinceMillis;
    private long busyUntilMillis;

    private record Admitted(Arrival arrival, JoinResult.Joined joined, Revision needs) {}

    Hall(DocumentId document, HallContext context) {
        this.document = document;
        this.context = context;
        this.lane = new Lane(document, context.lanes(), this);
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
            untilReady.add(arrival);
            lane.feed(new SequenceEvent.Opened());
        });
    }

    @Override
    public void ready() {
        if (!presenceAsked) {
            presenceAsked = true;
            context.present(document)
                    .thenAccept(known ->
                            lane.run(() -> known.forEach(update -> attendance.heard(update, context.nowMillis()))));
        }
        var arrived = List.copyOf(untilReady);
        untilReady.clear();
        arrived.forEach(this::join);
        admitWhoCan();
    }

    private void join(Arrival arrival) {
        joining++;
        context.lanes()
                .store()
                .join(
                        document,
                        arrival.person().id(),
                        arrival.device(),
                        arrival.fresh(),
                        arrival.resume(),
                        arrival.grant())
                .whenComplete((result, failure) -> lane.run(() -> {
                    joining--;
                    if (failure != null) {
                        arrival.answer()
                                .refused(FailureCode.STORE_AWAY, "The relay's store does not answer. Try again.");
                    } else {
                        joined(arrival, result);
                    }
                }));
    }

    private void joined(Arrival arrival, JoinResult result) {
        switch (result) {
            case JoinResult.NoAccess() -> arrival.answer().refused(FailureCode.NO_ACCESS, NO_ACCESS);
            case JoinResult.Joined joined -> {
                if (attendance.isFullFor(arrival.person().id(), context.mostPeople())) {
                    arrival.answer()
                            .refused(
                                    FailureCode.LIMIT,
                                    "'" + joined.title() + "' already has " + context.mostPeople()
                                            + " people in it. Nothing was changed; you will join by yourself when"
                                            + " there is room.");
                    return;
                }
                Revision needs = joined.head().revision();
                if (joined.resumed() instanceof Resumed.At at && at.revision().isAfter(needs)) {
                    needs = at.revision();
                }
                untilHead.add(new Admitted(arrival, joined, needs));
                if (lane.sequence().isReady()) {
                    lane.feed(new SequenceEvent.HeadSeen(joined.head()));
                }
                admitWhoCan();
            }
        }
    }

    private static final String NO_ACCESS =
            "There is no such document, or it was not shared with you. Ask the person who sent you here.";

    /// Lets in everybody whose newest known revision this relay has, too.
    private void admitWhoCan() {
        if (!lane.sequence().isReady()) {
            return;
        }
        Head head = lane.sequence().head();
        var now = new ArrayList<Admitted>();
        untilHead.removeIf(admitted -> {
            boolean can = !admitted.needs().isAfter(head.revision());
            if (can) {
                now.add(admitted);
            }
            return can;
        });
        now.forEach(this::admit);
    }

    private void admit(Admitted admitted) {
        Arrival arrival = admitted.arrival();
        Head head = lane.sequence().head();
        var known = arrival.known()
                .filter(had ->
                        had.epoch().equals(head.epoch()) && !had.revision().isAfter(head.revision()));
        if (known.isPresent()) {
            Revision from = known.get().revision();
            var recent = lane.sequence().recent().after(from);
            if (recent.isPresent()) {
                boolean same = !from.equals(head.revision())
                        || known.get()
                                .contentHash()
                                .equals(lane.sequence().document().contentHash());
                if (same) {
                    welcome(admitted, from, Optional.of(recent.get()));
                } else {
                    welcome(admitted, head.revision(), Optional.empty());
                }
            } else {
                backfill(admitted, from, new ArrayList<>());
            }
        } else {
            welcome(admitted, head.revision(), Optional.empty());
        }
    }

    /// What the newcomer missed reaches further back than this relay remembers: the rest is in the
    /// log.
    private void backfill(Admitted admitted, Revision from, List<KnownCommit> soFar) {
        Revision at = soFar.isEmpty() ? from : soFar.getLast().revision();
        context.readLog(document, at)
                .whenComplete((read, failure) -> lane.run(() -> {
                    if (failure != null) {
                        admitted.arrival()
                                .answer()
                                .refused(FailureCode.STORE_AWAY, "The relay's store does not answer.");
                        return;
                    }
                    if (!lane.sequence().isReady()) {
                        admitted.arrival()
                                .answer()
                                .refused(FailureCode.STORE_AWAY, "The document is being loaded again.");
                        return;
                    }
                    soFar.addAll(read);
                    Revision reached = soFar.isEmpty() ? from : soFar.getLast().revision();
                    var rest = lane.sequence().recent().after(reached);
                    if (rest.isPresent()) {
                        soFar.addAll(rest.get());
                        welcome(admitted, from, Optional.of(soFar));
                    } else if (read.isEmpty() || soFar.size() > HallContext.BACKFILL_COMMITS) {
                        welcome(admitted, lane.sequence().head().revision(), Optional.empty());
                    } else {
                        backfill(admitted, from, soFar);
                    }
                }));
    }

    /// @param missed  every commit after `from`; empty: the whole document instead
    private void welcome(Admitted admitted, Revision from, Optional<List<KnownCommit>> missed) {
        Arrival arrival = admitted.arrival();
        Head head = lane.sequence().head();
        Document text = lane.sequence().document();
        var hash = text.contentHash();
        Set<ClientId> own = new HashSet<>(Set.of(arrival.fresh()));
        arrival.resume().ifPresent(own::add);
        var member = new HallMember(
                arrival.connection(),
                arrival.fresh(),
                own,
                arrival.person(),
                arrival.ceiling(),
                admitted.joined().role(),
                from);
        Role role = member.role();
        Member seated = attendance.enter(new Member(arrival.fresh(), arrival.person(), role, Optional.empty()));
        var frames = new ArrayList<Frame>();
        frames.add(Frames.of(new ServerMessage.Joined(
                document,
                admitted.joined().title(),
                arrival.fresh(),
                role,
                head.epoch(),
                from,
                head.revision(),
                hash,
                missed.isEmpty(),
                admitted.joined().resumed(),
                attendance.others(seated.client()),
                context.durability())));
        if (missed.isPresent()) {
            frames.addAll(Frames.missed(missed.get(), own, hash));
        } else {
            frames.addAll(Frames.snapshot(text, head.revision()));
        }
        aclVersion = Math.max(aclVersion, admitted.joined().aclVersion());
        members.put(arrival.connection().id(), member);
        arrival.answer().entered();
        member.answer(frames, head.revision());
        keepUp(member);
        presenceChanged();
    }

    @Override
    public void unavailable(boolean away, String sentence) {
        var arrived = List.copyOf(untilReady);
        untilReady.clear();
        FailureCode code = away
                ? FailureCode.STORE_AWAY
                : sentence.startsWith("There is no such") ? FailureCode.NO_ACCESS : FailureCode.DAMAGED;
        for (Arrival arrival : arrived) {
            arrival.answer().refused(code, code == FailureCode.NO_ACCESS ? NO_ACCESS : sentence);
        }
    }

    @Override
    public void expel(String sentence) {
        for (HallMember member : List.copyOf(members.values())) {
            member.connection.close(Closing.of(CloseReason.RESTARTING));
        }
        for (Admitted admitted : List.copyOf(untilHead)) {
            admitted.arrival().answer().refused(FailureCode.STORE_AWAY, sentence);
        }
        untilHead.clear();
        if (!untilReady.isEmpty()) {
            lane.run(() -> lane.feed(new SequenceEvent.Opened()));
        }
    }

    // --- being in

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

    void catchUp(ConnectionId from, Revision revision) {
        lane.run(() -> {
            var member = members.get(from);
            if (member != null) {
                member.startOver(revision);
                keepUp(member);
            }
        });
    }

    void writable(ConnectionId from) {
        lane.run(() -> {
            var member = members.get(from);
            if (member != null) {
                keepUp(member);
            }
        });
    }

    void leave(ConnectionId from) {
        lane.run(() -> {
            var member = members.remove(from);
            if (member != null) {
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
        for (HallMember member : members.values()) {
            if (member.given().equals(before)) {
                member.offer(frames, to);
            }
        }
        context.metrics().delivered(commits.size(), members.size());
        admitWhoCan();
    }

    /// Writes what a member still has to get; composes what it missed meanwhile.
    private void keepUp(HallMember member) {
        while (member.pump()) {
            if (!lane.sequence().isReady()) {
                return;
            }
            Revision head = lane.sequence().head().revision();
            if (!head.isAfter(member.given())) {
                if (!member.keepsUp()) {
                    member.answer(List.of(), member.given());
                }
                return;
            }
            var missed = lane.sequence().recent().after(member.given());
            if (missed.isEmpty()) {
                member.connection.close(Closing.of(CloseReason.TOO_SLOW));
                return;
            }
            context.metrics().rangeSent(missed.get().size());
            member.answer(
                    Frames.missed(
                            missed.get(), member.own, lane.sequence().document().contentHash()),
                    head);
        }
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
        attendance.takeNews().ifPresent(news -> {
            byte[] message = Wire.encode(news);
            Frame frame = Frame.text(message);
            members.values().forEach(member -> member.whisper(frame));
            context.lanes().feed().publishPresence(document, context.signed(message));
        });
    }

    @Override
    public void presence(byte[] message) {
        context.fromOthers(message).ifPresent(update -> {
            attendance.heard(update, context.nowMillis());
            Frame frame = Frames.of(update);
            members.values().forEach(member -> member.whisper(frame));
        });
    }

    /// Every 10 s: says again who is here, and forgets whom nobody speaks of.
    void renewPresence() {
        lane.run(() -> {
            var local = attendance.local();
            if (!local.isEmpty()) {
                var all = new ServerMessage.PresenceUpdate(local, List.of());
                context.lanes().feed().publishPresence(document, context.signed(Wire.encode(all)));
                context.renew(document, local);
            }
            var expired = attendance.expire(context.nowMillis());
            if (!expired.isEmpty()) {
                Frame frame = Frames.of(new ServerMessage.PresenceUpdate(List.of(), expired));
                members.values().forEach(member -> member.whisper(frame));
            }
        });
    }

    // --- what the relay's clock brings

    /// Whether the log's end is to be asked for every second. Racy, and good enough.
    boolean isBusy() {
        return context.nowMillis() < busyUntilMillis;
    }

    void seen(HeadSeen seen) {
        lane.run(() -> {
            lane.feed(new SequenceEvent.HeadSeen(seen.head()));
            if (seen.aclVersion() != aclVersion) {
                aclVersion = seen.aclVersion();
                context.lanes().store().access(document).whenComplete((access, failure) -> {
                    if (failure == null) {
                        lane.run(() -> rolesAre(access.roles()));
                    }
                });
            }
        });
    }

    private void rolesAre(Map<PersonId, Role> roles) {
        for (HallMember member : List.copyOf(members.values())) {
            Role now = roles.get(member.person.id());
            if (now == null) {
                member.tell(Frames.of(new ServerMessage.Failed(FailureCode.NO_ACCESS, NO_ACCESS, 0)));
                member.connection.close(Closing.of(CloseReason.NO_ACCESS));
            } else if (member.roleIs(now)) {
                attendance.roleChanged(member.client, member.role());
                member.tell(Frames.of(new ServerMessage.RoleChanged(member.role())));
                presenceChanged();
            }
        }
    }

    /// Closes the hall where nobody was in it for a while. Whether it is closed.
    void closeIfIdle(Duration idle, Runnable onClosed) {
        lane.run(() -> {
            boolean empty = members.isEmpty() && untilReady.isEmpty() && untilHead.isEmpty() && joining == 0;
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

    int size() {
        return members.size();
    }

    DocumentId document() {
        return document;
    }
}
