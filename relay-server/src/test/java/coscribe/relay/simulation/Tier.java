package coscribe.relay.simulation;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.PresenceStore;

/// What the relays of a simulated world share.
interface Tier {
    /// As one relay reaches them.
    DocumentStore openDocuments();

    DocumentFeed openFeed();

    /// What is really there, for whoever judges.
    DocumentStore truth();

    PresenceStore presence();

    /// Perhaps something happens to it now.
    void disturb();

    /// Nothing happens to it any more, and what did is mended.
    void calm();
}
