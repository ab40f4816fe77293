package coscribe.relay.store.redis;

import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RedisPeopleStoreTest extends PeopleStoreContract {
    private static final int DATABASE = 1;
    private final RedisStore redis = Stores.open(
            RedisUrl.parse("redis://127.0.0.1:" + RedisServer.shared().port() + "/" + DATABASE), RedisSettings.DEFAULT);

    /// Before each `@BeforeEach` of the contract's situations.
    @BeforeEach
    void empty() {
        try (var admin = RedisServer.shared().admin()) {
            admin.select(DATABASE);
            admin.flushDB();
        }
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected PeopleStore people() {
        return redis.people();
    }
}
