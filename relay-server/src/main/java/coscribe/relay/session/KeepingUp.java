package coscribe.relay.session;

import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Revision;
import coscribe.relay.sequencing.Lane;
import coscribe.relay.sequencing.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Brings readers that lag up to date: a slow reader costs a composed range, not a queue. However
/// far behind it is, it is not sent away for that; only the transport does, where nothing at all is
/// read for its stall limit. Lives in the document's lane.
final class KeepingUp {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final HallContext context;
    private final Lane lane;
    private final Backlog backlog;
    private final Seats seats;

    /// The hall behind.
    interface Seats {
        /// A member gets what it missed as a range, perhaps.
        void hasMissed(HallMember member);

        /// A member was handed everything that there is.
        void isUpToDate(HallMember member);
    }

    KeepingUp(HallContext context, Lane lane, Backlog backlog, Seats seats) {
        this.context = context;
        this.lane = lane;
        this.backlog = backlog;
        this.seats = seats;
    }

    /// Writes what a member still has to get; composes what it missed meanwhile.
    void keepUp(HallMember member) {
        if (member.hasLeft()
                || member.isLookedUp()
                || !member.pump()
                || !lane.sequence().isReady()) {
            return;
        }
        Revision from = member.given();
        if (lane.sequence().head().revision().isAfter(from)) {
            member.lookedUp(true);
            backlog.after(from, found -> {
                member.lookedUp(false);
                found(member, from, found);
            });
        } else {
            if (!member.keepsUp()) {
                member.answer(List.of(), from);
            }
            seats.isUpToDate(member);
        }
    }

    private void found(HallMember member, Revision from, Backlog.Found found) {
        if (!member.given().equals(from)) {
            keepUp(member); // it asked to begin elsewhere meanwhile
            return;
        }
        switch (found) {
            case Backlog.Found.Commits(var missed) -> {
                context.metrics().rangeSent(missed.size());
                member.answer(
                        Frames.missed(missed, member.own, this::hashAt),
                        lane.sequence().head().revision());
                seats.hasMissed(member);
                keepUp(member);
            }
            case Backlog.Found.TooFar() -> member.connection.close(Closing.of(CloseReason.TOO_SLOW));
            case Backlog.Found.Failed(var failure) -> {
                switch (Unavailable.of(Unavailable.cause(failure))) {
                    case AWAY -> context.lanes().timers().after(LOOK_AGAIN, () -> lane.run(() -> keepUp(member)));
                    case DAMAGED, ABSENT -> member.connection.close(Closing.of(CloseReason.RESTARTING));
                }
            }
            case Backlog.Found.Dropped() -> {} // everybody was sent out
        }
    }

    private Optional<ContentHash> hashAt(Revision revision) {
        return lane.sequence().documentAt(revision).map(Document::contentHash);
    }
}
