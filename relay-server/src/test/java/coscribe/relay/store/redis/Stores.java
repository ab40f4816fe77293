package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStoreFixture.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/// Stores on real servers, and what tests do behind their back.
final class Stores {
    /// Small, so that few commits make segments.
    static final long KEPT_SINGLE = 100;

    static final Duration PRESENCE_TTL = Duration.ofMillis(1500);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    private static final AtomicLong OPENED = new AtomicLong();

    private Stores() {}

    static RedisStore open(RedisServer server) {
        return open(server.url(), RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(10)));
    }

    static RedisStore open(RedisUrl url, RedisSettings settings) {
        return open(url, settings, System::nanoTime);
    }

    static RedisStore open(RedisUrl url, RedisSettings settings, LongSupplier nanoTime) {
        var store = new RedisStore(
                url,
                settings,
                new SplittableRandom(OPENED.incrementAndGet()),
                CLOCK,
                nanoTime,
                KEPT_SINGLE,
                PRESENCE_TTL);
        store.start();
        return store;
    }

    /// Time passes by the server's clock, which may be set back.
    static void elapse(RedisServer server, Duration duration) {
        try (var admin = server.admin()) {
            long until = micros(admin) + duration.plusMillis(5).toNanos() / 1_000;
            Awaitility.await()
                    .atMost(duration.plusSeconds(30))
                    .pollDelay(duration)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> micros(admin) >= until);
        }
    }

    private static long micros(Jedis admin) {
        var time = admin.time();
        return Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1));
    }

    static void damage(RedisServer server, DocumentId document, Damage damage) {
        var keys = new DocumentKeys(document);
        try (var admin = server.admin()) {
            switch (damage) {
                case FLIPPED_ENTRY -> admin.hset(keys.log(), bytes("1"), flipped(admin.hget(keys.log(), bytes("1"))));
                case MISSING_ENTRY -> admin.hdel(keys.log(), bytes("2"));
                case MISSING_LAST_ENTRY -> admin.hdel(keys.log(), admin.hget(keys.head(), bytes("revision")));
                case FLIPPED_SNAPSHOT ->
                    admin.hset(keys.snapshot(), bytes("bytes"), flipped(admin.hget(keys.snapshot(), bytes("bytes"))));
                case MISSING_SNAPSHOT -> admin.del(keys.snapshot());
            }
        }
    }

    static byte[] flipped(byte[] bytes) {
        var copy = bytes.clone();
        copy[copy.length - 2] ^= 4;
        return copy;
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
