package coscribe.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.Worlds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Commands as an administrator types them, on stores in memory.
abstract class CommandsFixture {
    @TempDir
    Path folder;

    final Worlds worlds = new Worlds();
    final Map<String, String> environment = new HashMap<>();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CountDownLatch stop = new CountDownLatch(1);
    final List<CompletableFuture<Integer>> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws Exception {
        stop.countDown();
        for (var server : servers) {
            assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    DocumentId document() {
        var id = DocumentId.random(new Random(1));
        try (var stores = worlds.open()) {
            var _ = stores.documents()
                    .create(id, Epoch.random(new Random(2)), "Plan", PersonId.random(new Random(3)))
                    .toCompletableFuture()
                    .join();
        }
        return id;
    }

    /// Runs a server until the test ends.
    ///
    /// @return its port
    @com.google.errorprone.annotations.CanIgnoreReturnValue
    int serve(String... options) {
        var args = new ArrayList<>(List.of("serve", "--metrics-bind", "127.0.0.1:0", "--data-dir", data()));
        args.addAll(List.of(options));
        servers.add(CompletableFuture.supplyAsync(
                () -> run(args.toArray(String[]::new)),
                task -> Thread.ofPlatform().daemon().start(task)));
        await().until(() -> err().contains("event=ready"));
        var matcher = java.util.regex.Pattern.compile(":([0-9]+)").matcher(out());
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /// With a data folder in the test's own.
    int runHere(String... typed) {
        var args = new ArrayList<>(List.of(typed));
        args.addAll(List.of("--data-dir", data()));
        return run(args.toArray(String[]::new));
    }

    String data() {
        return folder.resolve("coscribe-data").toString();
    }

    int run(String... args) {
        var context = new CommandContext(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                stop::await,
                worlds.world(),
                false,
                false,
                false);
        return Commands.run(List.of(args), context);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
