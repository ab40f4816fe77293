package coscribe.relay.store.memory;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreContract;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import java.time.Duration;

class MemoryDocumentStoreTest extends DocumentStoreContract {
    private final TestClock clock = new TestClock();
    private final MemoryStore memory = new MemoryStore(clock, Runnable::run);
    private final DocumentStore store = memory.openDocuments();

    @Override
    protected DocumentStore store() {
        return store;
    }

    @Override
    protected void elapse(Duration duration) {
        clock.elapse(duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        var kept = memory.documents.get(id);
        switch (damage) {
            case FLIPPED_ENTRY -> kept.log.compute(1L, (_, entry) -> flipped(entry));
            case MISSING_ENTRY -> kept.log.remove(2L);
            case MISSING_LAST_ENTRY -> kept.log.pollLastEntry();
            case FLIPPED_SNAPSHOT -> kept.snapshot = kept.snapshot.map(MemoryDocumentStoreTest::flipped);
            case MISSING_SNAPSHOT -> kept.snapshot = kept.snapshot.filter(_ -> false);
        }
    }

    private static LogEntry flipped(LogEntry entry) {
        return new LogEntry(entry.revision(), entry.chain(), flipped(entry.bytes()));
    }

    private static LoadResult.Snapshot flipped(LoadResult.Snapshot snapshot) {
        return new LoadResult.Snapshot(snapshot.revision(), snapshot.chain(), flipped(snapshot.bytes()));
    }

    private static byte[] flipped(byte[] bytes) {
        var copy = bytes.clone();
        copy[copy.length / 2] ^= 4;
        return copy;
    }
}
