package coscribe.relay.store.memory;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PresenceStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/// Everything a tier of relays shares, in memory. Each relay opens its own ports on it, as it would
/// open connections.
///
/// Runs on the executor it is given and nothing else: with `Runnable::run` every stage is complete
/// when its method returns; with a seeded scheduler the scheduler decides the order of everything,
/// and the same seed is the same run.
public final class MemoryStore {
    final Executor executor;
    final InstantSource clock;
    final MemoryFeedHub feeds;
    /// Guards everything that is kept.
    final Object lock = new Object();
    final Map<DocumentId, MemoryDocument> documents = new HashMap<>();
    final MemoryShelves shelves = new MemoryShelves();
    final MemoryPeople people;
    private final MemoryPresence presence;

    public MemoryStore(InstantSource clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
        this.feeds = new MemoryFeedHub(executor);
        this.people = new MemoryPeople();
        this.presence = new MemoryPresence(clock, executor);
    }

    /// Documents as one relay sees them. Closing it closes that relay's access only.
    public DocumentStore openDocuments() {
        return new MemoryDocumentStore(this);
    }

    /// The feed of one relay.
    public DocumentFeed openFeed() {
        return feeds.open();
    }

    public PresenceStore presence() {
        return presence;
    }

    public PeopleStore people() {
        return new MemoryPeopleStore(people, executor);
    }

    public Holdings holdings() {
        return new MemoryHoldings(this);
    }

    /// Forgets a document's commits up to `upTo`, as a retention period does, but none that loading
    /// needs: what is older is then out of reach.
    public void trim(DocumentId document, Revision upTo) {
        synchronized (lock) {
            var kept = documents.get(document);
            if (kept != null) {
                kept.trim(upTo);
            }
        }
    }
}
