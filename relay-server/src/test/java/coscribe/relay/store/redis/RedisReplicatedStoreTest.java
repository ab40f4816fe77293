package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class RedisReplicatedStoreTest extends ReplicatedStoreContract {
    private final RedisTier tier = RedisTier.start(1);
    private final RedisStore relay = Stores.open(
            RedisUrl.parse(tier.url()),
            RedisSettings.DEFAULT
                    .withCommandTimeout(Duration.ofSeconds(3))
                    .withWaitReplicas(1)
                    .withWaitPatience(Duration.ofMillis(500)));
    private boolean behind;

    @AfterEach
    void close() {
        relay.close();
        tier.close();
    }

    @Override
    protected DocumentStore store() {
        return relay.documents();
    }

    @Override
    protected void cut() {
        behind = true;
        tier.cutReplica();
    }

    @Override
    protected void failOver() {
        tier.replacePrimary(behind);
    }

    @Override
    protected void elapse(Duration duration) {
        Stores.elapse(tier.primary(), duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        throw new UnsupportedOperationException("nothing is damaged here");
    }
}
