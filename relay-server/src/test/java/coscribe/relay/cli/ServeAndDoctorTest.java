package coscribe.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coscribe.relay.Finding;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// `serve` and `doctor`: what a relay says when it starts, and what is found out about it.
class ServeAndDoctorTest extends CommandsFixture {
    @Nested
    class Serving {
        @Test
        void on_loopback_the_banner_says_where_what_and_how_to_begin() {
            int port = serve("--bind", "127.0.0.1:0");

            var lines = out().lines().toList();
            assertThat(lines).hasSize(6);
            assertThat(lines.get(0)).matches("Coscribe relay test-version ready in [0-9]+\\.[0-9] s");
            assertThat(lines.get(1)).isEqualTo("  Address  http://127.0.0.1:" + port);
            assertThat(lines.get(2))
                    .isEqualTo("  Data     memory (test)      Sign-in  invite links      Check  coscribe-relay doctor");
            assertThat(lines.get(3))
                    .isEqualTo("The first person to open this link becomes the owner (once, valid 24 h):");
            assertThat(lines.get(4))
                    .matches("  coscribe://join/127\\.0\\.0\\.1:" + port + "/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}");
            assertThat(lines.get(5)).isEqualTo("Lost it?  coscribe-relay invite create --role owner");
        }

        @Test
        void beyond_loopback_it_says_that_nothing_is_encrypted() {
            serve("--bind", "0.0.0.0:0");

            assertThat(out().lines().toList().get(1))
                    .matches("  Address  http://[0-9.]+:[0-9]+   not encrypted - use tls.cert or a reverse proxy"
                            + " beyond your own network");
        }

        @Test
        void behind_a_proxy_links_carry_its_address_and_nothing_is_said_of_encryption() {
            serve("--bind", "0.0.0.0:0", "--public-url", "https://docs.example.org");

            assertThat(out())
                    .contains("  Address  https://docs.example.org\n")
                    .contains("  coscribe://join/docs.example.org/");
        }

        @Test
        void json_is_one_line_and_quiet_is_none() {
            serve("--bind", "127.0.0.1:0", "--json");
            assertThat(FlatJson.read(out().strip()))
                    .containsEntry("event", "ready")
                    .containsEntry("version", "test-version")
                    .containsKeys("seconds", "address", "port", "store", "metricsPort", "ownerLink");
        }

        @Test
        void nothing_is_printed_before_the_port_listens() throws IOException {
            try (var taken = new ServerSocket(0)) {
                assertThat(runHere("serve", "--bind", "127.0.0.1:" + taken.getLocalPort()))
                        .isEqualTo(1);
                assertThat(out()).isEmpty();
                assertThat(err())
                        .isEqualTo("Port " + taken.getLocalPort() + " on 127.0.0.1 is already in use."
                                + " Stop the program that uses it, or choose another port.\n");
            }
        }

        @Test
        void a_bad_configuration_is_exit_3_with_every_problem() throws IOException {
            var file = Files.writeString(
                    folder.resolve("relay.conf"), "\n\n\n\n\n\nauth.mod = invite\nlog.level = loud\n");
            environment.put("COSCRIBE_STORE", "tape");

            assertThat(run("serve", "--config", file.toString(), "--invite-uses", "0"))
                    .isEqualTo(3);
            assertThat(err().lines())
                    .containsExactlyInAnyOrder(
                            "Unknown key 'auth.mod' in relay.conf line 7. Did you mean 'auth.mode'?",
                            "'log.level' in relay.conf line 8 is 'loud'. Write error, warn, info or debug.",
                            "COSCRIBE_STORE is 'tape'. Write embedded or redis.",
                            "--invite-uses is '0'. Write a whole number from 1 to 10000.");
            assertThat(out()).isEmpty();
        }

        @Test
        void a_configuration_file_that_is_not_there_is_exit_3() {
            assertThat(run("serve", "--config", "/nowhere/relay.conf")).isEqualTo(3);
            assertThat(err())
                    .isEqualTo(
                            "The configuration file '/nowhere/relay.conf' can't be read. Check its path and that the"
                                    + " relay's user may read it; it must be UTF-8. 'coscribe-relay config init' writes one.\n");
        }

        @Test
        void a_store_that_is_away_is_exit_4() {
            worlds.storeIsAway();

            assertThat(runHere("serve", "--bind", "127.0.0.1:0")).isEqualTo(4);
            assertThat(err()).startsWith("The store can't be used: nobody is there.");
        }
    }

    @Nested
    class Examining {
        @Test
        void an_installation_that_is_well_is_ok_line_by_line() {
            assertThat(doctor()).isZero();
            assertThat(out().lines())
                    .allMatch(line ->
                            line.matches("ok    (config|data\\.dir|disk|clock|port|metrics|network|store) +\\S.*"))
                    .hasSizeGreaterThanOrEqualTo(8);
        }

        @Test
        void a_running_relay_is_found() {
            int port = serve("--bind", "127.0.0.1:0");
            out.reset();

            assertThat(doctor()).isZero();
            assertThat(out())
                    .contains("A relay runs here (version test-version) at http://127.0.0.1:" + port + ".")
                    .contains("The running relay has it open: memory (test).");
        }

        @Test
        void a_port_that_is_taken_fails_with_a_remedy() throws IOException {
            try (var taken = new ServerSocket(0)) {
                assertThat(runHere("doctor", "--bind", "127.0.0.1:" + taken.getLocalPort()))
                        .isEqualTo(5);
                assertThat(out())
                        .containsPattern("FAIL  port        127.0.0.1:" + taken.getLocalPort()
                                + " can't be listened on \\(.*\\). Stop the program that has it, or set bind.");
            }
        }

        @Test
        void a_data_folder_that_is_a_file_fails() throws IOException {
            var file = Files.createFile(folder.resolve("file"));

            assertThat(run("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off", "--data-dir", file.toString()))
                    .isEqualTo(5);
            assertThat(out())
                    .contains("FAIL  data.dir    " + file + " is a file. Move it away, or set data.dir to a folder.");
        }

        @Test
        void a_data_folder_that_others_may_look_into_is_a_warning() throws IOException {
            var open = Files.createDirectory(folder.resolve("open"));
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

            assertThat(run("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off", "--data-dir", open.toString()))
                    .isZero();
            assertThat(out())
                    .contains("warn  data.dir    Others on this computer may look into " + open
                            + ". Close it: chmod 700 " + open);
        }

        @Test
        void data_from_the_future_tells_of_a_wrong_clock() throws IOException {
            var data = Files.createDirectory(folder.resolve("coscribe-data"));
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            var file = Files.createFile(data.resolve("store.db"));
            Files.setLastModifiedTime(
                    file,
                    java.nio.file.attribute.FileTime.from(
                            java.time.Instant.now().plus(java.time.Duration.ofHours(1))));

            assertThat(doctor()).isEqualTo(5);
            assertThat(out()).containsPattern("FAIL  clock       The clock says .* Let it be set by NTP.");
        }

        @Test
        void a_secret_that_others_may_read_is_a_warning() throws IOException {
            var file = Files.writeString(
                    folder.resolve("relay.conf"), "store = redis\nredis.url = redis://:pw@127.0.0.1\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

            assertThat(runHere("doctor", "--config", file.toString(), "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                    .isZero();
            assertThat(out()).contains("warn  config      " + file + " holds a secret and others may read it.");
        }

        /// As the package leaves it: root's, and the relay's to read. Mode 600 would shut the relay out.
        @Test
        void a_secret_in_a_file_of_roots_may_be_read_by_the_group_through_which_the_relay_has_it() throws IOException {
            var data = Files.createDirectory(folder.resolve("data"));
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            var file = Files.writeString(
                    folder.resolve("relay.conf"),
                    "store = redis\nredis.url = redis://:pw@127.0.0.1\ndata.dir = " + data + "\n");
            var somebodyElses = giveAway(file);
            assumeTrue(somebodyElses, "Only root can give a file away.");
            String[] doctor = {"doctor", "--config", file.toString(), "--bind", "127.0.0.1:0", "--metrics-bind", "off"};

            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertThat(run(doctor)).isZero();
            assertThat(out()).contains("ok    config      " + file + " is understood.");

            out.reset();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(run(doctor)).isZero();
            assertThat(out())
                    .contains("warn  config      " + file
                            + " holds a secret and others may read it. Close it: chmod 640 " + file);
        }

        private static boolean giveAway(Path file) {
            try {
                var nobody =
                        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
                Files.setOwner(file, nobody);
                return true;
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
        }

        @Test
        void a_relay_that_others_reach_unencrypted_is_a_warning() {
            assertThat(runHere("doctor", "--bind", "0.0.0.0:0", "--metrics-bind", "off"))
                    .isZero();
            assertThat(out())
                    .contains("warn  network     Others on the network reach the relay, and could read along.");
        }

        @Test
        void a_store_that_is_away_fails_and_what_is_found_about_it_is_told() {
            worlds.judged(Finding.fail("eviction", "Set it."), Finding.ok("redis", "Fine."));
            assertThat(doctor()).isEqualTo(5);
            assertThat(out()).contains("FAIL  eviction    Set it.\n").contains("ok    redis       Fine.\n");

            worlds.judged();
            worlds.storeIsAway();
            out.reset();
            assertThat(doctor()).isZero(); // no folder yet: there is nothing to open
            assertThat(runHere(
                            "doctor",
                            "--bind",
                            "127.0.0.1:0",
                            "--metrics-bind",
                            "off",
                            "--store",
                            "redis",
                            "--redis-url",
                            "redis://127.0.0.1"))
                    .isEqualTo(5);
            assertThat(out()).contains("FAIL  store       The store can't be used: nobody is there.");
        }

        @Test
        void a_bad_configuration_is_a_failed_check() {
            assertThat(run("doctor", "--store", "tape")).isEqualTo(5);
            assertThat(out()).isEqualTo("FAIL  config      --store is 'tape'. Write embedded or redis.\n");
        }

        @Test
        void quiet_tells_only_what_needs_doing_and_json_is_a_line_each() {
            assertThat(runHere("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off", "--quiet"))
                    .isZero();
            assertThat(out()).isEmpty();

            assertThat(runHere("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off", "--json"))
                    .isZero();
            assertThat(out().lines())
                    .allSatisfy(line -> assertThat(FlatJson.read(line)).containsKeys("check", "level", "sentence"));
        }

        private int doctor() {
            return runHere("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "127.0.0.1:0");
        }
    }
}
