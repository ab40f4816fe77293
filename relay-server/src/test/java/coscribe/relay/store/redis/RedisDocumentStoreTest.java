package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class RedisDocumentStoreTest extends DocumentStoreContract {
    private final RedisStore redis = Stores.open(RedisServer.shared());

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected DocumentStore store() {
        return redis.documents();
    }

    @Override
    protected void elapse(Duration duration) {
        Stores.elapse(duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        Stores.damage(RedisServer.shared(), id, damage);
    }
}
