package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of old log and old client ids when a snapshot is kept.
class RedisArchiveTest extends RedisFixture {
    private static final int COMMITS = 1500;
    private Writer mara;
    private Head head;

    @BeforeEach
    void write() {
        createDocument();
        mara = ownerJoins();
        head = writesMany(birth, mara, COMMITS);
    }

    private void keepSnapshot(int revision) {
        var chain = wholeLog(COMMITS).get(revision - 1).chain();
        await(store().keepSnapshot(document, new Revision(revision), chain, bytes("at " + revision)));
    }

    @Test
    void whole_runs_behind_the_snapshot_are_moved_and_the_newest_commits_stay_single() {
        var log = wholeLog(COMMITS);
        keepSnapshot(600);
        try (var admin = server().admin()) {
            assertThat(admin.hkeys(keys().stem() + "segments")).containsExactlyInAnyOrder("0", "1");
            assertThat(admin.hlen(keys().log())).isEqualTo(COMMITS - 2 * Segment.SIZE);
        }
        keepSnapshot(COMMITS);
        try (var admin = server().admin()) {
            assertThat(admin.hlen(keys().segments())).isEqualTo((COMMITS - Stores.KEPT_SINGLE) / Segment.SIZE);
            assertThat(admin.hlen(keys().log())).isGreaterThanOrEqualTo(Stores.KEPT_SINGLE);
        }
        assertThat(wholeLog(10_000)).isEqualTo(log);
        assertThat(load().tail()).isEmpty();
        assertThat(commits(head, edit(mara, COMMITS + 1)).revision()).isEqualTo(new Revision(COMMITS + 1));
    }

    @Test
    void two_relays_that_move_at_once_do_no_harm() {
        var log = wholeLog(COMMITS);
        var second = openRelay().documents();
        var kept = IntStream.of(300, 700, 900, 1100, 1300, 1499)
                .boxed()
                .flatMap(revision -> java.util.stream.Stream.of(store(), second)
                        .map(store -> store.keepSnapshot(
                                        document,
                                        new Revision(revision),
                                        log.get(revision - 1).chain(),
                                        bytes("at " + revision))
                                .toCompletableFuture()))
                .toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(kept));
        assertThat(wholeLog(333)).isEqualTo(log);
        assertThat(load().snapshot().revision()).isEqualTo(new Revision(1499));
    }

    @Test
    void a_read_goes_on_while_what_it_reads_is_moved() {
        var log = wholeLog(COMMITS);
        var reads = new HashMap<Integer, CompletableFuture<?>>();
        for (int after = 0; after < COMMITS; after += 37) {
            reads.put(
                    after,
                    store().read(document, new Revision(after), 400, 1 << 20).toCompletableFuture());
            if (after % 111 == 0) {
                var _ = openRelay()
                        .documents()
                        .keepSnapshot(
                                document,
                                new Revision(after + 300 > COMMITS ? COMMITS : after + 300),
                                log.get(Math.min(COMMITS, after + 300) - 1).chain(),
                                bytes("s"));
            }
        }
        reads.forEach((after, read) -> {
            var entries = ((coscribe.relay.store.ReadResult.Entries) await(read)).entries();
            assertThat(entries).isEqualTo(log.subList(after, Math.min(COMMITS, after + 400)));
        });
    }

    @Test
    void a_damaged_segment_is_neither_read_nor_carried_along() {
        keepSnapshot(1000);
        try (var admin = server().admin()) {
            var segment = admin.hget(keys().segments(), bytes("1"));
            admin.hset(keys().segments(), bytes("1"), Stores.flipped(segment));
            assertThat(failureOf(store().read(document, new Revision(300), 10, 1000)))
                    .isInstanceOf(DamagedDocumentException.class);
            admin.hdel(keys().segments(), bytes("1"));
            assertThat(failureOf(store().read(document, new Revision(300), 10, 1000)))
                    .isInstanceOf(DamagedDocumentException.class);
        }
        assertThat(failureOf(store().read(document, new Revision(200), 100, 1 << 20)))
                .isInstanceOf(DamagedDocumentException.class);
        assertThat(load().head()).isEqualTo(head);
    }

    @Test
    void client_ids_that_nobody_used_for_90_days_are_forgotten() {
        var now = Instant.parse("2026-11-24T12:00:00Z");
        var old = new HashMap<byte[], byte[]>();
        for (int i = 0; i < 1000; i++) {
            var age = Duration.ofDays(i % 2 == 0 ? 91 : 89);
            old.put(
                    bytes(ClientId.random(random).hex()),
                    bytes("c " + mara.person() + " " + mara.device() + " 3 7 "
                            + now.minus(age).getEpochSecond()));
        }
        try (var admin = server().admin()) {
            admin.hset(keys().clients(), old);
            keepSnapshot(10);
            assertThat(admin.hlen(keys().clients())).isEqualTo(501);
        }
        assertThat(commit(head, edit(mara, COMMITS + 1))).isInstanceOf(Appended.class);
    }
}
