package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.Scribe.Work;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Standing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Backups as an administrator makes them, and what is in the stores behind them.
abstract class BackupFixture {
    static final long SEED = 20_261_129;

    @TempDir
    Path folder;

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CountDownLatch stop = new CountDownLatch(1);
    final List<CompletableFuture<Integer>> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws Exception {
        stop.countDown();
        for (var server : servers) {
            assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    // --- what the tests speak of

    Path backup() {
        return folder.resolve("it.backup");
    }

    /// Three documents, one of them long enough for segments and one that was never written in.
    List<Work> written(String name) {
        try (var stores = open(name)) {
            var scribe = new Scribe(stores, SEED);
            var works = List.of(
                    scribe.writes("Minutes\t\\ of \"Möbius\" 🖋", 600),
                    scribe.writes("Plan", 301),
                    scribe.writes("Empty", 0));
            var _ = identity(stores);
            signIn(stores, scribe);
            return works;
        }
    }

    /// A device that renewed its credential, and an invite that somebody followed.
    static void signIn(Stores stores, Scribe scribe) {
        var random = new SplittableRandom(SEED);
        var later = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);
        var device = DeviceId.random(random);
        var people = stores.people();
        var _ = Stores.wait(people.putDevice(device, scribe.person, "a".repeat(64), later)
                .thenCompose(_ -> people.rotate("a".repeat(64), "b".repeat(64), Instant.now(), later)));
        var invite = new Invite("c".repeat(64), new Grants.AtRelay(Standing.MEMBER), later, 3);
        var _ = Stores.wait(people.putInvite(invite)
                .thenCompose(_ -> people.redeem("c".repeat(64), device, scribe.person, Instant.now())));
    }

    Stores open(String name) {
        var config = (RelayConfig.Parsed.Good) RelayConfig.parse(
                Map.of("--data-dir", folder.resolve(name).toString()), Map.of(), java.util.Optional.empty(), _ -> "");
        return Relay.World.real(InstantSource.system(), new SecureRandom(), "test")
                .opener()
                .open(config.config());
    }

    String identity(String name) {
        try (var stores = open(name)) {
            return identity(stores);
        }
    }

    static String identity(Stores stores) {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        var identity = Stores.wait(
                stores.people().identity(coscribe.ot.protocol.RelayId.random(new SplittableRandom()), secret));
        return identity.relay() + " " + HexFormat.of().formatHex(identity.tokenSecret());
    }

    void assertRestored(String name, List<Work> works) {
        assertRestored(name, works, true);
    }

    /// All of them, nothing else, the texts and the history the same; in a new life, if so.
    void assertRestored(String name, List<Work> works, boolean newLife) {
        try (var stores = open(name)) {
            var ids = Stores.wait(stores.holdings().documents("")).ids();
            assertThat(ids)
                    .containsExactlyInAnyOrder(works.stream().map(Work::id).toArray(DocumentId[]::new));
            for (var work : works) {
                var loaded = (LoadResult.Loaded) Stores.wait(stores.documents().load(work.id()));
                assertThat(loaded.head().revision()).isEqualTo(work.head().revision());
                assertThat(loaded.head().chain()).isEqualTo(work.head().chain());
                assertThat(loaded.head().epoch().equals(work.head().epoch())).isEqualTo(!newLife);
                var held = Stores.wait(stores.holdings().document(work.id())).orElseThrow();
                assertThat(held.access().title()).isEqualTo(work.title());
                if (newLife) {
                    assertThat(loaded.snapshot().bytes()).isEqualTo(coscribe.ot.wire.Wire.encodeDocument(work.text()));
                }
            }
        }
    }

    /// The lines of a backup without what is new in each life and without their order.
    static List<String> comparable(Path file) {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("coscribe-backup") && !line.startsWith("end"))
                    .map(line -> line.replaceFirst("^(document\t[^\t]*\t[^\t]*\t)[^\t]*", "$1EPOCH"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> list(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    void serve(String name, String... more) {
        var said = new ByteArrayOutputStream();
        var args = new ArrayList<>(List.of(
                "serve",
                "--bind",
                "127.0.0.1:0",
                "--metrics-bind",
                "off",
                "--data-dir",
                folder.resolve(name).toString()));
        args.addAll(List.of(more));
        servers.add(CompletableFuture.supplyAsync(
                () -> Main.run(args, Map.of(), print(said), print(new ByteArrayOutputStream()), stop::await),
                task -> Thread.ofPlatform().daemon().start(task)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> said.toString(StandardCharsets.UTF_8).contains("ready in"));
    }

    int run(String name, String... words) {
        out.reset();
        err.reset();
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--data-dir", folder.resolve(name).toString()));
        return Main.run(args, Map.of(), print(out), print(err), stop::await);
    }

    static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
