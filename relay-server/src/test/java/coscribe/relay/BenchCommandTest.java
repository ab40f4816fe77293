package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.RestoreMark;
import coscribe.relay.store.StoreState;
import coscribe.relay.store.memory.MemoryStore;
import coscribe.relay.store.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The load, against the program as it is shipped; how fast that is, no test asks.
class BenchCommandTest {
    private static final List<String> SHORT = List.of("--warm-up", "1s", "--duration", "1s", "--chars", "300");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<CompletableFuture<Integer>> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws Exception {
        stop.countDown();
        for (var server : servers) {
            assertThat(server.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        return Main.run(all, Map.of(), print(out), print(err), () -> {});
    }

    private Map<String, String> figures(String workload, List<String> options, String... more) {
        var words = new ArrayList<>(List.of("bench", workload, "--json"));
        words.addAll(options);
        words.addAll(List.of(more));
        int exit = run(words.toArray(String[]::new));
        assertThat(exit).as(errors()).isZero();
        return FlatJson.read(out.toString(StandardCharsets.UTF_8).strip());
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// The relay as it is shipped; answers where it listens.
    @CanIgnoreReturnValue
    private String serve(String name, Map<String, String> environment, String metrics) {
        var said = new ByteArrayOutputStream();
        var words = List.of(
                "serve",
                "--bind",
                "127.0.0.1:0",
                "--metrics-bind",
                metrics,
                "--json",
                "--data-dir",
                folder.resolve(name).toString());
        servers.add(CompletableFuture.supplyAsync(
                () -> Main.run(words, environment, print(said), print(new ByteArrayOutputStream()), stop::await),
                task -> Thread.ofPlatform().daemon().start(task)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> said.toString(StandardCharsets.UTF_8).endsWith("\n"));
        return FlatJson.read(said.toString(StandardCharsets.UTF_8).strip()).get("address");
    }

    private static void isWellTyped(Map<String, String> told) {
        assertThat(told).containsEntry("texts_equal", "true").containsEntry("lost", "0");
        assertThat(number(told, "commits")).isPositive();
        assertThat(number(told, "p50_ms")).isPositive();
        assertThat(number(told, "saved_p50_ms")).isPositive();
        assertThat(number(told, "most_ms")).isGreaterThanOrEqualTo(number(told, "p99_ms"));
        isOfAGenerator(told);
    }

    private static void isOfAGenerator(Map<String, String> told) {
        assertThat(number(told, "generator_late_p99_ms")).isNotNegative();
        assertThat(number(told, "generator_busy_percent")).isBetween(0.0, 100.0);
        assertThat(told.get("limit")).isIn("", "generator");
    }

    private static double number(Map<String, String> told, String field) {
        return Double.parseDouble(told.get(field));
    }

    @Nested
    class On_the_embedded_store {
        @Test
        void an_office_types_and_everybody_ends_with_one_text() {
            serve("data", Map.of(), "off");
            var told = figures("office", SHORT, "--clients", "12", "--docs", "3", "--rate", "20", "--rounds", "2");
            isWellTyped(told);
            assertThat(told)
                    .containsEntry("workload", "office")
                    .containsEntry("writers", "3")
                    .containsEntry("carets", "true");
            assertThat(errors()).contains("warming for 1 s", "round 2: ");
        }

        @Test
        void few_people_in_each_of_many_documents_all_type() {
            serve("data", Map.of(), "off");
            var told = figures("spread", SHORT, "--clients", "12", "--docs", "6", "--no-carets");
            isWellTyped(told);
            assertThat(told).containsEntry("writers", "12").containsEntry("carets", "false");
        }

        @Test
        void idle_connections_are_weighed_by_the_system_and_by_the_relays_own_metrics() throws IOException {
            int port = freePort();
            serve("data", Map.of(), "127.0.0.1:" + port);
            var told = figures(
                    "idle",
                    List.of("--duration", "1s", "--metrics-bind", "127.0.0.1:" + port),
                    "--clients",
                    "8",
                    "--docs",
                    "4");
            assertThat(told)
                    .containsEntry("clients", "16")
                    .containsEntry("docs", "8")
                    .containsEntry("lost", "0");
            assertThat(number(told, "heap_kib_each_further")).isFinite();
            if (Files.exists(Path.of("/proc/self/status"))) {
                assertThat(number(told, "resident_kib_each_further")).isFinite();
                assertThat(number(told, "cpu_percent")).isNotNegative();
            }
            isOfAGenerator(told);
        }

        @Test
        void a_table_is_what_people_get() {
            serve("data", Map.of(), "off");
            assertThat(run("bench", "storm", "--clients", "4", "--docs", "2", "--quiet"))
                    .isZero();
            var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).startsWith("| workload | clients | docs | chars | within_s | joined |");
            assertThat(lines.get(1)).startsWith("| --- | --- |");
            assertThat(lines.get(2)).startsWith("| storm | 4 | 2 | 5000 | 1.00 | 4 |");
            assertThat(errors()).isEmpty();
        }
    }

    @Test
    void one_hot_document_on_two_relays_over_redis_ends_with_one_text() {
        try (var redis = RedisServer.strict()) {
            var environment =
                    Map.of("COSCRIBE_STORE", "redis", "COSCRIBE_REDIS_URL", "redis://127.0.0.1:" + redis.port());
            var here = serve("data", environment, "off");
            var there = serve("other", environment, "off");
            var told = figures("hot", SHORT, "--clients", "8", "--rate", "5", "--url", here + "," + there);
            isWellTyped(told);
            assertThat(told).containsEntry("writers", "8").containsEntry("docs", "1");

            var storm = figures("storm", List.of("--rounds", "2"), "--clients", "20", "--docs", "4");
            assertThat(storm)
                    .containsEntry("joined", "20")
                    .containsEntry("sent_away", "0")
                    .containsEntry("lost", "0");
            assertThat(number(storm, "joins_per_s")).isPositive();
            isOfAGenerator(storm);
            assertThat(errors()).contains("round 2: 20 in within ");
            stop.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> servers.stream().allMatch(CompletableFuture::isDone));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"office", "hot", "storm"})
    void a_relay_that_keeps_everything_in_memory_is_loaded_the_same_way(String workload) {
        try (var ignored = inMemory()) {
            var told = workload.equals("storm")
                    ? figures(workload, List.of(), "--clients", "6", "--docs", "2")
                    : figures(workload, SHORT, "--clients", "6");
            if (workload.equals("storm")) {
                assertThat(told).containsEntry("joined", "6");
            } else {
                isWellTyped(told);
            }
        }
    }

    private Relay inMemory() {
        var flags = Map.of(
                "--bind",
                "127.0.0.1:0",
                "--metrics-bind",
                "off",
                "--shutdown-drain",
                "0s",
                "--data-dir",
                folder.resolve("data").toString());
        var config = switch (RelayConfig.parse(flags, Map.of(), Optional.empty(), Files::readString)) {
            case RelayConfig.Parsed.Good(var good) -> good;
            case RelayConfig.Parsed.Bad(var problems) -> throw new AssertionError(problems);
        };
        var clock = InstantSource.system();
        var memory = new MemoryStore(clock, Runnable::run);
        return Relay.start(
                config,
                new Relay.World(
                        _ -> new Stores(
                                memory.openDocuments(),
                                memory.openFeed(),
                                memory.people(),
                                memory.presence(),
                                memory.holdings(),
                                RestoreMark.NEVER,
                                StoreState.PLAIN,
                                "memory",
                                () -> {}),
                        _ -> List.of(),
                        HallSessions::new,
                        clock,
                        new SecureRandom(),
                        "test"));
    }

    /// Documents take one connection, everybody comes in once; then the storm breaks.
    @Test
    void who_is_sent_away_comes_back_when_told_to_and_is_counted() throws IOException {
        var address = serve("data", Map.of(), "off");
        int people = 6;
        int refused = 4;
        try (var door = new RefusingDoor(address, 1 + people, refused, 300)) {
            var told = figures(
                    "storm", List.of("--docs", "2"), "--clients", Integer.toString(people), "--url", door.address());
            assertThat(told)
                    .containsEntry("joined", "6")
                    .containsEntry("sent_away", "4")
                    .containsEntry("lost", "0");
            assertThat(number(told, "join_most_ms")).as("honoured").isGreaterThanOrEqualTo(300);
            assertThat(errors()).contains("4 times somebody was told to come later");
        }
    }

    @Nested
    class What_cannot_be {
        @Test
        void without_a_running_relay_it_says_how_to_start_one() {
            assertThat(run("bench")).isEqualTo(1);
            assertThat(errors()).contains("No relay runs on", "coscribe-relay serve");
        }

        private void wrong(String sentence, String... words) {
            var all = new ArrayList<>(List.of("bench"));
            all.addAll(List.of(words));
            assertThat(run(all.toArray(String[]::new))).as(sentence).isEqualTo(2);
            assertThat(errors()).contains(sentence);
        }

        @Test
        void a_workload_that_there_is_none_of() {
            wrong("There is no workload 'strom'. Did you mean 'storm'?", "strom");
            wrong("There is no workload 'everything'. There are office, hot, spread, storm, idle.", "everything");
        }

        @Test
        void an_option_of_another_workload() {
            wrong("--rate says nothing of storm (for people who type: office, hot, spread).", "storm", "--rate", "5");
            wrong("--docs says nothing of hot (hot has one document, all others have).", "hot", "--docs", "5");
            wrong("--within says nothing of office (for storm).", "--within", "5s");
            wrong("--no-carets says nothing of idle", "idle", "--no-carets");
        }

        @Test
        void sizes_out_of_bounds() {
            wrong("'ftp://somewhere' is no address to load.", "--url", "ftp://somewhere");
            wrong("'' is no address to load.", "--url", "ws://127.0.0.1:1,");
            wrong("--clients is 'many'. Write a whole number from 1 to 25000.", "--clients", "many");
            wrong("--clients is '25001'. Write a whole number from 1 to 25000.", "--clients", "25001");
            wrong("--clients is '12501'. Write a whole number from 1 to 12500.", "idle", "--clients", "12501");
            wrong("--clients must not be below --docs.", "--clients", "3", "--docs", "5");
            wrong("--rate is '0'. Write a number from 0.01 to 200.", "--rate", "0");
            wrong("--rate is '201'.", "--rate", "201");
            wrong("--duration is '0s'. Write a time from 1s to 45m.", "--duration", "0s");
            wrong("That takes longer than 45 minutes", "--duration", "30m", "--rounds", "3");
            wrong("--pid is '99999999', and no such process runs here.", "--pid", "99999999");
        }

        @Test
        void more_connections_than_files_may_be_open() {
            serve("data", Map.of(), "off");
            // What the system allows differs; where it allows this, there is nothing to be told.
            if (allowedFiles() < 25_000) {
                assertThat(run("bench", "storm", "--clients", "25000", "--docs", "400"))
                        .isEqualTo(1);
                assertThat(errors()).contains("This needs 25600 open files", "ulimit -n 25600");
            }
        }

        private static long allowedFiles() {
            try {
                return Files.readString(Path.of("/proc/self/limits"))
                        .lines()
                        .filter(line -> line.startsWith("Max open files"))
                        .mapToLong(line -> Long.parseLong(line.split("\\s+")[3]))
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
            } catch (IOException e) {
                return Long.MAX_VALUE;
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
