package coscribe.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.memory.MemoryStore;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongDocumentTest {
    @Test
    void it_is_as_if_somebody_had_typed_all_of_it() {
        var store = new MemoryStore(InstantSource.system(), Runnable::run);
        var documents = store.openDocuments();
        var document = new LongDocument(documents, new SplittableRandom(1), 100, 250);
        document.writeTo(5_600);
        assertThat(document.commits()).isEqualTo(5_600);

        var loaded = (LoadResult.Loaded)
                documents.load(document.id()).toCompletableFuture().join();
        assertThat(loaded.head().revision().number()).isEqualTo(5_600);
        var text = Wire.decodeDocument(loaded.snapshot().bytes());
        assertThat(loaded.snapshot().revision().number()).isEqualTo(5_000);
        for (var entry : loaded.tail()) {
            text = text.apply(Wire.decodeCommitted(entry.bytes()).change());
        }
        assertThat(text.length()).isBetween(95, 105);

        var read = (ReadResult.Entries) documents
                .read(document.id(), new Revision(5_500), 100, 1 << 20)
                .toCompletableFuture()
                .join();
        assertThat(read.entries()).hasSize(100);
        ChainHash chain = read.entries().getFirst().chain();
        for (var entry : read.entries().subList(1, 100)) {
            chain = chain.after(entry.bytes());
            assertThat(entry.chain()).isEqualTo(chain);
        }
    }
}
