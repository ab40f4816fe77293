package coscribe.relay.sequencing;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.sequencing.SequenceEffect.KeepSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one document's snapshots, each from one relay: the one that made the commit keeps it at once.
/// The others look later, each at another time, whether it is there, for that one may have died. Only
/// in the document's lane.
final class Snapshots {
    /// How long the relay that made the commit has; a random time up to as much again is added.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final DocumentId document;
    private final LaneContext context;
    private final Executor lane;
    /// The newest one that is left to another relay, until a look has found it or kept it.
    private Optional<KeepSnapshot> left = Optional.empty();

    Snapshots(DocumentId document, LaneContext context, Executor lane) {
        this.document = document;
        this.context = context;
        this.lane = lane;
    }

    void due(KeepSnapshot due) {
        if (due.own()) {
            keep(due);
            return;
        }
        boolean waits = left.isPresent();
        left = Optional.of(due);
        if (!waits) {
            lookLater(due);
        }
    }

    private void lookLater(KeepSnapshot wanted) {
        var jitter = Duration.ofNanos(context.random().nextLong(PATIENCE.toNanos()));
        context.timers().after(PATIENCE.plus(jitter), () -> lane.execute(() -> look(wanted)));
    }

    private void look(KeepSnapshot wanted) {
        context.store()
                .snapshotRevision(document)
                .whenComplete((kept, failure) -> lane.execute(() -> {
                    if (failure == null) {
                        found(wanted, kept);
                    } else {
                        failed(failure);
                        left = Optional.empty();
                    }
                }));
    }

    /// @param wanted  the newest one that was left to others when the look was put off
    private void found(KeepSnapshot wanted, Optional<Revision> kept) {
        var newest = left.orElseThrow();
        if (kept.isEmpty() || !newest.revision().isAfter(kept.get())) {
            left = Optional.empty();
        } else if (newest == wanted) {
            left = Optional.empty();
            keep(newest);
        } else {
            lookLater(newest); // it came due meanwhile
        }
    }

    private void keep(KeepSnapshot due) {
        context.background()
                .execute(() -> context.store()
                        .keepSnapshot(
                                document,
                                due.revision(),
                                due.chain(),
                                context.codec().encode(due.document()))
                        .exceptionally(failure -> {
                            failed(failure);
                            return null;
                        }));
    }

    private void failed(Throwable failure) {
        LOG.warn(
                "event=snapshot_failed doc={} cause={}",
                document,
                Unavailable.cause(failure).getMessage());
    }
}
