package coscribe.relay.store.redis;

import coscribe.relay.store.DocumentStore;
import java.time.Duration;

class ModelReplicatedStoreTest extends ReplicatedStoreContract {
    private final RedisModelTest.ByHand beat = new RedisModelTest.ByHand();
    private final RedisModel model = new RedisModel(beat, beat.clock, () -> 100, 1);
    private final DocumentStore store = new ModelRelay(
                    model, RedisSettings.DEFAULT.withWaitReplicas(1), beat.clock, () -> 10, () -> 1_000)
            .documents();

    @Override
    protected DocumentStore store() {
        return store;
    }

    @Override
    protected void cut() {
        model.cut(0);
    }

    @Override
    protected void failOver() {
        model.failOver(true);
        model.comeBack();
    }

    @Override
    protected void elapse(Duration duration) {
        beat.clock.elapse(duration);
    }

    @Override
    protected void damage(coscribe.ot.protocol.DocumentId id, Damage damage) {
        throw new UnsupportedOperationException("nothing is damaged here");
    }
}
