package coscribe.relay.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.LoadResult.Loaded;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private final SplittableRandom random = new SplittableRandom(5);
    private final DocumentId document = DocumentId.random(random);
    private final PersonId mara = PersonId.random(random);
    private final ClientId client = ClientId.random(random);
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final MemoryStore memory = new MemoryStore(new TestClock(), tasks::add);
    private final DocumentStore here = memory.openDocuments();
    private final DocumentStore there = memory.openDocuments();

    @CanIgnoreReturnValue
    private <T> T now(CompletionStage<T> stage) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return stage.toCompletableFuture().getNow(null);
    }

    private Head born() {
        now(here.create(document, Epoch.random(random), "Minutes", mara));
        now(here.join(document, mara, DeviceId.random(random), client, Optional.empty(), Optional.empty()));
        return ((Loaded) now(here.load(document))).head();
    }

    private Head commit(Head head, long seq) {
        var bytes = new byte[] {(byte) seq};
        var entry =
                new Entry(client, seq, mara, Role.EDITOR, bytes, head.chain().after(bytes));
        return ((CommitResult.Appended) now(here.commit(document, "r", head, List.of(entry)))).head();
    }

    @Test
    void nothing_happens_before_the_scheduler_lets_it() {
        var stage = here.create(document, Epoch.random(random), "Minutes", mara).toCompletableFuture();
        assertThat(stage).isNotDone();
        assertThat(tasks).hasSize(1);
        assertThat(now(stage)).isEqualTo(DocumentStore.Creation.CREATED);
    }

    @Test
    void two_relays_see_one_store_and_close_apart() {
        var head = commit(born(), 1);
        assertThat(((Loaded) now(there.load(document))).head()).isEqualTo(head);
        here.close();
        assertThat(((Loaded) now(there.load(document))).head()).isEqualTo(head);
        var refused = here.load(document);
        now(there.ping());
        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
        assertThat(refused.toCompletableFuture().exceptionNow()).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void what_was_trimmed_is_out_of_reach_but_never_what_loading_needs() {
        var head = born();
        for (int seq = 1; seq <= 10; seq++) {
            head = commit(head, seq);
        }
        var chainAt6 = ((ReadResult.Entries) now(here.read(document, new Revision(5), 1, 100)))
                .entries()
                .getFirst()
                .chain();
        memory.trim(document, new Revision(9));
        assertThat(((Loaded) now(here.load(document))).tail()).hasSize(10);
        now(here.keepSnapshot(document, new Revision(6), chainAt6, new byte[] {1}));
        memory.trim(document, new Revision(9));
        assertThat(now(here.read(document, new Revision(5), 10, 100))).isEqualTo(new ReadResult.OutOfReach(head));
        assertThat(((ReadResult.Entries) now(here.read(document, new Revision(6), 10, 100))).entries())
                .hasSize(4);
        assertThat(((Loaded) now(here.load(document))).tail()).hasSize(4);
        assertThat(commit(head, 11).revision()).isEqualTo(new Revision(11));
    }
}
