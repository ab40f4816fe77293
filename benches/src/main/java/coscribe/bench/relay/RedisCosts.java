package coscribe.bench.relay;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.bench.process.RedisChild;
import coscribe.bench.process.TemporaryFolder;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.relay.cli.load.Figures;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.redis.RedisSettings;
import coscribe.relay.store.redis.RedisStore;
import coscribe.relay.store.redis.RedisUrl;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/// What one Redis spends on each thing that relays ask of it, in its own processor time: the relay's
/// own store against a Redis that forces every commit, 64 documents at once.
final class RedisCosts implements AutoCloseable {
    private static final int DOCUMENTS = 64;
    private static final int CHARACTERS = 1_000;
    private static final long WARMING = 200;
    private static final long COMMITS = 2_000;
    private static final int FOLLOWERS = 5;
    private static final int LOOKS = 2_000;
    private static final int RENEWALS = 1_000;
    private static final int WORDS_OF_PRESENCE = 1_000;
    private static final int PRESENCE_BYTES = 200;
    /// No message may be larger, and a relay commits nothing that is no message.
    private static final int LARGEST = Limits.FRAME_BYTES;
    private static final int LARGEST_COMMITS = 200;
    private static final double LARGEST_MILLIS = 1;
    private static final double MICROS = 1e6;
    private static final long SEED = 1;

    private final RedisChild redis;
    private final List<RedisStore> relays = new ArrayList<>();
    private final List<LongDocument> documents = new ArrayList<>();

    private RedisCosts(RedisChild redis) {
        this.redis = redis;
    }

    static List<RelayLimits.Row> run(Path folder) {
        var there = TemporaryFolder.fresh(folder.resolve("costs"));
        try (var redis = RedisChild.start(there, RedisChild.Keeping.ALWAYS);
                var costs = new RedisCosts(redis)) {
            return costs.rows();
        }
    }

    private interface Work {
        /// Answers how many things were done.
        long run();
    }

    /// Microseconds of the processor time of Redis for each.
    private double each(Work work) {
        double before = spent();
        long done = work.run();
        return (spent() - before) / done * MICROS;
    }

    private double spent() {
        return redis.told("used_cpu_user") + redis.told("used_cpu_sys");
    }

    private List<RelayLimits.Row> rows() {
        var first = relay();
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(new LongDocument(first.documents(), random.split(), CHARACTERS, 1));
        }
        follow(first);
        var _ = commit(WARMING);
        var rows = new ArrayList<RelayLimits.Row>();
        rows.add(row("a commit of one character, 1 relay follows", each(() -> commit(COMMITS))));
        for (int i = 1; i < FOLLOWERS; i++) {
            follow(relay());
        }
        rows.add(row("a commit of one character, 5 relays follow", each(() -> commit(COMMITS))));
        rows.add(row("a look where the log of one document ends", each(() -> look(first.documents()))));
        rows.add(row("who is here, written down for 30 s, 1 person", each(() -> renew(first))));
        rows.add(row("who is here, published to 5 relays", each(() -> publish(first.feed()))));
        rows.add(largest());
        return rows;
    }

    /// How long Redis is at the script of the largest commit and at nothing else, by its slow log.
    private RelayLimits.Row largest() {
        var document = documents.getFirst();
        try (var admin = new Jedis("127.0.0.1", redis.port())) {
            admin.configSet("slowlog-max-len", "100000");
            admin.configSet("slowlog-log-slower-than", "0");
            admin.slowlogReset();
            for (int i = 0; i < LARGEST_COMMITS; i++) {
                document.writeBytes(LARGEST);
            }
            var scripts = new Figures();
            admin.slowlogGet(100_000).stream()
                    .filter(entry -> entry.getArgs().getFirst().equalsIgnoreCase("EVALSHA"))
                    .forEach(entry -> scripts.add(TimeUnit.MICROSECONDS.toNanos(entry.getExecutionTime())));
            if (scripts.count() < LARGEST_COMMITS) {
                throw new IllegalStateException("Redis tells of " + scripts.count() + " scripts only");
            }
            return new RelayLimits.Row(
                    String.format(
                            Locale.ROOT, "Redis: the script of a commit of %,d bytes, the largest there is", LARGEST),
                    String.format(
                            Locale.ROOT,
                            "%.2f ms (half of %d), p99 %.2f, most %.2f ms",
                            scripts.millis(50),
                            scripts.count(),
                            scripts.millis(99),
                            scripts.most()),
                    "p99 < 1 ms",
                    scripts.millis(99) < LARGEST_MILLIS);
        }
    }

    private static RelayLimits.Row row(String what, double micros) {
        return new RelayLimits.Row(
                "Redis: " + what, String.format(Locale.ROOT, "%.1f µs of its processor time", micros), "", true);
    }

    private RedisStore relay() {
        var store = new RedisStore(
                RedisUrl.parse(redis.url()), RedisSettings.DEFAULT, new SecureRandom(), InstantSource.system());
        relays.add(store);
        store.start();
        return store;
    }

    private void follow(RedisStore relay) {
        documents.forEach(document -> {
            var _ = await(relay.feed().follow(document.id(), new Deaf()).thenApply(_ -> true));
        });
    }

    /// One commit of each document under way at a time.
    private long commit(long each) {
        try (var typists = Executors.newVirtualThreadPerTaskExecutor()) {
            documents.forEach(document -> typists.execute(() -> document.writeTo(document.commits() + each)));
        }
        return each * documents.size();
    }

    private long look(DocumentStore store) {
        var ids = documents.stream().map(LongDocument::id).toList();
        for (int i = 0; i < LOOKS; i++) {
            var _ = await(store.heads(ids));
        }
        return (long) LOOKS * ids.size();
    }

    private long renew(RedisStore relay) {
        var random = new SplittableRandom(SEED);
        Map<DocumentId, Map<ClientId, byte[]>> records = new HashMap<>();
        documents.forEach(
                document -> records.put(document.id(), Map.of(ClientId.random(random), new byte[PRESENCE_BYTES])));
        for (int i = 0; i < RENEWALS; i++) {
            var all = records.entrySet().stream()
                    .map(entry -> relay.presence()
                            .renew(entry.getKey(), entry.getValue())
                            .thenApply(_ -> true))
                    .toList();
            all.forEach(RedisCosts::await);
        }
        return (long) RENEWALS * documents.size();
    }

    private long publish(DocumentFeed feed) {
        for (int i = 0; i < WORDS_OF_PRESENCE; i++) {
            var all = documents.stream()
                    .map(document -> feed.publishPresence(document.id(), new byte[PRESENCE_BYTES]))
                    .toList();
            all.forEach(RedisCosts::await);
        }
        return (long) WORDS_OF_PRESENCE * documents.size();
    }

    @CanIgnoreReturnValue
    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /// Reads what comes and makes nothing of it.
    private static final class Deaf implements DocumentFeed.Listener {
        @Override
        public void committed(List<LogEntry> entries) {}

        @Override
        public void headMoved(Revision head) {}

        @Override
        public void presence(byte[] message) {}

        @Override
        public void accessChanged() {}

        @Override
        public void interrupted() {}
    }

    @Override
    public void close() {
        relays.forEach(RedisStore::close);
    }
}
