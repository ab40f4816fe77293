package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.FaultProxy;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Redis dies, sleeps, is cut off or loses a reply, and comes back: what was acknowledged is there,
/// what was not can be sent again, and nobody has to restart a relay.
class RedisOutagesTest extends RedisFixture {
    private static final RedisSettings PATIENT = RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(15));

    /// One document that one writer commits to, one after the other, each again until it is
    /// acknowledged.
    private final class Typist {
        private final DocumentStore documents;
        private final DocumentId id = DocumentId.random(random);
        private final ClientId client = ClientId.random(random);
        private final AtomicInteger acknowledged;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile boolean enough;
        private volatile Head head = birth;
        private volatile long seq;
        private final Map<Long, Revision> acknowledgedAt = new ConcurrentHashMap<>();

        Typist(DocumentStore documents, AtomicInteger acknowledged) {
            this.documents = documents;
            this.acknowledged = acknowledged;
            await(documents.create(id, epoch, "Typed", owner));
            await(documents.join(id, owner, DeviceId.random(random), client, Optional.empty(), Optional.empty()));
        }

        private List<Entry> next() {
            var bytes = bytes("{\"seq\":" + (seq + 1) + "}");
            return List.of(new Entry(
                    client,
                    seq + 1,
                    owner,
                    coscribe.ot.protocol.Role.EDITOR,
                    bytes,
                    head.chain().after(bytes)));
        }

        void types() {
            if (enough) {
                done.countDown();
                return;
            }
            var entries = next();
            var _ = documents.commit(id, RELAY, head, entries).whenComplete((result, failure) -> {
                if (failure == null) {
                    acknowledge(entries, result);
                    types();
                } else if (cause(failure) instanceof StoreUnavailableException) {
                    types();
                } else {
                    throw new AssertionError(failure);
                }
            });
        }

        private void acknowledge(List<Entry> entries, CommitResult result) {
            var next =
                    new Head(epoch, head.revision().next(), entries.getFirst().chain());
            switch (result) {
                case Appended(var at) -> assertThat(at).isEqualTo(next);
                case Duplicate(int _, var revision) -> assertThat(revision).isEqualTo(next.revision());
                case CommitResult other -> throw new AssertionError(other.toString());
            }
            head = next;
            seq++;
            acknowledgedAt.put(seq, next.revision());
            acknowledged.incrementAndGet();
        }

        void stops() throws InterruptedException {
            enough = true;
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }

        void everythingAcknowledgedIsThereOnce() {
            var loaded = (LoadResult.Loaded) await(documents.load(id));
            assertThat(loaded.head()).isEqualTo(head);
            assertThat(loaded.tail()).hasSize((int) seq).hasSameSizeAs(acknowledgedAt.keySet());
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    @Test
    void what_was_acknowledged_survives_kill_9_and_the_store_heals_by_itself() throws Exception {
        var server = use(RedisServer.strict());
        var documents = openRelay(server.url(), PATIENT).documents();
        var acknowledged = new AtomicInteger();
        var typists = new ArrayList<Typist>();
        for (int i = 0; i < 8; i++) {
            typists.add(new Typist(documents, acknowledged));
        }
        typists.forEach(Typist::types);
        for (int kill = 0; kill < 3; kill++) {
            int before = acknowledged.get();
            Awaitility.await().until(() -> acknowledged.get() > before + 500);
            server.kill();
            server.run();
        }
        int before = acknowledged.get();
        Awaitility.await().until(() -> acknowledged.get() > before + 500);
        for (Typist typist : typists) {
            typist.stops();
            typist.everythingAcknowledgedIsThereOnce();
        }
    }

    @Test
    void a_commit_waits_while_redis_loads_its_data() throws Exception {
        var server =
                use(RedisServer.start("--appendonly", "yes", "--appendfsync", "always", "--key-load-delay", "5000"));
        var relay = openRelay(server.url(), PATIENT);
        var typist = new Typist(relay.documents(), new AtomicInteger());
        try (var admin = server.admin()) {
            for (int i = 0; i < 100; i++) {
                admin.set("ballast" + i, "x");
            }
            admin.bgrewriteaof();
            Awaitility.await()
                    .until(() -> admin.info("persistence").contains("aof_rewrite_in_progress:0")
                            && admin.info("persistence").contains("aof_base_size:")
                            && !admin.info("persistence").contains("aof_base_size:0"));
        }
        server.kill();
        server.launch();
        var change = typist.next();
        var result = await(relay.documents()
                .commit(typist.id, RELAY, birth, change)
                // Written to the old line before its end was noticed: not known, and so sent again.
                .exceptionallyCompose(_ -> relay.documents().commit(typist.id, RELAY, birth, change)));
        assertThat(result).isInstanceOf(Appended.class);
    }

    @Test
    void a_commit_whose_reply_was_lost_fails_and_is_found_when_it_is_sent_again() throws Exception {
        var proxy = closing(new FaultProxy(new Random(1), List.of(FaultProxy.local(server().port()))));
        var documents = openRelay(RedisUrl.parse("redis://127.0.0.1:" + proxy.port()), PATIENT)
                .documents();
        var typists = new ArrayList<Typist>();
        for (int i = 0; i < 20; i++) {
            typists.add(new Typist(documents, new AtomicInteger()));
        }
        // Replies come in order: none is owed any more, also not to what nobody waits for.
        var _ = await(documents.heads(typists.stream().map(typist -> typist.id).toList()));
        proxy.back(FaultProxy.Way.BLACK_HOLE);
        var lost = new HashMap<Typist, CompletionStage<CommitResult>>();
        typists.forEach(typist -> lost.put(typist, documents.commit(typist.id, RELAY, birth, typist.next())));
        Awaitility.await().until(() -> committed(typists) >= 2);
        proxy.heal();
        proxy.cut();
        int failed = 0;
        for (Typist typist : typists) {
            var result = lost.get(typist).handle((appended, failure) -> failure == null ? "appended" : cause(failure));
            if (await(result) instanceof StoreUnavailableException unknown) {
                failed++;
                assertThat(unknown).hasMessageContaining("not known");
                assertThat(await(documents.commit(typist.id, RELAY, birth, typist.next())))
                        .isEqualTo(new Duplicate(0, new Revision(1)));
            } else { // it had not been sent yet, and went over the new line
                assertThat(await(lost.get(typist))).isInstanceOf(Appended.class);
            }
        }
        assertThat(failed).isBetween(2, typists.size() - 1);
        assertThat(committed(typists)).isEqualTo(typists.size());
    }

    private long committed(List<Typist> typists) {
        var heads = await(store().heads(typists.stream().map(t -> t.id).toList()));
        return heads.values().stream()
                .filter(seen -> seen.head().revision().equals(new Revision(1)))
                .count();
    }

    @Test
    void commits_fail_in_time_while_redis_sleeps_and_work_when_it_wakes() throws Exception {
        var server = use(RedisServer.start("--appendonly", "no"));
        var documents = openRelay(server.url(), RedisSettings.DEFAULT.withCommandTimeout(Duration.ofMillis(300)))
                .documents();
        var typist = new Typist(documents, new AtomicInteger());
        server.signal("STOP");
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(failureOf(documents.commit(typist.id, RELAY, birth, typist.next())))
                        .isInstanceOf(StoreUnavailableException.class);
            }
        } finally {
            server.signal("CONT");
        }
        Awaitility.await().ignoreExceptions().until(() -> {
            var result = documents
                    .commit(typist.id, RELAY, birth, typist.next())
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
            return result instanceof Appended || result instanceof Duplicate;
        });
    }

    @Test
    void more_than_may_wait_is_refused_at_once() throws Exception {
        var server = use(RedisServer.start("--appendonly", "no"));
        var documents = openRelay(
                        server.url(),
                        RedisSettings.DEFAULT.withWaitingCommands(100).withCommandTimeout(Duration.ofSeconds(20)))
                .documents();
        await(documents.ping());
        server.signal("STOP");
        var refused = new ArrayList<CompletionStage<Void>>();
        var taken = new ArrayList<CompletionStage<Void>>();
        try {
            for (int i = 0; i < 1000; i++) {
                var ping = documents.ping();
                if (ping.toCompletableFuture().isCompletedExceptionally()) {
                    refused.add(ping);
                } else {
                    taken.add(ping);
                }
            }
            assertThat(refused).hasSizeBetween(800, 900);
            assertThat(failureOf(refused.getFirst()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("does not keep up");
        } finally {
            server.signal("CONT");
        }
        taken.forEach(ping -> await(ping));
        await(documents.ping());
    }

    @Test
    void without_a_redis_every_call_fails_in_time_and_says_where_it_looked() {
        var server = use(RedisServer.start("--appendonly", "no"));
        server.stop();
        var settings = RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(1));
        var documents = openRelay(server.url(), settings).documents();
        assertThat(failureOf(documents.ping()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(server.url().address())
                .hasMessageContaining("refused");
    }

    @Test
    void a_closed_store_fails_what_is_under_way_and_what_comes() throws Exception {
        var server = use(RedisServer.start("--appendonly", "no"));
        var relay = openRelay(server.url(), PATIENT);
        await(relay.documents().ping());
        server.signal("STOP");
        var underWay = relay.documents().ping();
        relay.close();
        server.signal("CONT");
        assertThat(failureOf(underWay)).isInstanceOf(StoreUnavailableException.class);
        assertThat(failureOf(relay.documents().ping())).hasMessageContaining("closed");
        assertThat(failureOf(relay.feed().follow(document, new RedisNumbersTest.Listening())))
                .hasMessageContaining("closed");
    }

    @Test
    void a_killed_subscription_is_taken_up_again_and_says_that_it_was_interrupted() {
        var server = use(RedisServer.start("--appendonly", "no"));
        createDocument();
        var mara = ownerJoins();
        var interruptions = new AtomicInteger();
        var heard = new CopyOnWriteArrayList<LogEntry>();
        var feed = openRelay().feed();
        await(feed.follow(document, new RedisNumbersTest.Listening() {
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
        for (int kill = 1; kill <= 3; kill++) {
            try (var admin = server.admin()) {
                assertThat(admin.clientKill(new redis.clients.jedis.params.ClientKillParams()
                                .type(redis.clients.jedis.args.ClientType.PUBSUB)))
                        .isPositive();
            }
            int times = kill;
            Awaitility.await().until(() -> interruptions.get() == times);
            head = commits(head, edit(mara, kill + 1));
            Awaitility.await().until(() -> heard.size() == times + 1);
        }
        assertThat(heard).isEqualTo(wholeLog(10));
    }

    @Test
    void who_follows_while_redis_is_away_follows_when_it_is_back() throws Exception {
        var server = use(RedisServer.strict());
        createDocument();
        var mara = ownerJoins();
        var feed = openRelay(server.url(), PATIENT).feed();
        await(feed.follow(DocumentId.random(random), new RedisNumbersTest.Listening()));
        server.kill();
        var heard = new CopyOnWriteArrayList<LogEntry>();
        var following = feed.follow(document, new RedisNumbersTest.Listening() {
            @Override
            public void committed(List<LogEntry> entries) {
                heard.addAll(entries);
            }
        });
        server.run();
        await(following);
        var head = commits(birth, edit(mara, 1));
        Awaitility.await().until(() -> heard.size() == 1);
        assertThat(heard.getFirst().chain()).isEqualTo(head.chain());
    }

    @Test
    @Tag("slow") // it takes 8 s of silence
    void a_feed_that_is_silently_cut_off_notices() throws Exception {
        createDocument();
        var mara = ownerJoins();
        var proxy = closing(new FaultProxy(new Random(1), List.of(FaultProxy.local(server().port()))));
        var interrupted = new CountDownLatch(1);
        var relay = openRelay(RedisUrl.parse("redis://127.0.0.1:" + proxy.port()), PATIENT);
        await(relay.documents().ping());
        await(relay.documents().heads(List.of(document)));
        await(relay.feed().follow(document, new RedisNumbersTest.Listening() {
            @Override
            public void interrupted() {
                interrupted.countDown();
            }
        }));
        proxy.back(FaultProxy.Way.BLACK_HOLE);
        var _ = commits(birth, edit(mara, 1));
        Awaitility.await().until(() -> proxy.swallowed() > 0);
        assertThat(proxy.connections()).isEqualTo(3);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> proxy.connections() > 3); // it gave the old line up and dialled anew
        proxy.heal();
        proxy.cut();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
