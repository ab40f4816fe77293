package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Strict with replicas: what is not confirmed by all of them is answered to nobody, on no path, and
/// published to nobody. A replica is silenced by SIGSTOP: its link stays, its word does not come.
class RedisReplicasTest extends RedisFixture {
    private static final RedisSettings WAITING = RedisSettings.DEFAULT
            .withCommandTimeout(Duration.ofSeconds(10))
            .withWaitReplicas(1)
            .withWaitPatience(Duration.ofMillis(500));

    private RedisServer replica;
    private RedisStore relay;
    private RedisStore other;
    private Writer mara;
    private final Heard heard = new Heard();

    /// What a document's followers are told, in order.
    private static final class Heard extends RedisNumbersTest.Listening {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void committed(List<LogEntry> entries) {
            told.add("committed " + entries.getFirst().revision() + " to "
                    + entries.getLast().revision());
        }

        @Override
        public void headMoved(Revision head) {
            told.add("head " + head);
        }

        @Override
        public void presence(byte[] message) {
            told.add(text(message));
        }
    }

    @BeforeEach
    void onePrimaryAndOneReplica() {
        use(RedisServer.strict());
        replica = closing(RedisServer.replicaOf(server(), "--appendonly", "yes"));
        relay = openRelay(server().url(), WAITING);
        other = openRelay(server().url(), WAITING);
        createDocument();
        mara = ownerJoins();
        await(other.feed().follow(document, heard));
    }

    @Override
    protected DocumentStore store() {
        return relay.documents();
    }

    private void assertUnsafe(CompletionStage<?> stage) {
        assertThat(failureOf(stage))
                .isInstanceOf(StoreUnsafeException.class)
                .hasMessageContaining("0 of 1 replicas confirmed within 500 ms");
    }

    /// Everything that was published before has arrived.
    private void assertHeard(String... told) {
        other.feed().publishPresence(document, bytes("so far"));
        Awaitility.await().until(() -> heard.told.contains("so far"));
        assertThat(heard.told.subList(0, heard.told.indexOf("so far"))).containsExactly(told);
    }

    @Test
    void a_commit_is_answered_and_published_when_the_replica_has_it() {
        var _ = commits(birth, edit(mara, 1), edit(mara, 2));
        try (var admin = replica.admin()) {
            assertThat(admin.hget(text(keys().head()), "revision")).isEqualTo("2");
        }
        assertHeard("committed 1 to 2");
    }

    @Test
    void what_is_too_large_to_be_carried_is_published_by_its_revision() {
        var wishes = new Wish[300];
        for (int i = 0; i < wishes.length; i++) {
            wishes[i] = edit(mara, i + 1L);
        }
        var _ = commits(birth, wishes);
        assertHeard("head 300");
    }

    @Test
    void what_the_replica_does_not_confirm_is_answered_and_published_on_no_path() {
        replica.signal("STOP");
        try {
            assertUnsafe(store().commit(document, RELAY, birth, entries(birth, edit(mara, 1))));
            try (var admin = server().admin()) { // it is there all the same
                assertThat(admin.hget(text(keys().head()), "revision")).isEqualTo("1");
            }
            var documents = other.documents();
            // Sent again; come too late; missed; loaded; entered.
            assertUnsafe(documents.commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 1))));
            assertUnsafe(documents.commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 2))));
            assertUnsafe(documents.read(document, Revision.ZERO, 10, 1 << 20));
            assertUnsafe(documents.load(document));
            assertUnsafe(documents.join(
                    document,
                    owner,
                    DeviceId.random(random),
                    ClientId.random(random),
                    Optional.empty(),
                    Optional.empty()));
            assertUnsafe(documents.join(
                    document, mara.person(), mara.device(), mara.client(), Optional.empty(), Optional.empty()));
            assertUnsafe(documents.grant(document, PersonId.random(random), Optional.of(Role.EDITOR)));
            // What tells of nothing new needs no word: the other end of the log, and that the store is there.
            assertThat(await(documents.heads(List.of(document)))).hasSize(1);
            await(documents.ping());
            assertHeard();
        } finally {
            replica.signal("CONT");
        }
        heard.told.clear();
        replica.awaitInSyncWith(server());
        CommitResult again = await(other.documents()
                .commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 1)))
                .exceptionallyCompose(_ ->
                        other.documents().commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 1)))));
        assertThat(again).isEqualTo(new Duplicate(0, new Revision(1)));
        // Confirmed only now, and so told only now.
        assertHeard("head 1");
        assertThat(load().head().revision()).isEqualTo(new Revision(1));
    }

    @Test
    void reading_what_others_wrote_writes_so_that_the_wait_covers_it() {
        var head = writes(birth, mara, 1, 3);
        try (var admin = server().admin()) {
            for (var reading : List.<Runnable>of(
                    () -> await(other.documents().read(document, Revision.ZERO, 10, 1 << 20)),
                    () -> await(other.documents().load(document)),
                    () -> await(other.documents().commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 1)))),
                    () -> await(other.documents().commit(document, OTHER_RELAY, birth, entries(birth, edit(mara, 4)))),
                    () -> await(other.documents()
                            .join(
                                    document,
                                    mara.person(),
                                    mara.device(),
                                    mara.client(),
                                    Optional.empty(),
                                    Optional.empty())))) {
                String before = RedisFixture.everything(admin, document).toString();
                long offset = offset(admin.info("replication"));
                reading.run();
                // More than the question to the replicas alone, which is 37 bytes.
                assertThat(offset(admin.info("replication"))).isGreaterThan(offset + 100);
                assertThat(RedisFixture.everything(admin, document)).hasToString(before);
            }
            long offset = offset(admin.info("replication"));
            var nothing = (ReadResult.Entries) await(other.documents().read(document, head.revision(), 10, 1 << 20));
            assertThat(nothing.entries()).isEmpty();
            assertThat(offset(admin.info("replication"))).isLessThan(offset + 100);
        }
    }

    private static long offset(String info) {
        return Long.parseLong(info.replaceAll("(?s).*master_repl_offset:(\\d+).*", "$1"));
    }

    @Test
    void all_replicas_must_confirm_as_redis_may_promote_any() {
        var second = closing(RedisServer.replicaOf(server()));
        var both = openRelay(server().url(), WAITING.withWaitReplicas(2)).documents();
        var head = ((Appended) await(both.commit(document, RELAY, birth, entries(birth, edit(mara, 1))))).head();
        second.signal("STOP");
        try {
            assertThat(failureOf(both.commit(document, RELAY, head, entries(head, edit(mara, 2)))))
                    .isInstanceOf(StoreUnsafeException.class)
                    .hasMessageContaining("1 of 2 replicas confirmed");
        } finally {
            second.signal("CONT");
        }
    }

    @Test
    void a_primary_that_becomes_a_replica_confirms_nothing() {
        replica.signal("STOP");
        var asked = store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)));
        try (var admin = server().admin()) {
            Awaitility.await().until(() -> "1".equals(admin.hget(text(keys().head()), "revision")));
            admin.replicaof("127.0.0.1", replica.port());
            assertThat(failureOf(asked)).isInstanceOf(StoreUnsafeException.class);
            assertThat(failureOf(store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .isInstanceOf(coscribe.relay.store.StoreUnavailableException.class);
            admin.replicaofNoOne();
        } finally {
            replica.signal("CONT");
        }
    }

    @Test
    void fewer_replicas_than_redis_itself_asks_for_is_unsafe() {
        try (var admin = server().admin()) {
            admin.configSet("min-replicas-to-write", "2");
            assertThat(failureOf(store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .isInstanceOf(StoreUnsafeException.class)
                    .hasMessageContaining("min-replicas-to-write");
            admin.configSet("min-replicas-to-write", "1");
        }
        var _ = commits(birth, edit(mara, 1));
    }

    @Test
    void many_commits_share_one_word() {
        var clients = new java.util.ArrayList<Writer>();
        for (int i = 0; i < 50; i++) {
            clients.add(joins(Role.EDITOR));
        }
        var results = clients.stream()
                .map(writer -> store().commit(document, RELAY, birth, entries(birth, edit(writer, 1))))
                .toList();
        assertThat(results.stream().map(result -> await(result)).filter(Appended.class::isInstance))
                .hasSize(1);
        try (var admin = server().admin()) {
            long waits =
                    Long.parseLong(admin.info("commandstats").replaceAll("(?s).*cmdstat_wait:calls=(\\d+).*", "$1"));
            assertThat(waits).isLessThan(120); // 50 joins, one after the other, and few for the 50 commits
        }
    }
}
