package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.Head;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a relay that people write at, each restored: every document is at one revision of the
/// history that goes on (RELIABILITY row 34). A few here; `-Dcoscribe.backups=100` for many.
class BackupUnderLoadTest {
    private static final int BACKUPS = Integer.getInteger("coscribe.backups", 5);

    @TempDir
    private Path folder;

    private final AtomicBoolean enough = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void each_backup_of_the_embedded_store_is_a_moment_of_its_history() throws Exception {
        var data = folder.resolve("data");
        var all = backUpUnderLoad(Map.of("COSCRIBE_DATA_DIR", data.toString()));
        requireOneHistory(all, Map.of("COSCRIBE_DATA_DIR", data.toString()));
    }

    @Test
    void each_backup_of_redis_is_a_moment_of_its_history() throws Exception {
        try (var redis = RedisServer.strict()) {
            var environment = Map.of(
                    "COSCRIBE_DATA_DIR",
                    folder.resolve("data").toString(),
                    "COSCRIBE_STORE",
                    "redis",
                    "COSCRIBE_REDIS_URL",
                    "redis://127.0.0.1:" + redis.port());
            var all = backUpUnderLoad(environment);
            requireOneHistory(all, environment);
        }
    }

    /// What each backup says of the documents, as the store says that it was restored to.
    private List<Map<DocumentId, Head>> backUpUnderLoad(Map<String, String> environment) throws Exception {
        var said = new ByteArrayOutputStream();
        var relay = inBackground(() -> Main.run(
                List.of("serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"),
                environment,
                print(said),
                print(new ByteArrayOutputStream()),
                stop::await));
        var all = new ArrayList<Map<DocumentId, Head>>();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> said.size() > 0);
            var writers = inBackground(() -> writeUntilEnough(environment));
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> writers.isDone() || hasCommits(environment));
                for (int i = 0; i < BACKUPS; i++) {
                    all.add(backUpAndRestore(environment, i));
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

    private Map<DocumentId, Head> backUpAndRestore(Map<String, String> environment, int number) throws IOException {
        var file = folder.resolve(number + ".backup");
        var restored = Map.of("COSCRIBE_DATA_DIR", folder.resolve("restored").toString());
        long began = System.nanoTime();
        var made = run(environment, "backup", "--json", "--out", file.toString());
        long backedUp = System.nanoTime();
        var back = run(restored, "restore", "--json", file.toString());
        long done = System.nanoTime();
        assertThat(made).containsEntry("damaged", "0");
        assertThat(back).containsEntry("commits", made.get("commits"));
        var heads = heads(restored);
        assertThat(heads).hasSize(Integer.parseInt(made.getOrDefault("documents", "")));
        System.out.printf(
                "backup %d: %s documents, %s changes, %s bytes; made and verified in %d ms, restored in %d ms%n",
                number + 1,
                made.get("documents"),
                made.get("commits"),
                made.get("bytes"),
                (backedUp - began) / 1_000_000,
                (done - backedUp) / 1_000_000);
        Files.delete(file);
        delete(folder.resolve("restored"));
        return heads;
    }

    private static void delete(Path data) throws IOException {
        try (var files = Files.list(data)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(data);
    }

    private static Map<DocumentId, Head> heads(Map<String, String> environment) {
        var heads = new HashMap<DocumentId, Head>();
        try (var stores = open(environment)) {
            for (var id : Stores.wait(stores.holdings().documents("")).ids()) {
                heads.put(
                        id,
                        Stores.wait(stores.holdings().document(id))
                                .orElseThrow()
                                .head());
            }
        }
        return heads;
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
    private static void requireOneHistory(List<Map<DocumentId, Head>> all, Map<String, String> environment) {
        Map<DocumentId, Head> before = Map.of();
        long commits = 0;
        for (var heads : all) {
            assertThat(heads.keySet()).containsAll(before.keySet());
            before.forEach((id, head) -> assertThat(heads.get(id).revision().number())
                    .isGreaterThanOrEqualTo(head.revision().number()));
            before = heads;
            commits = total(heads);
        }
        assertThat(commits).as("people wrote").isGreaterThan(total(all.getFirst()));
        try (var stores = open(environment)) {
            for (var id : before.keySet()) {
                var chains = chains(stores, id);
                for (var heads : all) {
                    var head = heads.get(id);
                    if (head != null) {
                        assertThat(chains.get((int) head.revision().number())).isEqualTo(head.chain());
                    }
                }
            }
        }
    }

    private static long total(Map<DocumentId, Head> heads) {
        return heads.values().stream()
                .mapToLong(head -> head.revision().number())
                .sum();
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

    private static Stores open(Map<String, String> environment) {
        return switch (RelayConfig.parse(Map.of(), environment, Optional.empty(), _ -> "")) {
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
