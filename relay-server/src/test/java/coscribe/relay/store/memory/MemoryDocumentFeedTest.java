package coscribe.relay.store.memory;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentFeedContract;
import coscribe.relay.store.DocumentStore;

class MemoryDocumentFeedTest extends DocumentFeedContract {
    private final MemoryStore memory = new MemoryStore(new TestClock(), Runnable::run);
    private final DocumentStore store = memory.openDocuments();

    @Override
    protected DocumentStore store() {
        return store;
    }

    @Override
    protected DocumentFeed openFeed() {
        return memory.openFeed();
    }
}
