package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.Scribe.Work;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `backup`, `restore` and `migrate` as an administrator types them.
class BackupTest {
    private static final long SEED = 20_261_129;

    @TempDir
    private Path folder;

    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<CompletableFuture<Integer>> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws Exception {
        stop.countDown();
        for (var server : servers) {
            assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Nested
    class While_no_relay_runs {
        @Test
        void everything_comes_back_in_a_new_life() throws Exception {
            var works = written("old");
            var before = identity("old");

            assertThat(run("old", "backup", "--out", backup().toString(), "--json"))
                    .isZero();

            var told = FlatJson.read(out().strip());
            assertThat(told)
                    .containsEntry("file", backup().toString())
                    .containsEntry("bytes", Long.toString(Files.size(backup())))
                    .containsEntry("sha256", sha256(backup()))
                    .containsEntry("documents", "3")
                    .containsEntry("commits", "901")
                    .containsEntry("people", "1")
                    .containsEntry("damaged", "0");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup())))
                    .isEqualTo("rw-------");
            assertThat(list(folder)).containsExactlyInAnyOrder("old", "it.backup"); // and nothing half written

            assertThat(run("new", "restore", backup().toString())).isZero();
            assertThat(out()).contains("The backup is whole and was restored.", "Documents  3", "Changes  901");
            assertRestored("new", works);
            assertThat(identity("new")).isEqualTo(before);
        }

        @Test
        void a_backup_of_a_backup_is_the_same_but_for_its_epochs() {
            var _ = written("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();
            assertThat(run("new", "restore", backup().toString())).isZero();
            var again = folder.resolve("again.backup");
            assertThat(run("new", "backup", "--out", again.toString())).isZero();

            assertThat(comparable(again)).isEqualTo(comparable(backup()));
        }

        @Test
        void without_a_name_it_goes_into_the_data_folder_and_the_standard_output_takes_it_too() throws Exception {
            var _ = written("old");
            assertThat(run("old", "backup")).isZero();
            var file = Path.of(out().lines().findFirst().orElseThrow());
            assertThat(file.getParent()).isEqualTo(folder.resolve("old").resolve("backups"));
            assertThat(out()).contains("Size  " + Files.size(file) + " bytes", "SHA-256  " + sha256(file));
            assertThat(run("new", "restore", file.toString())).isZero();

            assertThat(run("old", "backup", "--out", "-")).isZero();
            Files.write(backup(), out.toByteArray());
            assertThat(err()).contains("SHA-256  " + sha256(backup()));
            assertThat(run("third", "restore", backup().toString())).isZero();
        }

        @Test
        void a_file_that_is_there_is_left_as_it_is() throws Exception {
            var _ = written("old");
            Files.writeString(backup(), "precious");

            assertThat(run("old", "backup", "--out", backup().toString())).isEqualTo(1);

            assertThat(err())
                    .isEqualTo("There is a " + backup() + " already, and it is left as it is. Move it away, or write to"
                            + " another file with --out FILE.\n");
            assertThat(backup()).hasContent("precious");
        }

        @Test
        void a_place_that_cannot_be_written_and_a_folder_that_is_not_there_are_told() throws Exception {
            assertThat(run("nowhere", "backup")).isEqualTo(1);
            assertThat(err())
                    .startsWith("There is nothing to back up: " + folder.resolve("nowhere") + " is not there.");
            var _ = written("old");
            Files.writeString(folder.resolve("file"), "");
            assertThat(run("old", "backup", "--out", folder.resolve("file/it").toString()))
                    .isEqualTo(1);
            assertThat(err()).startsWith("The backup can't be written to " + folder.resolve("file/it") + " (");
        }

        @Test
        void a_store_that_is_not_empty_is_refused_unless_forced_and_then_moved_aside() throws Exception {
            var old = written("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();
            List<Work> others;
            try (var stores = open("new")) {
                others = List.of(new Scribe(stores, 5).writes("Other", 3));
            }

            assertThat(run("new", "restore", backup().toString())).isEqualTo(1);
            assertThat(err())
                    .isEqualTo(
                            "The store is not empty: there are documents or people in it. Nothing was changed. Choose"
                                    + " an empty one, or add --force; what is there is then moved into a folder beside it.\n");
            assertRestored("new", others, false);

            assertThat(run("new", "restore", backup().toString(), "--force")).isZero();
            assertRestored("new", old);
            var aside = list(folder.resolve("new")).stream()
                    .filter(name -> name.startsWith("replaced-"))
                    .toList();
            assertThat(aside).hasSize(1);
            assertThat(out()).contains("What was there is in " + folder.resolve("new/" + aside.getFirst()) + ".");
            assertRestored("new/" + aside.getFirst(), others, false);
        }

        @Test
        void a_damaged_store_is_replaced_by_force() throws Exception {
            var works = written("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();
            var database = folder.resolve("old/store.db");
            var bytes = Files.readAllBytes(database);
            bytes[3] ^= 0x55;
            Files.write(database, bytes);
            assertThat(run("old", "backup")).isEqualTo(4);
            assertThat(err()).contains("cannot be used");
            assertThat(run("old", "restore", backup().toString())).isEqualTo(4);

            assertThat(run("old", "restore", backup().toString(), "--force")).isZero();
            assertRestored("old", works);
        }

        @Test
        void a_dry_run_verifies_and_changes_nothing() throws Exception {
            var _ = written("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();

            assertThat(run("new", "restore", backup().toString(), "--dry-run")).isZero();
            assertThat(out()).contains("is whole and would be restored.", "Documents  3", "The store is empty.");
            assertThat(folder.resolve("new")).doesNotExist();
            assertThat(run("old", "restore", "--dry-run", backup().toString())).isZero();
            assertThat(out()).contains("The store is not empty");
        }

        @Test
        void a_damaged_document_is_left_out_and_told() throws Exception {
            var works = written("old");
            var bad = works.getFirst();
            try (var connection =
                            java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("old/store.db"));
                    var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE log SET bytes = x'7b7d' WHERE revision = 7 AND document ="
                                + " (SELECT key FROM document WHERE id = '" + bad.id() + "')"))
                        .isEqualTo(1);
            }
            Files.deleteIfExists(folder.resolve("old/store.mark"));

            assertThat(run("old", "backup", "--out", backup().toString())).isEqualTo(5);
            assertThat(err())
                    .isEqualTo("1 of 3 documents did not verify and are not in the file: " + bad.id()
                            + ". Keep an older backup that has them.\n");
            assertThat(run("new", "restore", backup().toString())).isZero();
            assertRestored("new", works.subList(1, 3));
        }
    }

    @Nested
    class Damaged_files {
        private byte[] whole;

        private void make() throws IOException {
            var _ = written("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();
            whole = Files.readAllBytes(backup());
        }

        private void assertRefused() {
            int exit = run("new", "restore", backup().toString());
            assertThat(exit).as(out() + err()).isEqualTo(5);
            assertThat(err()).startsWith(backup() + " is no whole backup: ").endsWith("Use another backup.\n");
            assertThat(folder.resolve("new")).doesNotExist();
        }

        @Test
        void one_that_ends_too_early_is_refused_wherever_it_ends() throws Exception {
            make();
            var random = new SplittableRandom(SEED);
            for (int length : List.of(0, 1, 9, 20, whole.length - 1, random.nextInt(whole.length))) {
                Files.write(backup(), java.util.Arrays.copyOf(whole, length));
                assertRefused();
            }
        }

        @Test
        void one_with_a_flipped_bit_is_refused_wherever_it_is() throws Exception {
            make();
            var random = new SplittableRandom(SEED);
            for (int i = 0; i < 40; i++) {
                var bytes = whole.clone();
                int at = 10 + random.nextInt(bytes.length - 10); // before that stand a time and a system
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(backup(), bytes);
                assertRefused();
            }
        }

        /// As though damage were older than the packing: its sum is right.
        @Test
        void one_that_was_damaged_before_it_was_packed_is_refused() throws Exception {
            make();
            byte[] plain;
            try (var in = new GZIPInputStream(Files.newInputStream(backup()))) {
                plain = in.readAllBytes();
            }
            var random = new SplittableRandom(SEED);
            for (int i = 0; i < 40; i++) {
                var bytes = plain.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                try (var packed = new GZIPOutputStream(Files.newOutputStream(backup()))) {
                    packed.write(bytes);
                }
                assertRefused();
            }
            try (var packed = new GZIPOutputStream(Files.newOutputStream(backup()))) {
                packed.write(plain, 0, plain.length - 20);
            }
            assertRefused();
        }

        @Test
        void what_is_no_backup_or_not_there_is_told() throws Exception {
            Files.writeString(backup(), "hello");
            assertRefused();
            assertThat(run("new", "restore", folder.resolve("none").toString())).isEqualTo(1);
            assertThat(err()).isEqualTo("There is no file " + folder.resolve("none") + ". Check its name.\n");
            assertThat(run("new", "restore")).isEqualTo(2);
        }
    }

    @Nested
    class Between_stores {
        @Test
        void everything_moves_to_redis_and_back() throws Exception {
            var works = written("old");
            var before = identity("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();
            try (var redis = RedisServer.strict()) {
                var inRedis = conf(
                        "redis.conf",
                        "store = redis",
                        "redis.url = redis://127.0.0.1:" + redis.port(),
                        "data.dir = " + folder.resolve("side"));
                assertThat(run("old", "migrate", "--to", inRedis.toString())).isZero();
                assertThat(out()).contains("Everything was copied, and verified in its new place.", "Changes  901");

                assertThat(runIn(
                                inRedis,
                                "backup",
                                "--out",
                                folder.resolve("redis.backup").toString()))
                        .isZero();
                assertThat(comparable(folder.resolve("redis.backup"))).isEqualTo(comparable(backup()));
                assertThat(run("old", "migrate", "--to", inRedis.toString())).isEqualTo(1);
                assertThat(err()).startsWith("The store is not empty");

                var home = conf("home.conf", "data.dir = " + folder.resolve("home"));
                assertThat(runIn(inRedis, "migrate", "--to", home.toString())).isZero();
                assertThat(runIn(inRedis, "restore", "--force", backup().toString()))
                        .isZero();
                assertThat(out()).contains("What was there is in " + folder.resolve("side/backups/replaced-"));
            }
            assertRestored("home", works);
            assertThat(identity("home")).isEqualTo(before);
            assertThat(list(folder.resolve("home"))).noneMatch(name -> name.startsWith("migrating"));
        }

        @Test
        void what_cannot_be_moved_is_told() throws Exception {
            assertThat(run("old", "migrate")).isEqualTo(2);
            assertThat(err()).startsWith("Where to? Write --to");
            assertThat(run("old", "migrate", "--to", folder.resolve("none").toString()))
                    .isEqualTo(3);
            assertThat(err()).startsWith("'" + folder.resolve("none") + "' can't be read.");
            var same = conf("same.conf", "data.dir = " + folder.resolve("old"));
            assertThat(run("old", "migrate", "--to", same.toString())).isEqualTo(2);
            assertThat(err()).startsWith("Both configurations name the same store.");
        }

        private Path conf(String name, String... lines) throws IOException {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        }

        private int runIn(Path conf, String... words) {
            out.reset();
            err.reset();
            var args = new ArrayList<>(List.of(words));
            args.addAll(List.of("--config", conf.toString()));
            return Main.run(args, Map.of(), print(out), print(err), stop::await);
        }
    }

    @Test
    void a_running_relay_is_backed_up_and_its_data_are_not_restored_over() throws Exception {
        var works = written("old");
        serve("old");

        assertThat(run("old", "backup", "--out", backup().toString())).isZero();
        assertThat(run("old", "restore", "--force", backup().toString())).isEqualTo(1);
        assertThat(err())
                .isEqualTo("A relay runs on " + folder.resolve("old")
                        + ". Stop it first, then try again. Nothing was changed.\n");

        assertThat(run("new", "restore", backup().toString())).isZero();
        assertRestored("new", works);
    }

    @Test
    void the_page_names_each_line_of_the_file_and_no_other() throws Exception {
        var _ = written("old");
        assertThat(run("old", "backup", "--out", backup().toString())).isZero();
        var words = new TreeSet<String>();
        try (var in = new GZIPInputStream(Files.newInputStream(backup()))) {
            // What stands behind a line of the log is no line.
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("[^\\n]*\\{\"[^\\n]*", "");
            text.lines().filter(line -> line.contains("\t")).forEach(line -> words.add(line.split("\t")[0]));
        }
        words.add("damaged");
        words.add("failed");
        var page = Files.readString(Path.of("..", "docs", "BACKUP.md"));
        var named = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(words);
    }

    // --- what the tests speak of

    private Path backup() {
        return folder.resolve("it.backup");
    }

    /// Three documents, one of them long enough for segments and one that was never written in.
    private List<Work> written(String name) {
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
    private static void signIn(Stores stores, Scribe scribe) {
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

    private Stores open(String name) {
        var config = (RelayConfig.Parsed.Good) RelayConfig.parse(
                Map.of("--data-dir", folder.resolve(name).toString()), Map.of(), java.util.Optional.empty(), _ -> "");
        return Relay.World.real(InstantSource.system(), new SecureRandom(), "test")
                .opener()
                .open(config.config());
    }

    private String identity(String name) {
        try (var stores = open(name)) {
            return identity(stores);
        }
    }

    private static String identity(Stores stores) {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        var identity = Stores.wait(
                stores.people().identity(coscribe.ot.protocol.RelayId.random(new SplittableRandom()), secret));
        return identity.relay() + " " + HexFormat.of().formatHex(identity.tokenSecret());
    }

    private void assertRestored(String name, List<Work> works) {
        assertRestored(name, works, true);
    }

    /// All of them, nothing else, the texts and the history the same; in a new life, if so.
    private void assertRestored(String name, List<Work> works, boolean newLife) {
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
    private static List<String> comparable(Path file) {
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

    private static List<String> list(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private void serve(String name) {
        var said = new ByteArrayOutputStream();
        var args = List.of(
                "serve",
                "--bind",
                "127.0.0.1:0",
                "--metrics-bind",
                "off",
                "--data-dir",
                folder.resolve(name).toString());
        servers.add(CompletableFuture.supplyAsync(
                () -> Main.run(args, Map.of(), print(said), print(new ByteArrayOutputStream()), stop::await),
                task -> Thread.ofPlatform().daemon().start(task)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> said.toString(StandardCharsets.UTF_8).contains("ready in"));
    }

    private int run(String name, String... words) {
        out.reset();
        err.reset();
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--data-dir", folder.resolve(name).toString()));
        return Main.run(args, Map.of(), print(out), print(err), stop::await);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
