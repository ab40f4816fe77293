package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.CommitResult.Forked;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Head;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A primary, a replica and three Sentinels, all real: relays find whoever is the primary, and what was
/// answered outlives it.
@Tag("slow")
class RedisSentinelTest extends RedisFixture {
    private static final RedisSettings STRICT = RedisSettings.DEFAULT
            .withCommandTimeout(Duration.ofSeconds(3))
            .withWaitReplicas(1)
            .withWaitPatience(Duration.ofMillis(500));

    private static final Duration AT_RISK = Duration.ofSeconds(2);

    private RedisTier tier;
    private Writer mara;

    @BeforeEach
    void start() {
        tier = closing(RedisTier.start(1));
        createDocument();
        mara = ownerJoins();
    }

    @Override
    RedisStore openRelay() {
        return openRelay(RedisUrl.parse(tier.url()), STRICT);
    }

    /// Asks again until it is answered, as a relay's clients do.
    private static CommitResult insisting(
            DocumentStore documents, DocumentId document, Head head, Writer mara, long seq) {
        var result = new CommitResult[1];
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                result[0] = documents
                        .commit(document, RELAY, head, entries(head, edit(mara, seq)))
                        .toCompletableFuture()
                        .get();
                return true;
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(StoreUnavailableException.class);
                return false;
            }
        });
        return result[0];
    }

    private static Head after(Head head, Writer mara, long seq) {
        return new Head(
                head.epoch(),
                head.revision().next(),
                entries(head, edit(mara, seq)).getFirst().chain());
    }

    @Test
    void what_was_answered_outlives_the_primary_also_where_the_replica_was_behind() {
        var head = birth;
        for (int failover = 0; failover < 2; failover++) {
            for (int i = 0; i < 20; i++) {
                head = commits(head, edit(mara, head.revision().number() + 1));
            }
            long seq = head.revision().number() + 1;
            var acknowledged = head;
            tier.failOver(failover % 2 == 1, () -> {
                // On its way while the primary dies; where the replica is behind, it has no chance.
                var _ = store().commit(document, RELAY, acknowledged, entries(acknowledged, edit(mara, seq)));
            });
            var result = insisting(store(), document, head, mara, seq);
            head = after(head, mara, seq);
            assertThat(result).isIn(new Appended(head), new Duplicate(0, head.revision()));
        }
        assertThat(load().head()).isEqualTo(head);
    }

    @Test
    void without_waiting_for_the_replica_the_same_cut_loses_what_was_answered() {
        var documents = openRelay(RedisUrl.parse(tier.url()), STRICT.withWaitReplicas(0))
                .documents();
        var last = new Head[] {birth};
        tier.failOver(true, () -> {
            for (int i = 0; i < 20; i++) {
                var head = last[0];
                last[0] = ((Appended) await(documents.commit(
                                document,
                                RELAY,
                                head,
                                entries(head, edit(mara, head.revision().number() + 1)))))
                        .head();
            }
        });
        assertThat(last[0].revision()).isEqualTo(new Revision(20));
        // The relay's copy is ahead of the store: it is told so, and nothing is put on top of it.
        assertThat(insisting(documents, document, last[0], mara, 21)).isEqualTo(new Forked(birth));
        assertThat(load().head()).isEqualTo(birth);
    }

    @Test
    void relaxed_loses_no_more_of_what_was_answered_than_its_bound_by_the_relays_own_clock() {
        var now = new AtomicLong();
        var relay = openRelay(RedisUrl.parse(tier.url()), STRICT.withAtRisk(AT_RISK), now::get);
        var documents = relay.documents();
        var answered = new ArrayList<Long>(); // when, in the order of revisions
        var last = new Head[] {birth};
        tier.failOver(true, () -> {
            while (relay.writesRefused().isEmpty()) {
                var head = last[0];
                last[0] = ((Appended) await(documents.commit(
                                document,
                                RELAY,
                                head,
                                entries(head, edit(mara, head.revision().number() + 1)))))
                        .head();
                answered.add(now.get());
                now.addAndGet(Duration.ofMillis(20).toNanos());
            }
        });
        Awaitility.await("edits are taken again").atMost(Duration.ofSeconds(30)).until(() -> {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            return relay.writesRefused().isEmpty();
        });
        var kept = insistedHead(documents);
        var lost = answered.subList((int) kept.revision().number(), answered.size());
        assertThat(lost).hasSizeGreaterThan(20);
        assertThat(lost.getLast() - lost.getFirst()).isLessThanOrEqualTo(AT_RISK.toNanos());
        assertThat(insisting(documents, document, last[0], mara, 1_000)).isEqualTo(new Forked(kept));
        assertThat(insisting(documents, document, kept, mara, kept.revision().number() + 1))
                .isInstanceOf(Appended.class);
    }

    private Head insistedHead(DocumentStore documents) {
        var heads = new HashMap<DocumentId, Head>();
        Awaitility.await().ignoreExceptions().until(() -> {
            await(documents.heads(List.of(document))).forEach((id, seen) -> heads.put(id, seen.head()));
            return heads.containsKey(document);
        });
        return heads.getOrDefault(document, birth);
    }

    @Test
    void an_old_primary_that_wakes_up_acknowledges_nothing_and_is_left() {
        var head = commits(birth, edit(mara, 1));
        var before = tier.primary();
        // Knows of no Sentinels, and so stays where it is.
        var stubborn = openRelay(before.url(), STRICT.withCommandTimeout(Duration.ofSeconds(20)));
        await(stubborn.documents().ping());
        before.signal("STOP");
        var _ = tier.awaitAnother(before);
        before.signal("CONT");
        try (var admin = before.admin()) {
            assertThat(admin.info("replication")).contains("role:master");
        }
        assertThat(failureOf(stubborn.documents().commit(document, RELAY, head, entries(head, edit(mara, 2)))))
                .isInstanceOf(StoreUnsafeException.class);
        // Who knows of them is with the new one, which has no replica yet.
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                failureOf(store().commit(document, RELAY, head, entries(head, edit(mara, 2)))))
                        .isInstanceOf(StoreUnsafeException.class));
        before.kill();
        before.runAsReplicaOf(tier.primary());
        assertThat(insisting(store(), document, head, mara, 2))
                .isIn(new Appended(after(head, mara, 2)), new Duplicate(0, new Revision(2)));
    }

    @Test
    void subscriptions_follow_the_primary_and_say_that_they_were_interrupted() {
        var other = openRelay();
        var interruptions = new AtomicInteger();
        var heard = new CopyOnWriteArrayList<LogEntry>();
        await(other.feed().follow(document, new RedisNumbersTest.Listening() {
            @Override
            public void committed(List<LogEntry> entries) {
                heard.addAll(entries);
            }

            @Override
            public void interrupted() {
                interruptions.incrementAndGet();
            }
        }));
        var head = commits(birth, edit(mara, 1));
        Awaitility.await().until(() -> heard.size() == 1);
        tier.failOver(false, () -> {});
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> interruptions.get() >= 1);
        assertThat(insisting(store(), document, head, mara, 2)).isEqualTo(new Appended(after(head, mara, 2)));
        Awaitility.await().until(() -> heard.size() == 2);
        assertThat(heard.getLast().revision()).isEqualTo(new Revision(2));
    }

    @Test
    void a_relay_that_starts_after_a_failover_finds_the_new_primary() {
        var head = commits(birth, edit(mara, 1));
        tier.failOver(false, () -> {});
        var late = openRelay().documents();
        assertThat(await(late.heads(List.of(document))).get(document).head()).isEqualTo(head);
        await(late.join(
                document, owner, DeviceId.random(random), ClientId.random(random), Optional.empty(), Optional.empty()));
    }

    @Test
    void sentinels_that_do_not_know_the_name_are_told_by_name() {
        var url = RedisUrl.parse(tier.url().replace("/coscribe", "/nobody"));
        var documents =
                openRelay(url, STRICT.withCommandTimeout(Duration.ofSeconds(1))).documents();
        assertThat(failureOf(documents.ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("'nobody'");
    }
}
