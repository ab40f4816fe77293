package coscribe.relay.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.TimedDocumentStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A timed store is a store, and tells how long it took.
class TimedDocumentStoreTest extends MemoryDocumentStoreTest {
    private final List<String> told = new ArrayList<>();
    private long now;
    private final DocumentStore timed =
            new TimedDocumentStore(super.store(), () -> now += 1_000_000, (call, time) -> told.add(call + " " + time));

    @Override
    protected DocumentStore store() {
        return timed;
    }

    @Test
    void each_answer_is_timed() {
        timed.ping().toCompletableFuture().join();
        timed.load(DocumentId.random(new SplittableRandom(1)))
                .toCompletableFuture()
                .join();
        assertThat(told).containsExactly("ping " + Duration.ofMillis(1), "load " + Duration.ofMillis(1));
    }
}
