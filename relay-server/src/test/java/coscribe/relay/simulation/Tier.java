package coscribe.relay.simulation;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.PresenceStore;
import java.util.List;

/// What the relays of a simulated world share.
interface Tier {
    /// As one relay reaches them.
    DocumentStore openDocuments();

    DocumentFeed openFeed();

    /// What is really there, for whoever judges.
    DocumentStore truth();

    PresenceStore presence();

    /// Perhaps something happens to it now.
    void disturb(World world);

    /// Somebody has entered, and the answer is under way.
    default void entered(World world) {}

    /// Whether it lost what it had said was in it, as it may.
    default boolean forgot() {
        return false;
    }

    /// The beginning of the log, where it cannot be read any more.
    default List<LogEntry> trimmed() {
        return List.of();
    }

    /// Nothing happens to it any more, and what did is mended.
    void calm();

    /// Whether it loses something once everybody has come to rest, and nobody writes any more.
    default boolean forgetsAtRest(World world) {
        return false;
    }
}
