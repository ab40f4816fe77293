package coscribe.relay.session;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.sequencing.SequenceEvent;
import coscribe.relay.sequencing.Unavailable;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where people wait to be let into a hall: until the document is loaded, until the store has said
/// who they are here, until this relay has every revision that the store told them of, and until
/// what they missed is found. What the store said of them holds in the history in which it said it:
/// where the store went back meanwhile, it is asked again. Lives in the document's lane.
final class Entrance {
    static final String NO_ACCESS =
            "There is no such document, or it was not shared with you. Ask the person who sent you here.";

    /// How long somebody waits for a revision that the store told of.
    private static final Duration HEAD_WITHIN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final String STORE_AWAY = "The relay's store does not answer. Try again.";
    private static final String STORE_FULL =
            "The relay's store is full. Nothing was changed; you will join by yourself when there is room.";

    private static final String STORE_UNSAFE =
            "The relay's store can't keep anything safe now. Nothing was lost; you will join by yourself when it can.";

    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;
    private final Backlog backlog;
    private final Door door;
    private final List<Arrival> untilReady = new ArrayList<>();
    private final List<Admitted> untilHead = new ArrayList<>();
    /// Answers about somebody that are still to come.
    private int asked;

    /// Somebody whom the store knows here. `needs` is the newest revision that it told of.
    record Admitted(Arrival arrival, JoinResult.Joined joined, Revision needs) {}

    /// The hall behind.
    interface Door {
        boolean isFullFor(Arrival arrival);

        /// Who is in the document.
        Set<PersonId> here();

        /// @param missed  every commit after `from`; empty: the whole document instead
        void enter(Admitted admitted, Revision from, Optional<List<KnownCommit>> missed);
    }

    Entrance(DocumentId document, HallContext context, Lane lane, Backlog backlog, Door door) {
        this.document = document;
        this.context = context;
        this.lane = lane;
        this.backlog = backlog;
        this.door = door;
    }

    boolean isEmpty() {
        return untilReady.isEmpty() && untilHead.isEmpty() && asked == 0;
    }

    void arrive(Arrival arrival) {
        untilReady.add(arrival);
        lane.feed(new SequenceEvent.Opened());
    }

    /// The document is loaded.
    void ready() {
        var arrived = List.copyOf(untilReady);
        untilReady.clear();
        arrived.forEach(this::join);
        admitWhoCan();
    }

    private void join(Arrival arrival) {
        asked++;
        var before = lane.sequence().standsAt();
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
                    asked--;
                    if (failure != null) {
                        refused(arrival, failure);
                    } else {
                        joined(arrival, result, before);
                    }
                }));
    }

    /// Asks how somebody whom the store knows is to look here, and lets them in then.
    private void seat(Admitted admitted) {
        asked++;
        context.seated(document, admitted.arrival().person(), door.here())
                .thenAccept(person -> lane.run(() -> {
                    asked--;
                    if (!lane.sequence().isReady()) {
                        arrive(admitted.arrival());
                        return;
                    }
                    awaitHead(new Admitted(admitted.arrival().as(person), admitted.joined(), admitted.needs()));
                }));
    }

    /// The log is being read, and others may write; but a store that went back since may never get so far again.
    private void awaitHead(Admitted admitted) {
        untilHead.add(admitted);
        admitWhoCan();
        if (untilHead.contains(admitted)) {
            context.lanes()
                    .timers()
                    .after(
                            HEAD_WITHIN,
                            () -> lane.run(() -> {
                                if (untilHead.remove(admitted)) {
                                    arrive(admitted.arrival());
                                }
                            }));
        }
    }

    private void refused(Arrival arrival, Throwable failure) {
        var cause = Unavailable.cause(failure);
        switch (Unavailable.of(cause)) {
            case DAMAGED -> {
                LOG.error("event=join_failed doc={}", document, cause);
                arrival.answer().refused(FailureCode.DAMAGED, Unavailable.DAMAGED_SENTENCE);
            }
            case AWAY, ABSENT -> {
                LOG.warn("event=join_failed doc={} cause={}", document, cause.getMessage());
                arrival.answer()
                        .refused(
                                FailureCode.STORE_AWAY,
                                switch (cause) {
                                    case StoreFullException _ -> STORE_FULL;
                                    case StoreUnsafeException _ -> STORE_UNSAFE;
                                    default -> STORE_AWAY;
                                });
            }
        }
    }

    private void joined(Arrival arrival, JoinResult result, Optional<Head> before) {
        switch (result) {
            case JoinResult.NoAccess() -> arrival.answer().refused(FailureCode.NO_ACCESS, NO_ACCESS);
            case JoinResult.Joined joined -> {
                if (door.isFullFor(arrival)) {
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
                if (lane.sequence().isReady()) {
                    lane.feed(new SequenceEvent.HeadSeen(joined.head(), before));
                }
                if (lane.sequence().isReady()) {
                    seat(new Admitted(arrival, joined, needs));
                } else {
                    arrive(arrival); // the copy was dropped meanwhile: what the store said counts for another one
                }
            }
        }
    }

    /// Lets in everybody whose newest known revision this relay has, too.
    void admitWhoCan() {
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
        Head head = lane.sequence().head();
        var known = admitted.arrival()
                .known()
                .filter(had ->
                        had.epoch().equals(head.epoch()) && !had.revision().isAfter(head.revision()));
        if (known.isEmpty()) {
            enter(admitted, head.revision(), Optional.empty());
            return;
        }
        Revision from = known.get().revision();
        boolean differs = from.equals(head.revision())
                && !known.get().contentHash().equals(lane.sequence().document().contentHash());
        if (differs) {
            enter(admitted, head.revision(), Optional.empty());
        } else {
            asked++;
            backlog.after(from, found -> {
                asked--;
                enter(admitted, from, found);
            });
        }
    }

    private void enter(Admitted admitted, Revision from, Backlog.Found found) {
        switch (found) {
            case Backlog.Found.Commits(var missed) -> enter(admitted, from, Optional.of(missed));
            case Backlog.Found.TooFar() ->
                enter(admitted, lane.sequence().head().revision(), Optional.empty());
            case Backlog.Found.Failed(var failure) -> refused(admitted.arrival(), failure);
            case Backlog.Found.Dropped() -> admitted.arrival().answer().refused(FailureCode.STORE_AWAY, STORE_AWAY);
        }
    }

    private void enter(Admitted admitted, Revision from, Optional<List<KnownCommit>> missed) {
        if (lane.sequence().wentThrough(admitted.joined().head())) {
            door.enter(admitted, from, missed);
        } else {
            untilReady.add(admitted.arrival()); // the store told them of another history
            openSoon();
        }
    }

    /// The document cannot be had.
    void unavailable(Unavailable why, String sentence) {
        var arrived = List.copyOf(untilReady);
        untilReady.clear();
        for (Arrival arrival : arrived) {
            switch (why) {
                case AWAY -> arrival.answer().refused(FailureCode.STORE_AWAY, sentence);
                case ABSENT -> arrival.answer().refused(FailureCode.NO_ACCESS, NO_ACCESS);
                case DAMAGED -> arrival.answer().refused(FailureCode.DAMAGED, sentence);
            }
        }
    }

    /// This relay's copy was dropped: who waits for a revision of it must come again, who waits for
    /// it to be loaded still does.
    void dropped(String sentence) {
        var waiting = List.copyOf(untilHead);
        untilHead.clear();
        waiting.forEach(admitted -> admitted.arrival().answer().refused(FailureCode.STORE_AWAY, sentence));
        if (!untilReady.isEmpty()) {
            openSoon();
        }
    }

    /// Once what is being done now is done.
    private void openSoon() {
        lane.run(() -> lane.feed(new SequenceEvent.Opened()));
    }
}
