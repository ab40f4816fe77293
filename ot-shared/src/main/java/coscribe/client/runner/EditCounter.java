package coscribe.client.runner;

import coscribe.ot.session.JournalRecord;
import java.time.Instant;
import java.util.Optional;

/// How many of the writer's undo steps are not acknowledged, by what the session notes. A change
/// that joins the step before it counts with it.
final class EditCounter {
    private int unsent;
    private int inFlight;
    private Optional<Instant> unsentSince = Optional.empty();
    private Optional<Instant> inFlightSince = Optional.empty();

    int count() {
        return unsent + inFlight;
    }

    /// When the oldest of them was made.
    Optional<Instant> since() {
        return inFlightSince.or(() -> unsentSince);
    }

    /// Everything is acknowledged. What edits took back themselves, or others' changes left nothing
    /// of, was never sent.
    void allSaved() {
        unsent = 0;
        inFlight = 0;
        unsentSince = Optional.empty();
        inFlightSince = Optional.empty();
    }

    /// @param more   the session still holds something unsent after this record
    void noted(JournalRecord entry, boolean more, Instant now) {
        switch (entry) {
            case JournalRecord.Edited edited -> {
                unsent += edited.joinsStep() && unsent > 0 ? 0 : 1;
                unsentSince = unsentSince.or(() -> Optional.of(now));
            }
            case JournalRecord.Sent ignored -> {
                inFlight = more ? Math.max(0, unsent - 1) : unsent;
                unsent -= inFlight;
                inFlightSince = unsentSince;
                unsentSince = more ? unsentSince : Optional.empty();
            }
            case JournalRecord.Entered _, JournalRecord.Unsent _ -> {
                unsent += inFlight;
                inFlight = 0;
                unsentSince = since();
                inFlightSince = Optional.empty();
            }
            case JournalRecord.Acknowledged ignored -> {
                inFlight = 0;
                inFlightSince = Optional.empty();
            }
            case JournalRecord.Checkpoint checkpoint -> {
                unsent = 0;
                inFlight = 0;
                checkpoint.then().forEach(pending -> noted(pending, more, now));
            }
            case JournalRecord.Titled _, JournalRecord.Renaming _ -> {}
            case JournalRecord.Reopened ignored -> {}
            case JournalRecord.Others ignored -> {}
        }
        if (count() == 0) {
            unsentSince = Optional.empty();
            inFlightSince = Optional.empty();
        }
    }
}
