package coscribe.relay.store.embedded;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentFeedContract;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.memory.MemoryFeedHub;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store with the local feed, as a relay that runs alone puts them together.
class EmbeddedDocumentFeedTest extends DocumentFeedContract {
    @TempDir
    private Path directory;

    private final ExecutorService answers = Executors.newSingleThreadExecutor();
    private final MemoryFeedHub hub = new MemoryFeedHub(answers);
    private Optional<EmbeddedStore> store = Optional.empty();

    @AfterEach
    void closeStore() {
        store.ifPresent(EmbeddedStore::close);
        answers.shutdown();
    }

    /// Opened by whoever is first: the contract's own preparations come before a subclass's.
    @Override
    protected DocumentStore store() {
        if (store.isEmpty()) {
            store = Optional.of(
                    EmbeddedStore.open(directory, EmbeddedSettings.DEFAULT, InstantSource.system(), answers, hub));
        }
        return store.get().documents();
    }

    @Override
    protected DocumentFeed openFeed() {
        return hub.open();
    }
}
