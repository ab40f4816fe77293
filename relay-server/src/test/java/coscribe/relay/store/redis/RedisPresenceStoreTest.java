package coscribe.relay.store.redis;

import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.PresenceStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class RedisPresenceStoreTest extends PresenceStoreContract {
    private final RedisStore redis = open();

    /// Asked for while the test is made.
    RedisStore open() {
        return Stores.open(RedisServer.shared());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected PresenceStore presence() {
        return redis.presence();
    }

    @Override
    protected void elapse(Duration duration) {
        Stores.elapse(RedisServer.shared(), duration);
    }

    @Override
    protected Duration timeToLive() {
        return Stores.PRESENCE_TTL;
    }
}
