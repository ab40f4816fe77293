package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.relay.ops.FlatJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The load, against the program as it is shipped; what it measures, no test asks.
class BenchCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        return Main.run(all, Map.of(), print(out), print(err), () -> {});
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void people_join_and_type_and_everybody_ends_with_one_text() throws Exception {
        var stop = new CountDownLatch(1);
        var said = new ByteArrayOutputStream();
        var serve = List.of(
                "serve",
                "--bind",
                "127.0.0.1:0",
                "--metrics-bind",
                "off",
                "--json",
                "--data-dir",
                folder.resolve("data").toString());
        var relay = CompletableFuture.supplyAsync(
                () -> Main.run(serve, Map.of(), print(said), print(err), stop::await),
                task -> Thread.ofPlatform().start(task));
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> said.size() > 0);
            int exit = run(
                    "bench",
                    "--json",
                    "--clients",
                    "12",
                    "--docs",
                    "3",
                    "--rate",
                    "20",
                    "--chars",
                    "300",
                    "--carets",
                    "--warm-up",
                    "1s",
                    "--duration",
                    "1s",
                    "--rounds",
                    "2");
            assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
            var told = FlatJson.read(out.toString(StandardCharsets.UTF_8).strip());
            assertThat(told).containsEntry("texts_equal", "true").containsEntry("lost", "0");
            assertThat(Integer.parseInt(told.get("edits"))).isPositive();
            assertThat(Double.parseDouble(told.get("p50_ms"))).isPositive();
            assertThat(Double.parseDouble(told.get("joins_per_s"))).isPositive();
        } finally {
            stop.countDown();
            assertThat(relay.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void without_a_running_relay_it_says_how_to_start_one() {
        assertThat(run("bench")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No relay runs on", "coscribe-relay serve");
    }

    @Test
    void what_cannot_be_a_load_is_told_in_a_sentence() {
        assertThat(run("bench", "--url", "ftp://somewhere")).isEqualTo(2);
        assertThat(run("bench", "--clients", "many")).isEqualTo(2);
        assertThat(run("bench", "--clients", "3", "--docs", "5")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "'ftp://somewhere' is no address to load.",
                        "--clients needs a whole number from 1 on, not 'many'.",
                        "--clients must not be below --docs.");
    }
}
