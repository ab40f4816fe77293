package coscribe.client.runner;

import coscribe.client.journal.Journal;
import coscribe.client.link.LinkLoss;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a document stands, for a status line.
///
/// @param contact       with the relay
/// @param journal       how safe what was typed is on this computer
/// @param unsaved       how many of the writer's own undo steps the relay has not acknowledged
/// @param unsavedSince  when the oldest of them was made
/// @param savedAt       when everything was last acknowledged
/// @param role          as the relay told it last
/// @param durability    what "saved" means at this relay; empty until it was joined
/// @param roundTrip     of the newest ping
/// @param lastContact   when the relay was last heard; told while there is no connection, and empty
///     where there was none yet
/// @param merged        how the newest return from being away ended, once it did
public record Status(
        Contact contact,
        Journal.State journal,
        int unsaved,
        Optional<Instant> unsavedSince,
        Optional<Instant> savedAt,
        Role role,
        Optional<Durability> durability,
        Optional<Duration> roundTrip,
        Optional<Instant> lastContact,
        Optional<Merged> merged) {
    public boolean isSaved() {
        return unsaved == 0;
    }

    /// What came together when the writer was back.
    ///
    /// @param sent   own undo steps that had waited, at least 1
    /// @param added  commits of others that came in meanwhile
    public record Merged(int sent, long added) {}

    /// How the client stands with its relay.
    public sealed interface Contact {
        /// Not yet tried.
        record None() implements Contact {}

        /// No connection. `attempts` failed since the last good one; the next one begins at
        /// `retryAt`.
        record Waiting(int attempts, Instant retryAt, Optional<LinkLoss> cause) implements Contact {}

        record Connecting(int attempts) implements Contact {}

        /// Connected; what was missed is coming in.
        record CatchingUp() implements Contact {}

        record Live() implements Contact {}

        /// Connected, but the relay's store is full: what is unsaved is kept here and tried again.
        record Full() implements Contact {}

        /// The relay does not let this person in; nothing is tried until somebody asks.
        record Stopped(FailureCode code, String sentence) implements Contact {}

        /// The writer asked for no connection (see {@link DocumentClient#workOffline}).
        record Offline() implements Contact {}

        /// The document was closed here.
        record Closed() implements Contact {}
    }
}
