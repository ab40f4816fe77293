package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.relay.Scribe.Work;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.redis.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `backup`, `restore` and `migrate` as an administrator types them.
class BackupTest extends BackupFixture {
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
    class By_itself {
        @Test
        void a_relay_makes_one_that_is_due_and_keeps_the_newest() throws Exception {
            var _ = written("old");
            var backups = Files.createDirectories(folder.resolve("old/backups"));
            for (int day = 1; day <= 4; day++) {
                var made = Files.writeString(backups.resolve("scheduled-2026110" + day + "T000000Z.backup"), "old");
                Files.setLastModifiedTime(made, FileTime.from(Instant.parse("2026-11-0" + day + "T00:00:00Z")));
            }
            Files.writeString(backups.resolve("mine.backup"), "precious");

            serve("old", "--backup-every", "1h", "--backup-keep", "2");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> list(backups).stream().noneMatch(name -> name.contains("20261103")));
            var left = list(backups).stream().sorted().toList();
            assertThat(left).hasSize(3).contains("mine.backup", "scheduled-20261104T000000Z.backup");
            assertThat(run("new", "restore", backups.resolve(left.getLast()).toString()))
                    .isZero();
        }

        @Test
        void a_start_makes_none_that_is_not_due() throws Exception {
            var _ = written("old");
            var backups = Files.createDirectories(folder.resolve("old/backups"));
            Files.writeString(backups.resolve("scheduled-20261101T000000Z.backup"), "just made");

            serve("old", "--backup-every", "1h");

            assertThat(run("old", "backup", "--out", backup().toString())).isZero(); // the relay has had time meanwhile
            assertThat(list(backups)).containsExactly("scheduled-20261101T000000Z.backup");
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

        /// The restore is a process, killed once it has begun; the relay's next start must not show
        /// people half of their documents as if that were all.
        @Test
        void a_restore_into_redis_that_dies_halfway_is_told_at_the_next_start_and_begun_anew() throws Exception {
            var _ = written("old");
            assertThat(run("old", "backup", "--out", backup().toString())).isZero();
            try (var redis = RedisServer.strict();
                    var admin = redis.admin()) {
                var inRedis = conf(
                        "redis.conf",
                        "store = redis",
                        "redis.url = redis://127.0.0.1:" + redis.port(),
                        "bind = 127.0.0.1:0",
                        "metrics.bind = off",
                        "data.dir = " + folder.resolve("side"));
                diesHalfway(inRedis, () -> admin.exists("cs:restoring"));
                assertThat(admin.exists("cs:restoring")).as("it was not over").isTrue();

                for (var command : List.of("serve", "backup", "invite create")) {
                    assertThat(runIn(inRedis, command.split(" "))).as(command).isEqualTo(4);
                    assertThat(err())
                            .as(command)
                            .contains("The store can't be used: a restore into", "and did not end")
                            .contains("Restore again: coscribe-relay restore FILE.");
                }
                assertThat(runIn(inRedis, "doctor")).isEqualTo(5);
                assertThat(out()).contains("FAIL  store", "and did not end");

                assertThat(runIn(inRedis, "restore", backup().toString()))
                        .as("nothing is missed by it")
                        .isZero();
                assertThat(admin.exists("cs:restoring")).isFalse();
                assertThat(runIn(
                                inRedis,
                                "backup",
                                "--out",
                                folder.resolve("redis.backup").toString()))
                        .isZero();
                assertThat(comparable(folder.resolve("redis.backup"))).isEqualTo(comparable(backup()));
            }
        }

        private void diesHalfway(Path conf, Callable<Boolean> begun) throws Exception {
            var restore = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "restore",
                            backup().toString(),
                            "--config",
                            conf.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
            try {
                while (!begun.call()) {
                    assertThat(restore.isAlive())
                            .as(Files.readString(folder.resolve("said")))
                            .isTrue();
                }
            } finally {
                restore.destroyForcibly().waitFor();
            }
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
}
