package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.store.StoreUnsafeException;
import coscribe.relay.store.redis.RedisCheckup;
import coscribe.relay.store.redis.RedisServer;
import coscribe.relay.store.redis.RedisSettings;
import coscribe.relay.store.redis.RedisStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/// A real Redis whose settings an administrator changes while a relay runs: writes are refused with the
/// reason at the next look, and taken again when it is mended. The time between looks is the test's.
class StoreWatchOnRedisTest {
    private static final List<String> POLICIES = List.of(
            "allkeys-lru",
            "allkeys-lfu",
            "allkeys-random",
            "volatile-lru",
            "volatile-lfu",
            "volatile-random",
            "volatile-ttl");

    private final SplittableRandom random = new SplittableRandom(30);
    private final HandTimers timers = new HandTimers();
    private RedisServer redis;
    private Jedis admin;
    private RedisStore store;

    @BeforeEach
    void start() {
        redis = RedisServer.strict();
        admin = redis.admin();
    }

    @AfterEach
    void end() {
        if (store != null) {
            store.close();
        }
        admin.close();
        redis.close();
    }

    private void watched(Durability durability, int replicas) {
        var settings = RedisSettings.DEFAULT.withWaitReplicas(replicas);
        store = new RedisStore(redis.url(), settings, random, InstantSource.system());
        store.start();
        var findings = new RedisFindings(durability, replicas, false);
        new StoreWatch(() -> findings.all(RedisCheckup.look(redis.url(), settings)), store::refuseWrites, timers)
                .start();
    }

    /// Why a write is refused; empty: it was done.
    private Optional<String> refusal() {
        var made = store.documents()
                .create(DocumentId.random(random), Epoch.random(random), "Plan", PersonId.random(random))
                .toCompletableFuture();
        try {
            var _ = made.get(20, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(StoreUnsafeException.class);
            return Optional.of(e.getCause().getMessage());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_policy_but_noeviction_is_refused_and_taken_back() {
        watched(Durability.STRICT, 0);
        assertThat(refusal()).isEmpty();
        for (var policy : POLICIES) {
            admin.configSet("maxmemory-policy", policy);
            timers.pass(StoreWatch.EVERY);
            assertThat(refusal()).as(policy).get().asString().contains("maxmemory-policy " + policy);
            admin.configSet("maxmemory-policy", "noeviction");
            timers.pass(StoreWatch.WHILE_REFUSING);
            assertThat(refusal()).as("after " + policy).isEmpty();
        }
    }

    @Test
    void a_file_that_is_not_kept_or_forced_too_rarely_is_refused_by_what_was_promised() {
        watched(Durability.STRICT, 0);
        admin.configSet("appendfsync", "everysec");
        timers.pass(StoreWatch.EVERY);
        assertThat(refusal()).get().asString().contains("only every second");
        admin.configSet("appendfsync", "always");
        timers.pass(StoreWatch.WHILE_REFUSING);
        assertThat(refusal()).isEmpty();
        admin.configSet("appendonly", "no");
        timers.pass(StoreWatch.EVERY);
        assertThat(refusal()).get().asString().contains("keeps no append-only file");
    }

    @Test
    void relaxed_takes_a_file_that_is_forced_every_second() {
        admin.configSet("appendfsync", "everysec");
        watched(Durability.RELAXED, 0);
        assertThat(refusal()).isEmpty();
        admin.configSet("appendonly", "no");
        timers.pass(StoreWatch.EVERY);
        assertThat(refusal()).isPresent();
    }

    @Test
    void fewer_or_more_replicas_than_confirm_are_refused() {
        watched(Durability.STRICT, 1);
        assertThat(refusal()).get().asString().contains("0 replicas are attached");
        try (var first = RedisServer.replicaOf(redis)) {
            timers.pass(StoreWatch.WHILE_REFUSING);
            assertThat(refusal()).isEmpty();
            try (var _ = RedisServer.replicaOf(redis)) {
                timers.pass(StoreWatch.EVERY);
                assertThat(refusal()).get().asString().contains("Set redis.wait.replicas = 2");
            }
            Awaitility.await().until(() -> admin.info("replication").contains("connected_slaves:1"));
            timers.pass(StoreWatch.WHILE_REFUSING);
            assertThat(refusal()).isEmpty();
            first.kill();
            Awaitility.await().until(() -> admin.info("replication").contains("connected_slaves:0"));
            timers.pass(StoreWatch.EVERY);
            assertThat(refusal()).get().asString().contains("0 replicas are attached");
        }
    }

    @Test
    void a_relay_that_is_not_asked_to_wait_says_that_there_are_replicas() {
        var findings = new RedisFindings(Durability.STRICT, 0, false);
        try (var _ = RedisServer.replicaOf(redis)) {
            assertThat(findings.all(RedisCheckup.look(redis.url(), RedisSettings.DEFAULT)))
                    .anySatisfy(finding -> {
                        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
                        assertThat(finding.sentence()).contains("Set redis.wait.replicas = 1");
                    });
            assertThat(new RedisFindings(Durability.STRICT, 0, true)
                            .all(RedisCheckup.look(redis.url(), RedisSettings.DEFAULT)))
                    .anySatisfy(finding -> {
                        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
                        assertThat(finding.sentence()).contains("Sentinels may put a replica");
                    });
        }
    }

    @Test
    void relaxed_over_sentinels_wants_replicas_that_confirm_and_a_redis_that_stops_when_it_does_not_hear_them() {
        var findings = new RedisFindings(Durability.RELAXED, 1, true);
        admin.configSet("min-replicas-to-write", "1");
        admin.configSet("min-replicas-max-lag", "2");
        assertThat(worst(findings)).get().asString().contains("0 replicas are attached");
        try (var _ = RedisServer.replicaOf(redis)) {
            assertThat(worst(findings)).get().asString().contains("min-replicas-max-lag 1");
            admin.configSet("min-replicas-max-lag", "1");
            assertThat(worst(findings)).isEmpty();
            admin.configSet("min-replicas-to-write", "0");
            assertThat(worst(findings)).get().asString().contains("min-replicas-to-write 1");
            assertThat(worst(new RedisFindings(Durability.RELAXED, 1, false))).isEmpty();
            assertThat(worst(new RedisFindings(Durability.RELAXED, 0, true)))
                    .get()
                    .asString()
                    .contains("Set redis.wait.replicas to the number of replicas (now 1)");
            try (var _ = RedisServer.replicaOf(redis)) {
                // One would be enough for a primary that is cut off from the other.
                admin.configSet("min-replicas-to-write", "1");
                assertThat(worst(new RedisFindings(Durability.RELAXED, 2, true)))
                        .get()
                        .asString()
                        .contains("min-replicas-to-write 2");
            }
        }
        assertThat(worst(new RedisFindings(Durability.RELAXED, 0, false))).isEmpty();
    }

    private Optional<String> worst(RedisFindings findings) {
        return findings.all(RedisCheckup.look(redis.url(), RedisSettings.DEFAULT)).stream()
                .filter(finding -> finding.level() == Finding.Level.FAIL)
                .map(Finding::sentence)
                .findFirst();
    }

    @Test
    void a_replica_is_no_place_for_a_relay() {
        try (var replica = RedisServer.replicaOf(redis)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> RedisCheckup.look(replica.url(), RedisSettings.DEFAULT))
                    .hasMessageContaining("it is a replica");
        }
    }

    @Test
    void a_redis_that_is_away_is_no_reason_to_refuse() {
        watched(Durability.STRICT, 0);
        redis.kill();
        timers.pass(Duration.ofMinutes(1));
        redis.run();
        assertThat(refusal()).isEmpty();
    }
}
