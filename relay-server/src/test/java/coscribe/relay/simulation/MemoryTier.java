package coscribe.relay.simulation;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.memory.MemoryStore;

/// A store that never loses anything.
final class MemoryTier implements Tier {
    private final MemoryStore store;

    MemoryTier(Scheduler scheduler) {
        this.store = new MemoryStore(scheduler, scheduler);
    }

    @Override
    public DocumentStore openDocuments() {
        return store.openDocuments();
    }

    @Override
    public DocumentFeed openFeed() {
        return store.openFeed();
    }

    @Override
    public DocumentStore truth() {
        return store.openDocuments();
    }

    @Override
    public PresenceStore presence() {
        return store.presence();
    }

    @Override
    public void disturb() {}

    @Override
    public void calm() {}
}
