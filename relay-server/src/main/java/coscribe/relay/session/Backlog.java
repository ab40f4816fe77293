package coscribe.relay.session;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What somebody missed, however long ago: from what the relay remembers, else from the log. Lives
/// in the document's lane.
final class Backlog {
    private final DocumentId document;
    private final HallContext context;
    private final Lane lane;

    sealed interface Found {
        /// Everything up to the relay's head.
        record Commits(List<KnownCommit> all) implements Found {}

        /// The log does not reach back so far, or there is too much of it.
        record TooFar() implements Found {}

        record Failed(Throwable failure) implements Found {}

        /// The relay dropped its copy meanwhile.
        record Dropped() implements Found {}
    }

    Backlog(DocumentId document, HallContext context, Lane lane) {
        this.document = document;
        this.context = context;
        this.lane = lane;
    }

    /// Only when the sequence is ready.
    ///
    /// @param then  told in the lane; before this returns, where the relay remembers it all
    void after(Revision from, Consumer<Found> then) {
        var remembered = lane.sequence().recent().after(from);
        if (remembered.isPresent()) {
            then.accept(new Found.Commits(remembered.get()));
        } else {
            read(from, new ArrayList<>(), then);
        }
    }

    private void read(Revision from, List<KnownCommit> soFar, Consumer<Found> then) {
        Revision at = soFar.isEmpty() ? from : soFar.getLast().revision();
        context.readLog(document, at)
                .whenComplete((read, failure) -> lane.run(() -> {
                    if (failure != null) {
                        then.accept(new Found.Failed(failure));
                    } else if (!lane.sequence().isReady()) {
                        then.accept(new Found.Dropped());
                    } else {
                        soFar.addAll(read);
                        goOn(from, soFar, read.isEmpty(), then);
                    }
                }));
    }

    private void goOn(Revision from, List<KnownCommit> soFar, boolean outOfReach, Consumer<Found> then) {
        Revision head = lane.sequence().head().revision();
        while (!soFar.isEmpty() && soFar.getLast().revision().isAfter(head)) {
            soFar.removeLast(); // other relays' commits that this one will hear of, and deliver
        }
        Revision reached = soFar.isEmpty() ? from : soFar.getLast().revision();
        var rest = lane.sequence().recent().after(reached);
        if (rest.isPresent()) {
            soFar.addAll(rest.get());
            then.accept(new Found.Commits(soFar));
        } else if (outOfReach || soFar.size() > HallContext.BACKFILL_COMMITS) {
            then.accept(new Found.TooFar());
        } else {
            read(from, soFar, then);
        }
    }
}
