package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a relay that people write at, each restored: every document is at one revision of the
/// history that goes on (RELIABILITY row 34). Then the relay stops, and everything moves into the other
/// store and back, judged in the same way. A few backups here, one a second;
/// `-Dcoscribe.backups=100 -Dcoscribe.backupEvery=10` (seconds) for many.
class BackupUnderLoadTest {
    private static final int BACKUPS = Integer.getInteger("coscribe.backups", 5);
    private static final Duration EVERY = Duration.ofSeconds(Integer.getInteger("coscribe.backupEvery", 1));

    @TempDir
    private Path folder;

    private final AtomicBoolean enough = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void each_backup_of_the_embedded_store_is_a_moment_of_its_history_also_in_redis_and_back() throws Exception {
        try (var redis = RedisServer.strict()) {
            var store = embedded("data");
            var all = backUpUnderLoad(store, List.of(embedded("restored")));
            requireOneHistory(all, store);
            move(all, store, in(redis, "beside"), embedded("back"));
        }
    }

    @Test
    void each_backup_of_redis_is_a_moment_of_its_history_also_in_the_embedded_store_and_back() throws Exception {
        try (var redis = RedisServer.strict();
                var other = RedisServer.strict()) {
            var store = in(redis, "data");
            var all = backUpUnderLoad(store, List.of(embedded("restored"), in(other, "restored-beside")));
            requireOneHistory(all, store);
            move(all, store, embedded("home"), in(other, "back"));
        }
    }

    /// Where a relay keeps everything.
    ///
    /// @param redis  empty: in the data folder
    private record Place(Path data, Optional<RedisServer> redis) {
        Map<String, String> environment() {
            var environment = new HashMap<>(Map.of("COSCRIBE_DATA_DIR", data.toString()));
            redis.ifPresent(server -> {
                environment.put("COSCRIBE_STORE", "redis");
                environment.put("COSCRIBE_REDIS_URL", "redis://127.0.0.1:" + server.port());
            });
            return environment;
        }

        /// The same, as a file.
        Path conf() throws IOException {
            var lines = new ArrayList<>(List.of("data.dir = " + data));
            redis.ifPresent(
                    server -> lines.addAll(List.of("store = redis", "redis.url = redis://127.0.0.1:" + server.port())));
            return Files.write(data.resolveSibling(data.getFileName() + ".conf"), lines);
        }

        void empty() throws IOException {
            redis.ifPresent(server -> {
                try (var admin = server.admin()) {
                    admin.flushAll();
                }
            });
            if (Files.exists(data)) {
                try (var files = Files.walk(data)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private Place embedded(String name) {
        return new Place(folder.resolve(name), Optional.empty());
    }

    private Place in(RedisServer redis, String name) {
        return new Place(folder.resolve(name), Optional.of(redis));
    }

    /// Where a document's log ends, whatever its epoch: each restore begins a new one.
    private record End(Revision revision, ChainHash chain) {}

    /// What each backup says of the documents, as each store says that it was restored to.
    private List<Map<DocumentId, End>> backUpUnderLoad(Place store, List<Place> restoredTo) throws Exception {
        var environment = store.environment();
        var said = new ByteArrayOutputStream();
        var relay = inBackground(() -> Main.run(
                List.of("serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"),
                environment,
                print(said),
                print(new ByteArrayOutputStream()),
                stop::await));
        var all = new ArrayList<Map<DocumentId, End>>();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> said.size() > 0);
            var writers = inBackground(() -> writeUntilEnough(environment));
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> writers.isDone() || hasCommits(environment));
                while (all.size() < BACKUPS) {
                    long next = System.nanoTime() + EVERY.toNanos();
                    all.add(backUpAndRestore(environment, restoredTo, all.size() + 1));
                    stillWrite(writers, next - System.nanoTime());
                }
            } finally {
                enough.set(true);
                assertThat(writers.get(120, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            stop.countDown();
            assertThat(relay.get(60, TimeUnit.SECONDS)).isZero();
        }
        return all;
    }

    private boolean hasCommits(Map<String, String> environment) throws IOException {
        var file = folder.resolve("first.backup");
        var told = run(environment, "backup", "--json", "--out", file.toString());
        Files.delete(file);
        return !told.getOrDefault("commits", "0").equals("0");
    }

    /// That long, unless they stop before.
    private static void stillWrite(CompletableFuture<Integer> writers, long nanos) throws Exception {
        try {
            var exit = writers.get(nanos, TimeUnit.NANOSECONDS);
            throw new AssertionError("the writers ended with " + exit + " while backups are made");
        } catch (TimeoutException e) {
            assertThat(writers).isNotDone();
        }
    }

    private Map<DocumentId, End> backUpAndRestore(Map<String, String> environment, List<Place> restoredTo, int number)
            throws IOException {
        var file = folder.resolve(number + ".backup");
        long began = System.nanoTime();
        var made = run(environment, "backup", "--json", "--out", file.toString());
        assertThat(made).containsEntry("damaged", "0");
        var told = new StringBuilder();
        told.append("made and verified in ").append(since(began));
        var ends = new ArrayList<Map<DocumentId, End>>();
        for (var place : restoredTo) {
            long backedUp = System.nanoTime();
            var back = run(place.environment(), "restore", "--json", file.toString());
            told.append(place.redis().isEmpty() ? ", restored in " : ", into Redis in ")
                    .append(since(backedUp));
            assertThat(back).containsEntry("commits", made.get("commits"));
            ends.add(ends(place));
            place.empty();
        }
        assertThat(ends).containsOnly(ends.getFirst());
        assertThat(ends.getFirst()).hasSize(Integer.parseInt(made.getOrDefault("documents", "")));
        System.out.printf(
                "backup %d: %s documents, %s changes, %s bytes; %s%n",
                number, made.get("documents"), made.get("commits"), made.get("bytes"), told);
        Files.delete(file);
        return ends.getFirst();
    }

    private static String since(long began) {
        return (System.nanoTime() - began) / 1_000_000 + " ms";
    }

    private static Map<DocumentId, End> ends(Place place) {
        var ends = new HashMap<DocumentId, End>();
        try (var stores = open(place)) {
            for (var after = Optional.of(""); after.isPresent(); ) {
                var page = Stores.wait(stores.holdings().documents(after.get()));
                for (var id : page.ids()) {
                    var head = Stores.wait(stores.holdings().document(id))
                            .orElseThrow()
                            .head();
                    ends.put(id, new End(head.revision(), head.chain()));
                }
                after = page.next();
            }
        }
        return ends;
    }

    /// From each to the next, with no relay: all that a backup tells of the first, every text's hash among
    /// it, it tells of each, and the backups of before are beginnings of what each holds.
    private void move(List<Map<DocumentId, End>> all, Place... places) throws IOException {
        var ends = ends(places[0]);
        var told = backedUp(places[0]);
        assertThat(told).filteredOn(line -> line.contains("content\t")).hasSize(ends.size());
        for (int i = 1; i < places.length; i++) {
            long began = System.nanoTime();
            var moved = run(
                    places[i - 1].environment(),
                    "migrate",
                    "--json",
                    "--to",
                    places[i].conf().toString());
            System.out.printf(
                    "moved into %s in %s: %s documents, %s changes%n",
                    places[i].redis().isEmpty() ? "the embedded store" : "Redis",
                    since(began),
                    moved.get("documents"),
                    moved.get("commits"));
            assertThat(ends(places[i])).isEqualTo(ends);
            assertThat(backedUp(places[i])).isEqualTo(told);
            requireOneHistory(all, places[i]);
        }
    }

    private List<String> backedUp(Place place) throws IOException {
        var file = folder.resolve("moved.backup");
        var _ = run(place.environment(), "backup", "--json", "--out", file.toString());
        var lines = BackupFixture.comparable(file);
        Files.delete(file);
        return lines;
    }

    /// People write until the backups are made: each round in documents of its own.
    private int writeUntilEnough(Map<String, String> environment) {
        while (!enough.get()) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            int exit = Main.run(
                    List.of(
                            "bench",
                            "--json",
                            "--clients",
                            "12",
                            "--docs",
                            "4",
                            "--rate",
                            "15",
                            "--chars",
                            "200",
                            "--warm-up",
                            "1s",
                            "--duration",
                            "4s",
                            "--rounds",
                            "1"),
                    environment,
                    print(out),
                    print(err),
                    () -> {});
            if (exit != 0) {
                throw new AssertionError(err.toString(StandardCharsets.UTF_8));
            }
        }
        return 0;
    }

    /// Each later backup holds what each earlier one held, and all of them are beginnings of what the
    /// store held when everybody had gone.
    private static void requireOneHistory(List<Map<DocumentId, End>> all, Place store) {
        Map<DocumentId, End> before = Map.of();
        long commits = 0;
        for (var ends : all) {
            assertThat(ends.keySet()).containsAll(before.keySet());
            before.forEach((id, end) -> assertThat(ends.get(id).revision().number())
                    .isGreaterThanOrEqualTo(end.revision().number()));
            before = ends;
            commits = total(ends);
        }
        assertThat(commits).as("people wrote").isGreaterThan(total(all.getFirst()));
        try (var stores = open(store)) {
            for (var id : before.keySet()) {
                var chains = chains(stores, id);
                for (var ends : all) {
                    var end = ends.get(id);
                    if (end != null) {
                        assertThat(chains.get((int) end.revision().number())).isEqualTo(end.chain());
                    }
                }
            }
        }
    }

    private static long total(Map<DocumentId, End> ends) {
        return ends.values().stream().mapToLong(end -> end.revision().number()).sum();
    }

    /// The chain hash at each revision, by the bytes of the log.
    private static List<ChainHash> chains(Stores stores, DocumentId id) {
        var chains = new ArrayList<>(List.of(ChainHash.START));
        while (true) {
            var after = new Revision(chains.size() - 1L);
            var read = (ReadResult.Entries) Stores.wait(stores.documents().read(id, after, 500, 1 << 20));
            if (read.entries().isEmpty()) {
                return chains;
            }
            read.entries().forEach(entry -> chains.add(chains.getLast().after(entry.bytes())));
        }
    }

    private static Stores open(Place place) {
        return switch (RelayConfig.parse(Map.of(), place.environment(), Optional.empty(), _ -> "")) {
            case RelayConfig.Parsed.Good(var config) ->
                Relay.World.real(InstantSource.system(), new SecureRandom(), "test")
                        .opener()
                        .open(config);
            case RelayConfig.Parsed.Bad bad -> throw new AssertionError(bad);
        };
    }

    private static Map<String, String> run(Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = Main.run(Arrays.asList(words), environment, print(out), print(err), () -> {});
        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return FlatJson.read(out.toString(StandardCharsets.UTF_8).strip());
    }

    private static CompletableFuture<Integer> inBackground(java.util.function.Supplier<Integer> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().start(task));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
