package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import coscribe.relay.store.StoreFaults.Plan;
import coscribe.relay.store.memory.MemoryStore;
import coscribe.relay.store.memory.TestClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreFaultsTest {
    private final SplittableRandom random = new SplittableRandom(9);
    private final DocumentId document = DocumentId.random(random);
    private final PersonId mara = PersonId.random(random);
    private final ClientId client = ClientId.random(random);
    private final Head birth = new Head(Epoch.random(random), Revision.ZERO, ChainHash.START);
    private final MemoryStore memory = new MemoryStore(new TestClock(), Runnable::run);
    private final DocumentStore store = memory.openDocuments();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<Entry> entries = List.of(new Entry(
            client, 1, mara, Role.EDITOR, new byte[] {1}, birth.chain().after(new byte[] {1})));

    @BeforeEach
    void create() {
        DocumentStoreFixture.await(store.create(document, birth.epoch(), "Minutes", mara));
        DocumentStoreFixture.await(
                store.join(document, mara, DeviceId.random(random), client, Optional.empty(), Optional.empty()));
    }

    private StoreFaults each(Fault fault) {
        return new StoreFaults(store, call -> call == Call.COMMIT ? fault : Fault.NONE, later::add);
    }

    private long committed() {
        return DocumentStoreFixture.await(store.heads(List.of(document)))
                .get(document)
                .head()
                .revision()
                .number();
    }

    @Test
    void a_failed_call_did_nothing() {
        assertThat(DocumentStoreFixture.failureOf(each(Fault.FAIL).commit(document, "r", birth, entries)))
                .isExactlyInstanceOf(StoreUnavailableException.class);
        assertThat(DocumentStoreFixture.failureOf(each(Fault.FULL).commit(document, "r", birth, entries)))
                .isInstanceOf(StoreFullException.class);
        assertThat(committed()).isZero();
    }

    @Test
    void a_call_whose_reply_is_lost_did_its_work() {
        assertThat(DocumentStoreFixture.failureOf(each(Fault.LOSE_REPLY).commit(document, "r", birth, entries)))
                .isExactlyInstanceOf(StoreUnavailableException.class);
        assertThat(committed()).isOne();
    }

    @Test
    void a_delayed_request_does_its_work_later_and_a_delayed_reply_has_done_it() {
        var request =
                each(Fault.DELAY_REQUEST).commit(document, "r", birth, entries).toCompletableFuture();
        assertThat(committed()).isZero();
        later.remove().run();
        assertThat(request).isCompletedWithValueMatching(CommitResult.Appended.class::isInstance);
        assertThat(committed()).isOne();
        var reply =
                each(Fault.DELAY_REPLY).commit(document, "r", birth, entries).toCompletableFuture();
        assertThat(reply).isNotDone();
        later.remove().run();
        assertThat(reply).isCompletedWithValueMatching(CommitResult.Duplicate.class::isInstance);
    }

    @Test
    void a_seeded_plan_draws_the_same_faults_again_and_only_for_the_chosen_calls() {
        var first = drawn();
        assertThat(first).isEqualTo(drawn()).contains(Fault.FAIL, Fault.LOSE_REPLY, Fault.NONE);
        var spared = Plan.seeded(new SplittableRandom(3), Set.of(Call.LOAD), Map.of(Fault.FAIL, 1000));
        assertThat(spared.next(Call.COMMIT)).isEqualTo(Fault.NONE);
        assertThat(spared.next(Call.LOAD)).isEqualTo(Fault.FAIL);
    }

    private static List<Fault> drawn() {
        var plan = Plan.seeded(
                new SplittableRandom(3), Set.of(Call.COMMIT), Map.of(Fault.FAIL, 200, Fault.LOSE_REPLY, 200));
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < 100; i++) {
            faults.add(plan.next(Call.COMMIT));
        }
        return faults;
    }

    @Test
    void a_feed_loses_repeats_and_delays_as_planned() {
        var plan = new ArrayDeque<>(
                List.of(FeedFaults.Fault.LOSE, FeedFaults.Fault.DELAY, FeedFaults.Fault.REPEAT, FeedFaults.Fault.NONE));
        var feed = new FeedFaults(memory.openFeed(), plan::remove, later::add);
        var heard = new ArrayList<Integer>();
        DocumentStoreFixture.await(feed.follow(document, new DocumentFeed.Listener() {
            @Override
            public void committed(List<LogEntry> committed) {}

            @Override
            public void headMoved(Revision head) {}

            @Override
            public void presence(byte[] message) {
                heard.add((int) message[0]);
            }

            @Override
            public void accessChanged() {}

            @Override
            public void interrupted() {}
        }));
        for (byte i = 1; i <= 4; i++) {
            feed.publishPresence(document, new byte[] {i});
        }
        assertThat(heard).containsExactly(3, 4);
        later.forEach(Runnable::run);
        assertThat(heard).containsExactly(3, 4, 2, 3);
        assertThat(feed.seen()).hasSize(4).containsValue(1).doesNotContainValue(2);
    }
}
