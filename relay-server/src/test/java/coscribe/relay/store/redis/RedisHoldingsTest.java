package coscribe.relay.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.SegmentedHoldingsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisHoldingsTest extends SegmentedHoldingsContract {
    private static final Map<String, Integer> DATABASES = Map.of("here", 5, "there", 6);

    private static Jedis database(String name) {
        var admin = RedisServer.shared().admin();
        admin.select(DATABASES.get(name));
        return admin;
    }

    @Override
    protected void empty(String name) {
        try (var database = database(name)) {
            database.flushDB();
        }
    }

    @Override
    protected Place open(String name) {
        var store = store(name);
        return new Place(store.documents(), store.people(), store.holdings(), store::close);
    }

    private static RedisStore store(String name) {
        var url = "redis://127.0.0.1:" + RedisServer.shared().port() + "/" + DATABASES.get(name);
        return Stores.open(RedisUrl.parse(url), RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(10)));
    }

    @Override
    protected Kept kept(String name) {
        var keys = new DocumentKeys(document);
        try (var database = database(name)) {
            return new Kept(database.hlen(keys.segments()), database.hlen(keys.log()));
        }
    }

    /// Else a restore that dies behind its `clear` would leave an empty store that calls itself whole.
    @Test
    void the_mark_of_a_restore_outlives_what_is_cleared() {
        var begun = Instant.ofEpochMilli(1_795_000_000_123L);
        createDocument();
        try (var store = store("here")) {
            await(done(store.restoreMark().set(begun)));

            await(done(store.holdings().clear()));

            try (var database = database("here")) {
                assertThat(database.keys("*")).containsExactly(RedisRestoreMark.KEY);
            }
            assertThat(await(store.restoreMark().begun())).contains(begun);
        }
    }

    @Test
    void the_head_says_where_single_commits_begin() {
        a_document_that_is_put_elsewhere_goes_on_there();

        whileClosedThere(name -> {
            try (var database = database(name)) {
                assertThat(database.hget(new DocumentKeys(document).head(), "base".getBytes(US_ASCII)))
                        .asString()
                        .isEqualTo("512");
            }
        });
    }
}
