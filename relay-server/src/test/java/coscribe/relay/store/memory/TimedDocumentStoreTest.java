package coscribe.relay.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Head;
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
            new TimedDocumentStore(super.store(), () -> now += 1_000_000, new TimedDocumentStore.Times() {
                @Override
                public void took(String call, Duration time) {
                    told.add(call + " " + time);
                }

                @Override
                public void committed(int entries, CommitResult result) {
                    told.add(entries + " " + result.getClass().getSimpleName());
                }
            });

    @Override
    protected DocumentStore store() {
        return timed;
    }

    @Test
    void what_became_of_a_commit_is_told_before_how_long_it_took() {
        var nowhere = DocumentId.random(new SplittableRandom(1));
        var head = new Head(Epoch.random(new SplittableRandom(2)), Revision.ZERO, ChainHash.START);
        var _ = timed.commit(nowhere, "relay", head, List.of())
                .toCompletableFuture()
                .join();
        assertThat(told).containsExactly("0 Absent", "commit " + Duration.ofMillis(1));
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
