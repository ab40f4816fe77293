package coscribe.relay.session;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.store.Head;
import coscribe.relay.store.PresenceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Every document that is open at this relay, and the relay's own beat: each second the log's ends
/// are asked for (of quiet documents each 10 s), so that what the feed lost is found, and who
/// is not heard of any more is forgotten; each 10 s presence is renewed and idle documents leave.
public final class Halls {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int QUIET_BEATS = 10;

    private final HallContext context;
    private final ConcurrentMap<DocumentId, Hall> open = new ConcurrentHashMap<>();
    private volatile boolean running;
    private long beats;

    /// @param steady      goes on evenly, whatever the relay's clock is set to
    /// @param names       of people who wrote and are away
    /// @param mostPeople  in one document at once, as far as this relay knows
    public Halls(
            LaneContext lanes,
            InstantSource steady,
            PresenceStore presence,
            Names names,
            Durability durability,
            int mostPeople,
            SessionMetrics metrics) {
        this.context = new HallContext(lanes, steady, presence, names, durability, mostPeople, metrics);
    }

    public void start() {
        running = true;
        schedule();
    }

    public void stop() {
        running = false;
    }

    /// How many documents are open.
    public int openDocuments() {
        return open.size();
    }

    /// How many people are in documents at this relay now, once for each window.
    public int people() {
        return open.values().stream().mapToInt(Hall::size).sum();
    }

    HallContext context() {
        return context;
    }

    void arrive(DocumentId document, Arrival arrival) {
        Hall hall = open.computeIfAbsent(document, id -> new Hall(id, context));
        hall.arrive(arrival, () -> {
            open.remove(document, hall);
            arrive(document, arrival);
        });
    }

    private void schedule() {
        context.lanes().timers().after(BEAT, () -> {
            if (running) {
                beat();
                schedule();
            }
        });
    }

    private void beat() {
        boolean all = ++beats % QUIET_BEATS == 0;
        var asked = new HashMap<DocumentId, Optional<Head>>();
        for (Hall hall : open.values()) {
            hall.forgetSilent(BEAT);
            if (all || hall.isBusy()) {
                asked.put(hall.document(), hall.standsAt());
            }
            if (all) {
                hall.renewPresence();
                hall.closeIfIdle(IDLE, () -> open.remove(hall.document(), hall));
            }
        }
        if (!asked.isEmpty()) {
            context.lanes().store().heads(asked.keySet()).whenComplete((heads, failure) -> {
                if (failure == null) {
                    heads.forEach((document, seen) -> {
                        Hall hall = open.get(document);
                        if (hall != null) {
                            hall.seen(seen, asked.getOrDefault(document, Optional.empty()));
                        }
                    });
                }
            });
        }
    }
}
