package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class RedisDocumentStoreTest extends DocumentStoreContract {
    private final RedisStore redis = open();

    /// The server under it. Asked for while the test is made, as is the store.
    RedisServer server() {
        return RedisServer.shared();
    }

    RedisStore open() {
        return Stores.open(server());
    }

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
        Stores.elapse(server(), duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        Stores.damage(server(), id, damage);
    }
}
