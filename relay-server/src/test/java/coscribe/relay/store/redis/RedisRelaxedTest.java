package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/// Relaxed with a replica, which is silenced by SIGSTOP. The clock by which the bound of two seconds is
/// kept is the test's.
class RedisRelaxedTest extends RedisFixture {
    private static final RedisSettings RELAXED = RedisSettings.DEFAULT
            .withCommandTimeout(Duration.ofSeconds(10))
            .withWaitReplicas(1)
            .withWaitPatience(Duration.ofMillis(300))
            .withAtRisk(Duration.ofSeconds(2));

    private final AtomicLong now = new AtomicLong();
    private RedisServer replica;
    private RedisStore relay;
    private Writer mara;

    @BeforeEach
    void one_primary_and_one_replica() {
        use(RedisServer.strict());
        replica = closing(RedisServer.replicaOf(server(), "--appendonly", "yes"));
        relay = openRelay(server().url(), RELAXED, now::get);
        createDocument();
        mara = ownerJoins();
        settle();
    }

    @AfterEach
    void the_replica_goes_on() {
        replica.signal("CONT");
    }

    @Override
    protected DocumentStore store() {
        return relay.documents();
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    /// Until nothing is at risk: else so much time would shut the gate.
    private void settle() {
        Awaitility.await().until(() -> {
            pass(10_000);
            return relay.writesRefused().isEmpty();
        });
    }

    private void isUnsafe(CompletionStage<?> stage) {
        assertThat(failureOf(stage))
                .isInstanceOf(StoreUnsafeException.class)
                .hasMessageContaining("a failover must lose no more than 2 seconds");
    }

    @Test
    void what_the_replica_confirms_is_no_longer_at_risk_however_much_time_passes() {
        var head = birth;
        for (int i = 1; i <= 5; i++) {
            head = commits(head, edit(mara, i));
            settle();
        }
        assertThat(relay.writesRefused()).isEmpty();
    }

    @Test
    void edits_are_refused_before_the_bound_is_used_up_and_taken_again_when_the_replica_confirms() {
        replica.signal("STOP");
        var head = commits(birth, edit(mara, 1));
        pass(1_400);
        head = commits(head, edit(mara, 2));
        assertThat(relay.writesRefused()).isEmpty();
        pass(200);
        assertThat(relay.writesRefused()).get().asString().contains("see that each replica runs and keeps up");
        isUnsafe(store().commit(document, RELAY, head, entries(head, edit(mara, 3))));
        assertThat(await(store().heads(List.of(document))).get(document).head()).isEqualTo(head);

        replica.signal("CONT");
        settle();
        head = commits(head, edit(mara, 3));
        assertThat(load().head()).isEqualTo(head);
    }

    @Test
    void what_comes_too_late_is_told_on_no_path() {
        var other = openRelay(server().url(), RELAXED, now::get).documents();
        replica.signal("STOP");
        var _ = commits(birth, edit(mara, 1));
        var _ = await(other.read(document, Revision.ZERO, 10, 1 << 20));
        pass(2_001);
        for (var documents : List.of(store(), other)) {
            isUnsafe(documents.read(document, Revision.ZERO, 10, 1 << 20));
            isUnsafe(documents.load(document));
            isUnsafe(documents.join(
                    document, mara.person(), mara.device(), mara.client(), Optional.empty(), Optional.empty()));
            isUnsafe(documents.grant(document, owner, Optional.of(Role.OWNER)));
        }
        await(store().ping());
        replica.signal("CONT");
        settle();
        assertThat(load().head().revision()).isEqualTo(new Revision(1));
    }

    @Test
    void what_the_feed_brings_too_late_is_left_to_the_log() {
        var heard = new CopyOnWriteArrayList<String>();
        await(relay.feed().follow(document, new RedisNumbersTest.Listening() {
            @Override
            public void committed(List<LogEntry> entries) {
                heard.add("committed " + entries.getLast().revision());
            }

            @Override
            public void headMoved(Revision head) {
                heard.add("head " + head);
            }
        }));
        var unbounded = openRelay().documents();
        replica.signal("STOP");
        var head = ((Appended) await(unbounded.commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 1)))))
                .head();
        Awaitility.await().until(() -> heard.equals(List.of("committed 1")));
        pass(2_001);
        var _ = await(unbounded.commit(document, OTHER_RELAY, head, entries(head, edit(mara, 2))));
        Awaitility.await().until(() -> heard.equals(List.of("committed 1", "head 2")));
        // What was told is asked for, also where nobody writes here.
        replica.signal("CONT");
        settle();
    }

    @Test
    void a_full_redis_takes_no_mark_and_that_is_said() {
        try (var admin = server().admin()) {
            admin.configSet("maxmemory", "1");
            var _ = await(store().read(document, Revision.ZERO, 10, 1 << 20)); // writes nothing
            pass(1_600);
            Awaitility.await().until(() -> relay.writesRefused().orElse("").contains("Last heard: Redis has no room"));
            admin.configSet("maxmemory", "0");
        }
        settle();
        var _ = commits(birth, edit(mara, 1));
    }

    @Test
    void no_commit_waits_for_the_replica() {
        replica.signal("STOP");
        var patient = openRelay(server().url(), RELAXED.withWaitPatience(Duration.ofMinutes(5)), now::get);
        var head = birth;
        for (int i = 1; i <= 3; i++) {
            head = ((Appended) await(patient.documents().commit(document, RELAY, head, entries(head, edit(mara, i)))))
                    .head();
        }
        Awaitility.await().until(() -> waits() > 0);
        var _ = await(patient.documents().commit(document, RELAY, head, entries(head, edit(mara, 4))));
    }

    /// Connections on which somebody waits for a replica now.
    private int waits() {
        try (var admin = server().admin()) {
            return Integer.parseInt(admin.info("clients").replaceAll("(?s).*blocked_clients:(\\d+).*", "$1"));
        }
    }

    @Test
    void a_server_that_has_not_the_mark_confirms_nothing() {
        try (var admin = server().admin()) {
            var key = "cs:mark:somebody";
            assertThat(marked(admin, key)).isZero();
            admin.set(key, "7");
            assertThat(marked(admin, key)).isOne();
            assertThat(admin.pttl(key)).isBetween(1L, 60_000L);
            admin.set(key, "6");
            assertThat(marked(admin, key)).isZero();
        }
    }

    private static long marked(Jedis admin, String key) {
        return (Long) admin.eval(text(Script.MARKED.source()), 1, key, "7", "60000");
    }

    @Test
    void where_nobody_has_to_confirm_there_is_no_bound() {
        replica.signal("STOP");
        var alone = openRelay(server().url(), RELAXED.withWaitReplicas(0), now::get);
        var head = ((Appended) await(alone.documents().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                .head();
        pass(100_000);
        var _ = await(alone.documents().commit(document, RELAY, head, entries(head, edit(mara, 2))));
    }
}
