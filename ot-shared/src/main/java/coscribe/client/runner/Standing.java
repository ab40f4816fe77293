package coscribe.client.runner;

import coscribe.client.journal.Journal;
import coscribe.client.link.LinkLoss;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.session.JournalRecord;
import coscribe.ot.session.Phase;
import coscribe.ot.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// How a document stands with its relay, for a person to read: what happens is noted as it happens,
/// and a {@link Status} is made of it. At home.
final class Standing {
    private final InstantSource clock;
    private final EditCounter edits = new EditCounter();
    private Journal.State journal;
    private Optional<Journal.State.Failing> owed = Optional.empty();
    private Instant retryAt = Instant.EPOCH;
    private Optional<LinkLoss> loss = Optional.empty();
    private boolean storeFull;
    private Optional<Instant> savedAt = Optional.empty();
    private Optional<ServerMessage.Durability> durability = Optional.empty();
    private Optional<Duration> roundTrip = Optional.empty();
    private Optional<Instant> heardAt = Optional.empty();
    private Optional<Merge> merging = Optional.empty();
    private Optional<Status.Merged> merged = Optional.empty();

    /// A return from being away: what waited, where the document stood, and how many commits since
    /// then were this writer's.
    private record Merge(int waited, long revision, long own) {}

    Standing(Journal opened, InstantSource clock) {
        this.clock = clock;
        this.journal = opened.state();
        opened.opening().records().forEach(entry -> edits.noted(entry, false, clock.instant()));
    }

    // --- the journal

    Journal.State journal() {
        return owed.isPresent() ? owed.get() : journal;
    }

    /// The disk does not take a copy; empty: it took all of them. Whether that is another state than
    /// before.
    boolean copyOwed(Optional<Journal.State.Failing> how) {
        boolean other = !how.equals(owed);
        owed = how;
        return other;
    }

    /// Whether that is another state than before.
    boolean journalIs(Journal.State state) {
        boolean other = !state.equals(journal);
        journal = state;
        return other;
    }

    /// @param more  the session still holds something unsent after this record
    void noted(JournalRecord entry, boolean more) {
        edits.noted(entry, more, clock.instant());
        // Asked anew, the relay says anew that its store is full.
        storeFull &= !(entry instanceof JournalRecord.Acknowledged || entry instanceof JournalRecord.Entered);
        if (entry instanceof JournalRecord.Acknowledged) {
            merging = merging.map(was -> new Merge(was.waited(), was.revision(), was.own() + 1));
        }
    }

    /// A step was taken, from one session to the other.
    void settle(Session before, Session after) {
        if (after.allSaved()) {
            edits.allSaved();
        }
        if (after.allSaved() && !before.allSaved() && edits.count() == 0) {
            savedAt = Optional.of(clock.instant());
        }
        if (merging.isPresent() && after.allSaved()) {
            var was = merging.get();
            long added = after.revision().number() - was.revision() - was.own();
            merged = Optional.of(new Status.Merged(was.waited(), Math.max(0, added)));
            merging = Optional.empty();
        }
    }

    // --- the link

    void up() {
        loss = Optional.empty();
        heard();
    }

    void heard() {
        heardAt = Optional.of(clock.instant());
    }

    void answered(Duration took) {
        heard();
        roundTrip = Optional.of(took);
    }

    /// The relay lets this person in, on what the session held until now.
    void joined(ServerMessage.Joined joined, Session held) {
        durability = Optional.of(joined.durability());
        merging = held.hasDocument() && edits.count() > 0
                ? Optional.of(new Merge(edits.count(), held.revision().number(), 0))
                : Optional.empty();
    }

    void refused(Optional<Refusal> why) {
        storeFull |= why.equals(Optional.of(Refusal.STORE_FULL));
    }

    void lost(LinkLoss how) {
        loss = Optional.of(how);
    }

    void retryAt(Instant next) {
        retryAt = next;
    }

    // --- all of it

    /// What kind of contact there is with the relay, where nobody closed the document and nobody
    /// wants to be offline.
    Status.Contact contact(Session session) {
        return switch (session.phase()) {
            case Phase.Idle() -> new Status.Contact.None();
            case Phase.Waiting(int attempts) -> new Status.Contact.Waiting(attempts, retryAt, loss);
            case Phase.Connecting(int attempts) -> new Status.Contact.Connecting(attempts);
            case Phase.Joining(int attempts) -> new Status.Contact.Connecting(attempts);
            case Phase.CatchingUp ignored -> new Status.Contact.CatchingUp();
            case Phase.Live() -> storeFull ? new Status.Contact.Full() : new Status.Contact.Live();
            case Phase.Stopped(var code, var sentence) -> new Status.Contact.Stopped(code, sentence);
        };
    }

    /// @param isConnected  there is a connection now
    Status status(Session session, Status.Contact contact, boolean isConnected) {
        return new Status(
                contact,
                journal(),
                Math.max(edits.count(), session.allSaved() ? 0 : 1),
                edits.since(),
                savedAt,
                session.role(),
                durability,
                roundTrip,
                isConnected && isUp(session) ? Optional.empty() : heardAt,
                merged);
    }

    private static boolean isUp(Session session) {
        return session.phase() instanceof Phase.Live || session.phase() instanceof Phase.CatchingUp;
    }
}
