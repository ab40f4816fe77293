package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.HoldingsContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisHoldingsTest extends HoldingsContract {
    private static final int HERE = 5;
    private static final int THERE = 6;

    private final RedisStore here = open(HERE);
    private final RedisStore there = open(THERE);

    private static RedisStore open(int database) {
        try (var admin = RedisServer.shared().admin()) {
            admin.select(database);
            admin.flushDB();
        }
        return Stores.open(
                RedisUrl.parse("redis://127.0.0.1:" + RedisServer.shared().port() + "/" + database),
                RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static Place place(RedisStore store) {
        return new Place(store.documents(), store.people(), store.holdings());
    }

    @Override
    protected Place here() {
        return place(here);
    }

    @Override
    protected Place there() {
        return place(there);
    }

    @Test
    void old_log_is_put_into_segments() {
        a_document_that_is_put_elsewhere_goes_on_there();

        var keys = new DocumentKeys(document);
        try (var admin = RedisServer.shared().admin()) {
            admin.select(THERE);
            assertThat(admin.hlen(keys.segments())).isEqualTo(2);
            assertThat(admin.hlen(keys.log())).isEqualTo(701 - 512);
            assertThat(admin.hget(keys.head(), "base".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                    .asString()
                    .isEqualTo("512");
        }
    }
}
