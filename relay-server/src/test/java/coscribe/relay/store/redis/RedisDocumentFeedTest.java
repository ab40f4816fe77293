package coscribe.relay.store.redis;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentFeedContract;
import coscribe.relay.store.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class RedisDocumentFeedTest extends DocumentFeedContract {
    private final List<RedisStore> relays = new ArrayList<>();
    private final DocumentStore store = openRelay().documents();

    /// Asked for while the test is made, too.
    RedisStore open() {
        return Stores.open(RedisServer.shared());
    }

    private RedisStore openRelay() {
        relays.add(open());
        return relays.getLast();
    }

    @AfterEach
    void closeRelays() {
        relays.forEach(RedisStore::close);
    }

    @Override
    protected DocumentStore store() {
        return store;
    }

    @Override
    protected DocumentFeed openFeed() {
        return openRelay().feed();
    }
}
