package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStoreContract;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisPeopleStoreTest extends PeopleStoreContract {
    static final int DATABASE = 1;
    private final RedisStore redis = open();

    /// The server under it. Asked for while the test is made, as is the store.
    RedisServer server() {
        return RedisServer.shared();
    }

    RedisStore open() {
        return Stores.open(
                RedisUrl.parse("redis://127.0.0.1:" + server().port() + "/" + DATABASE), RedisSettings.DEFAULT);
    }

    /// Before each `@BeforeEach` of the contract's situations.
    @BeforeEach
    void empty() {
        try (var admin = server().admin()) {
            admin.select(DATABASE);
            admin.flushDB();
        }
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void a_request_that_runs_after_one_that_was_made_later_changes_nothing() {
        var laptop = new DeviceId("1".repeat(32));
        var mara = new PersonId("2".repeat(32));
        var asked = Instant.ofEpochSecond(1_000_000);
        var later = asked.plusSeconds(2);
        var expires = asked.plus(Duration.ofDays(90));
        people().putDevice(laptop, mara, "a".repeat(64), expires)
                .toCompletableFuture()
                .join();
        assertThat(rotate("a", "b", later, expires).join()).isInstanceOf(PeopleStore.Rotation.Rotated.class);

        assertThat(rotate("a", "c", asked, expires))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreUnavailableException.class);

        assertThat(rotate("b", "d", later, expires).join()).isInstanceOf(PeopleStore.Rotation.Rotated.class);
    }

    private CompletableFuture<PeopleStore.Rotation> rotate(String old, String fresh, Instant now, Instant expires) {
        return people().rotate(old.repeat(64), fresh.repeat(64), now, expires).toCompletableFuture();
    }

    @Override
    protected PeopleStore people() {
        return redis.people();
    }
}
