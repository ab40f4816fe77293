package coscribe.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.auth0.jwt.JWT;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.Finding;
import coscribe.relay.Worlds;
import coscribe.relay.ops.FlatJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    private Path folder;

    private final Worlds worlds = new Worlds();
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
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
    class What_is_typed {
        @Test
        void nothing_is_answered_with_the_commands() {
            assertThat(run()).isEqualTo(2);
            assertThat(out())
                    .startsWith("Usage: coscribe-relay COMMAND [OPTIONS]")
                    .contains("  serve ", "  doctor ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--help", "-h", "help"})
        void help_lists_the_commands_and_exit_codes(String word) {
            assertThat(run(word)).isZero();
            assertThat(out())
                    .contains(
                            "serve", "invite", "token", "doctor", "backup", "restore", "migrate", "export", "bench",
                            "config")
                    .contains("0 ok, 1 failed, 2 usage, 3 bad configuration, 4 store unreachable, 5 a check failed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "serve", "invite", "token", "doctor", "backup", "restore", "migrate", "export", "bench", "config"
                })
        void every_command_has_help_and_a_version(String command) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out())
                    .startsWith("Usage: coscribe-relay " + command)
                    .contains("--config", "--json", "--data-dir");
            out.reset();
            assertThat(run(command, "--version")).isZero();
            assertThat(out()).isEqualTo("coscribe-relay test-version\n");
        }

        @Test
        void the_version_is_told() {
            assertThat(run("--version")).isZero();
            assertThat(out()).isEqualTo("coscribe-relay test-version\n");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '^', quoteCharacter = '"', textBlock = """
                        serv                          ^ There is no command 'serv'. Did you mean 'serve'?
                        start-the-thing               ^ There is no command 'start-the-thing'. 'coscribe-relay --help' lists the commands.
                        serve --auth-mod invite       ^ There is no option '--auth-mod'. Did you mean '--auth-mode'? 'coscribe-relay serve --help' shows how to call it.
                        serve --auth-mod=invite       ^ There is no option '--auth-mod'. Did you mean '--auth-mode'? 'coscribe-relay serve --help' shows how to call it.
                        serve now                     ^ 'now' is too much here. 'coscribe-relay serve --help' shows how to call it.
                        serve --bind                  ^ Missing required parameter for option '--bind' (VALUE). 'coscribe-relay serve --help' shows how to call it.
                        serve --bind a:1 --bind b:1   ^ An option is given twice: option '--bind' (VALUE) should be specified only once. 'coscribe-relay serve --help' shows how to call it.
                        invite                        ^ 'coscribe-relay invite' needs a word behind it: coscribe-relay invite create
                        invite make                   ^ 'coscribe-relay invite' knows no 'make'. Write: coscribe-relay invite create
                        invite create --ttl soon      ^ --ttl is 'soon'. Write a time from 1s to 30d.
                        invite create --ttl 31d       ^ --ttl is '31d'. Write a time from 1s to 30d.
                        invite create --uses 0        ^ --uses is '0'. Write a whole number from 1 to 10000.
                        invite create --uses -1       ^ --uses is '-1'. Write a whole number from 1 to 10000.
                        invite create --role admin    ^ 'admin' is no role. Write owner, editor, commenter or viewer.
                        invite create --role viewer   ^ --role viewer needs --doc: only in a document is there something to view.
                        invite create --doc 7         ^ '7' is no document id. An id has 32 digits of 0-9 and a-f.
                        token                         ^ 'coscribe-relay token' needs a word behind it: coscribe-relay token issue
                        token issue                   ^ Whose token? Write --user and a name, such as --user mara@example.org.
                        token issue --user a --ttl 2h ^ --ttl is '2h'. Write a time from 1s to 1h.
                        token issue --user a --role editor ^ --doc and --role narrow a token together: give both or none.
                        config                        ^ 'coscribe-relay config' needs a word behind it: coscribe-relay config print | check | init
                        config show                   ^ 'coscribe-relay config' knows no 'show'. Write: coscribe-relay config print | check | init
                        """)
        void what_cannot_be_meant_is_exit_2_with_a_sentence(String typed, String sentence) {
            assertThat(run(typed.split(" +"))).isEqualTo(2);
            assertThat(err()).isEqualTo(sentence + "\n");
            assertThat(out()).isEmpty();
        }
    }

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
    class Inviting {
        @Test
        void a_link_can_be_made_while_no_relay_runs() {
            assertThat(runHere("invite", "create", "--role", "owner")).isZero();

            var lines = out().lines().toList();
            assertThat(lines.get(0))
                    .matches("coscribe://join/127\\.0\\.0\\.1:7450/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}");
            assertThat(lines.get(1))
                    .matches("  Role  owner at this relay      Uses  10      Valid until  [0-9-]{10} [0-9:]{5} UTC");
        }

        @Test
        void a_running_relay_is_asked_and_knows_its_real_port() {
            int port = serve("--bind", "127.0.0.1:0");
            out.reset();

            assertThat(runHere("invite", "create", "--quiet", "--uses", "1", "--ttl", "1h"))
                    .isZero();

            assertThat(out()).matches("coscribe://join/127\\.0\\.0\\.1:" + port + "/[2-9A-Z-]{14}\n");
        }

        @Test
        void a_link_to_a_document_says_which() {
            var document = document();

            assertThat(runHere("invite", "create", "--doc", document.hex(), "--role", "viewer", "--json"))
                    .isZero();

            assertThat(FlatJson.read(out().strip()))
                    .containsEntry("doc", document.hex())
                    .containsEntry("role", "viewer")
                    .containsEntry("uses", "10")
                    .containsKeys("link", "code", "expires");
        }

        @Test
        void a_document_that_is_not_there_cannot_be_invited_to() {
            var nowhere = "0123456789abcdef0123456789abcdef";

            assertThat(runHere("invite", "create", "--doc", nowhere)).isEqualTo(1);
            assertThat(err()).isEqualTo("There is no document " + nowhere + " here. Check its id.\n");
        }

        @Test
        void the_configured_life_and_uses_are_the_defaults() {
            environment.put("COSCRIBE_INVITE_USES", "3");

            assertThat(runHere("invite", "create")).isZero();

            assertThat(out()).contains("Uses  3");
        }

        @Test
        void a_store_that_is_away_is_exit_4() {
            worlds.storeIsAway();

            assertThat(runHere("invite", "create")).isEqualTo(4);
            assertThat(err())
                    .isEqualTo("The store can't be used: nobody is there. 'coscribe-relay doctor' checks it.\n");
        }
    }

    @Nested
    class Issuing_tokens {
        @Test
        void a_token_is_all_that_is_printed_and_the_same_name_is_the_same_person() {
            assertThat(runHere("token", "issue", "--user", "mara@example.org")).isZero();
            var first = JWT.decode(out().strip());
            out.reset();
            assertThat(runHere("token", "issue", "--user", "Mara@Example.org", "--ttl", "1h"))
                    .isZero();
            var second = JWT.decode(out().strip());

            assertThat(first.getType()).isEqualTo("coscribe+jwt");
            assertThat(second.getSubject()).isEqualTo(first.getSubject());
            assertThat(second.getAudience()).isEqualTo(first.getAudience());
            assertThat(err()).contains("for mara (person " + first.getSubject() + ").");
        }

        @Test
        void a_token_may_be_narrowed_to_a_document() {
            var document = document();

            assertThat(runHere(
                            "token", "issue", "--user", "bot", "--doc", document.hex(), "--role", "viewer", "--quiet"))
                    .isZero();

            var token = JWT.decode(out().strip());
            assertThat(token.getClaim("doc").asString()).isEqualTo(document.hex());
            assertThat(token.getClaim("role").asString()).isEqualTo("viewer");
            assertThat(err()).isEmpty();
        }

        @Test
        void an_id_that_nobody_has_gets_no_token() {
            assertThat(runHere("token", "issue", "--user", "0123456789abcdef0123456789abcdef"))
                    .isEqualTo(1);
            assertThat(err()).isEqualTo("Nobody here has the id 0123456789abcdef0123456789abcdef.\n");
        }
    }

    @Nested
    class Configuring {
        @Test
        void every_key_is_printed_with_its_source_and_secrets_are_masked() {
            environment.put("COSCRIBE_STORE", "redis");
            environment.put("COSCRIBE_REDIS_URL", "redis://:hunter2@127.0.0.1");

            assertThat(run("config", "print", "--invite-ttl", "7d")).isZero();

            assertThat(out())
                    .contains("bind = 127.0.0.1:7450                            # default\n")
                    .contains("invite.ttl = 7d                                  # --invite-ttl\n")
                    .contains("redis.url = (hidden)                             # COSCRIBE_REDIS_URL\n")
                    .doesNotContain("hunter2");
            assertThat(out().lines()).hasSize(coscribe.relay.ConfigKey.values().length);
        }

        @Test
        void init_writes_a_file_for_its_owner_alone_and_never_over_another() throws IOException {
            var file = folder.resolve("relay.conf");

            assertThat(run("config", "init", "--config", file.toString())).isZero();
            assertThat(out())
                    .isEqualTo("Wrote " + file + ". It changes nothing yet: take the # away where you want to.\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(run("config", "check", "--config", file.toString())).isZero();
            assertThat(out()).endsWith(file + " is fine.\n");

            assertThat(run("config", "init", "--config", file.toString())).isEqualTo(1);
            assertThat(err()).startsWith("There is a " + file + " already, and it is left as it is.");
        }

        @Test
        void check_finds_what_serve_would_stumble_over() {
            assertThat(run("config", "check", "--store", "tape", "--json")).isEqualTo(3);
            assertThat(FlatJson.read(err().strip()))
                    .containsEntry("key", "store")
                    .containsEntry("source", "--store")
                    .containsEntry("problem", "--store is 'tape'. Write embedded or redis.");
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

    private DocumentId document() {
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
    private int serve(String... options) {
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
    private int runHere(String... typed) {
        var args = new ArrayList<>(List.of(typed));
        args.addAll(List.of("--data-dir", data()));
        return run(args.toArray(String[]::new));
    }

    private String data() {
        return folder.resolve("coscribe-data").toString();
    }

    private int run(String... args) {
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

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
