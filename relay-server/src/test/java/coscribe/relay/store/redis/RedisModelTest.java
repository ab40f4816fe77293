package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreContract;
import coscribe.relay.store.StoreUnsafeException;
import coscribe.relay.store.memory.TestClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/// The model passes what the real Redis passes: the whole contract, through the product's own store and
/// scripts, with one replica that confirms. What failovers do to it, and to real ones, is told by
/// {@link ReplicatedStoreContract}.
class RedisModelTest extends DocumentStoreContract {
    private final ByHand beat = new ByHand();
    private final RedisModel model = new RedisModel(beat, beat.clock, () -> 100, 1);
    private final RedisSettings settings = RedisSettings.DEFAULT.withWaitReplicas(1);
    private final DocumentStore store =
            oneAtATime(new ModelRelay(model, settings, beat.clock, () -> 10, () -> 1_000).documents());

    /// The model knows one thread; part of the contract is many.
    private static DocumentStore oneAtATime(DocumentStore store) {
        var lock = new Object();
        return (DocumentStore) Proxy.newProxyInstance(
                DocumentStore.class.getClassLoader(), new Class<?>[] {DocumentStore.class}, (_, method, arguments) -> {
                    synchronized (lock) {
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }

    /// Runs what is due at once, as far as it is due within a moment; time passes when the test says so.
    static final class ByHand implements RedisModel.Beat {
        private record Task(long at, long order, Runnable work) {}

        final TestClock clock = new TestClock();
        private final PriorityQueue<Task> tasks =
                new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
        private long now;
        private long order;
        private boolean running;

        @Override
        public void at(long inMicros, Runnable task) {
            tasks.add(new Task(now + inMicros, order++, task));
            if (!running) {
                run();
            }
        }

        private void run() {
            running = true;
            try {
                for (var next = tasks.poll(); next != null; next = tasks.poll()) {
                    now = Math.max(now, next.at());
                    next.work().run();
                }
            } finally {
                running = false;
            }
        }
    }

    @Override
    protected DocumentStore store() {
        return store;
    }

    @Override
    protected void elapse(Duration duration) {
        beat.clock.elapse(duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        var keys = new DocumentKeys(id);
        var log = model.primary().keys().hashAt(ModelKeys.text(keys.log()));
        var snapshot = model.primary().keys().hashAt(ModelKeys.text(keys.snapshot()));
        switch (damage) {
            case FLIPPED_ENTRY -> log.computeIfPresent("1", (_, value) -> flipped(value));
            case MISSING_ENTRY -> log.remove("2");
            case MISSING_LAST_ENTRY -> log.keySet().removeIf(each -> Long.parseLong(each) == log.size());
            case FLIPPED_SNAPSHOT -> snapshot.computeIfPresent("bytes", (_, value) -> flipped(value));
            case MISSING_SNAPSHOT -> snapshot.clear();
        }
    }

    private static String flipped(String bytes) {
        return ModelKeys.text(Stores.flipped(ModelKeys.bytes(bytes)));
    }

    @Test
    void what_a_cut_off_replica_does_not_have_is_unsafe_and_confirmed_when_the_link_is_mended() {
        createDocument();
        var mara = ownerJoins();
        model.cut(0);
        assertThat(failureOf(store.commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                .isInstanceOf(StoreUnsafeException.class)
                .hasMessageContaining("0 of 1 replicas confirmed");
        assertThat(failureOf(store.read(document, Revision.ZERO, 10, 1 << 20)))
                .isInstanceOf(StoreUnsafeException.class);
        model.mend();
        assertThat(commit(birth, edit(mara, 1))).isEqualTo(new Duplicate(0, new Revision(1)));
    }
}
