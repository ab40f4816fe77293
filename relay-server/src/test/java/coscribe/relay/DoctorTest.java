package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.kit.SmallDisk;
import coscribe.relay.cli.CommandContext;
import coscribe.relay.cli.Commands;
import coscribe.relay.store.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight faults, planted one by one: `doctor` finds each and names its remedy, and without them it
/// finds nothing.
class DoctorTest {
    private static final Pattern REMEDY = Pattern.compile("redis-cli (config set [a-z-]+ [a-z]+)");
    private static final Pattern FOR_NGINX = Pattern.compile("With nginx: (.*;) docs/admin.md");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<CompletableFuture<Integer>> servers = new ArrayList<>();
    private InstantSource clock = InstantSource.system();

    @BeforeEach
    void healthy() throws IOException {
        var data = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        environment.put("COSCRIBE_DATA_DIR", data.toString());
        environment.put("COSCRIBE_BIND", "127.0.0.1:0");
        environment.put("COSCRIBE_METRICS_BIND", "off");
    }

    @AfterEach
    void stopServers() throws Exception {
        stop.countDown();
        for (var server : servers) {
            assertThat(server.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void where_nothing_is_wrong_nothing_is_found() {
        assertThat(run("doctor")).isZero();
        assertThat(out()).doesNotContain("FAIL");
    }

    @Test
    void fault_1_a_data_folder_that_others_may_change() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertFound("data.dir", "Others on this computer may change what is in", "chmod 700 " + folder.resolve("data"));
    }

    @Test
    void what_others_may_do_is_taken_away_where_that_is_asked_for() throws IOException {
        var data = folder.resolve("data");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run("doctor")).isEqualTo(5);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .as("not asked")
                .isEqualTo("rwxrwxrwx");

        assertThat(run("doctor", "--fix")).as(out()).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(out()).contains("is writable and closed to others.");
    }

    @Test
    void fault_2_a_port_that_another_program_has() throws IOException {
        try (var taken = new ServerSocket(0)) {
            environment.put("COSCRIBE_BIND", "127.0.0.1:" + taken.getLocalPort());

            assertFound("port", "can't be listened on", "Stop the program that has it, or set bind.");
        }
    }

    @Nested
    class On_redis {
        private void on(RedisServer redis) {
            environment.put("COSCRIBE_STORE", "redis");
            environment.put("COSCRIBE_REDIS_URL", "redis://127.0.0.1:" + redis.port());
        }

        @Test
        void a_server_as_it_should_be_is_fine() {
            try (var redis = RedisServer.strict()) {
                on(redis);
                assertThat(run("doctor")).as(out()).isZero();
            }
        }

        @Test
        void fault_3_no_append_only_file() throws Exception {
            try (var redis = RedisServer.start("--appendonly", "no")) {
                on(redis);
                assertFound("durability", "keeps no append-only file", "redis-cli config set appendonly yes");
                assertThat(doAsToldUntilNothingIsFound(redis))
                        .containsExactly("config set appendonly yes", "config set appendfsync always");
            }
        }

        @Test
        void fault_4_eviction() throws Exception {
            try (var redis = RedisServer.start(
                    "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "allkeys-lru")) {
                on(redis);
                assertFound("eviction", "may throw documents away", "redis-cli config set maxmemory-policy noeviction");
                assertThat(doAsToldUntilNothingIsFound(redis))
                        .containsExactly("config set maxmemory-policy noeviction");
            }
        }

        @Test
        void fault_5_a_clock_that_is_an_hour_off() {
            try (var redis = RedisServer.strict()) {
                on(redis);
                assertClockIsFound();
            }
        }

        private void assertClockIsFound() {
            clock = () -> Instant.now().plus(Duration.ofHours(1));
            assertFound("clock", "s apart", "Let both be set by NTP.");
            assertThat(out()).containsPattern("FAIL  clock .* 3(599|600) s apart");
            clock = InstantSource.system();
        }

        @Test
        void faults_3_to_5_are_found_and_mended_while_a_relay_runs() throws Exception {
            try (var redis = RedisServer.strict();
                    var admin = redis.admin()) {
                on(redis);
                int port = serve();
                try {
                    assertThat(run("doctor")).as(out()).isZero();
                    assertThat(out()).contains("A relay runs here (version test) at http://127.0.0.1:" + port + ".");

                    admin.configSet("appendonly", "no");
                    assertFound("durability", "keeps no append-only file", "redis-cli config set appendonly yes");
                    assertThat(doAsToldUntilNothingIsFound(redis)).containsExactly("config set appendonly yes");

                    admin.configSet("maxmemory-policy", "volatile-ttl");
                    assertFound(
                            "eviction", "may throw documents away", "redis-cli config set maxmemory-policy noeviction");
                    assertThat(doAsToldUntilNothingIsFound(redis))
                            .containsExactly("config set maxmemory-policy noeviction");

                    assertClockIsFound();
                    assertThat(run("doctor")).as(out()).isZero();
                } finally {
                    stopServers(); // before Redis
                }
            }
        }

        /// What it says that redis-cli should do, done until it says nothing more.
        private List<String> doAsToldUntilNothingIsFound(RedisServer redis) throws Exception {
            var done = new ArrayList<String>();
            while (run("doctor") != 0) {
                var told = REMEDY.matcher(out());
                assertThat(told.find()).as(out()).isTrue();
                assertThat(done).as(out()).doesNotContain(told.group(1));
                done.add(told.group(1));
                var command = new ArrayList<>(List.of("redis-cli", "-h", "127.0.0.1", "-p", "" + redis.port()));
                command.addAll(List.of(told.group(1).split(" ")));
                var cli = new ProcessBuilder(command).redirectErrorStream(true).start();
                assertThat(new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as(told.group(1))
                        .isEqualTo("OK\n");
            }
            assertThat(out()).doesNotContain("FAIL");
            return done;
        }
    }

    @Nested
    class Fault_6_a_broken_tls_chain {
        private final Certificates made = new Certificates();

        @Test
        void where_the_wrong_signer_stands_behind_the_certificate() throws Exception {
            made.write("server", "other");

            assertFound(
                    "tls", "is no chain: 'CN=localhost' is not signed by 'CN=other'", "(with certbot: fullchain.pem)");
        }

        @Test
        void where_an_editor_cannot_follow_it() throws Exception {
            made.write("server");
            int port = serve();

            assertThat(run("doctor", "--client", "https://localhost:" + port)).isEqualTo(5);
            assertThat(out())
                    .containsPattern(
                            "FAIL  tls +This computer does not believe the certificate of wss://localhost:" + port)
                    .contains("Serve the whole chain");
        }

        @Test
        void where_it_ended_or_others_may_read_its_key() throws Exception {
            made.write("server", "between", "root");
            assertThat(run("doctor")).as(out()).isZero();
            Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
            assertFound("tls", "Others on this computer may read the key", "chmod 600 " + folder.resolve("key.pem"));
            clock = () -> Instant.now().plus(Duration.ofDays(400));
            assertFound("tls", "ended on", "Have it renewed");
        }
    }

    @Test
    void fault_7_a_proxy_that_passes_pages_and_no_websocket() throws Exception {
        int port = serve();
        assertThat(run("doctor", "--client", "http://127.0.0.1:" + port))
                .as(out())
                .isZero();
        assertThat(out()).contains("An editor on this computer reaches a relay at ws://127.0.0.1:" + port + "/.");

        String told;
        var page = AdminPageTest.nginxLocation(port);
        var less = page.replaceAll("(?m)^ *proxy_(http_version|set_header (Upgrade|Connection)) .*\n", "");
        assertThat(less.lines().count()).isEqualTo(page.lines().count() - 3);
        try (var nginx = new Nginx(folder.resolve("nginx"), less)) {
            assertThat(run("doctor", "--client", nginx.url())).isEqualTo(5);
            assertThat(out())
                    .containsPattern(
                            "FAIL  client +ws://127.0.0.1:[0-9]+/ answers [0-9]+ where a WebSocket should open:"
                                    + " a proxy there does not pass the upgrade");
            var lines = FOR_NGINX.matcher(out());
            assertThat(lines.find()).as(out()).isTrue();
            told = lines.group(1);
        }
        try (var nginx = new Nginx(folder.resolve("mended"), less.replace("location / {", "location / {\n" + told))) {
            assertThat(run("doctor", "--client", nginx.url())).as(out()).isZero();
        }
    }

    @Test
    void where_nobody_answers_at_the_front_door_it_says_so() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(run("doctor", "--client", "http://127.0.0.1:" + port)).isEqualTo(5);
        assertThat(out()).contains("FAIL  client      Nobody listens at ws://127.0.0.1:" + port + "/.");
        assertThat(run("doctor", "--client", "docs")).isEqualTo(5);
        assertThat(out()).contains("FAIL  client      'docs' is no address of a relay.");
    }

    /// Runs on a file system of 8 MiB of its own.
    static final class OnAFullDisk {
        private OnAFullDisk() {}

        public static void main(String[] args) throws IOException {
            var data = Path.of(args[0]);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            SmallDisk.fill(data);
            int exit = Main.run(
                    List.of("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off", "--data-dir", data.toString()),
                    Map.of(),
                    System.out,
                    System.err,
                    () -> {});
            System.out.println("exit " + exit);
        }
    }

    @Test
    void fault_8_a_full_disk() {
        var data = folder.resolve("data");
        SmallDisk.assumeAllowed(data);
        try (var child = SmallDisk.run(data, 8, OnAFullDisk.class)) {
            var said = String.join("\n", child.linesUntil(_ -> false));
            assertThat(said)
                    .containsPattern("FAIL  disk +0 MiB free where .*data is\\. Make room")
                    .endsWith("exit 5");
        }
    }

    private void assertFound(String what, String fault, String remedy) {
        assertThat(run("doctor")).as(out()).isEqualTo(5);
        assertThat(out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("FAIL  " + what)
                        .contains(fault)
                        .contains(remedy));
    }

    private int serve() {
        var said = new ByteArrayOutputStream();
        servers.add(CompletableFuture.supplyAsync(
                () -> run(said, "serve"), task -> Thread.ofPlatform().daemon().start(task)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> said.toString(StandardCharsets.UTF_8).contains("ready in"));
        return Integer.parseInt(
                said.toString(StandardCharsets.UTF_8).replaceAll("(?s).*Address  https?://[^:]+:([0-9]+).*", "$1"));
    }

    private int run(String... words) {
        out.reset();
        return run(out, words);
    }

    private int run(ByteArrayOutputStream to, String... words) {
        var world = Relay.World.real(clock, new SecureRandom(), "test");
        return Commands.run(
                List.of(words),
                new CommandContext(
                        environment,
                        new PrintStream(to, true, StandardCharsets.UTF_8),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        stop::await,
                        world,
                        false,
                        false,
                        false));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /// A root, who signed `between`, who signed `server`; and `other`, who signed nobody.
    private final class Certificates {
        private static final String PASSWORD = "secret";

        void write(String... chain) throws Exception {
            make("root", "", "bc:c");
            make("between", "root", "bc:c");
            make("server", "between", "san=dns:localhost,ip:127.0.0.1");
            make("other", "", "bc:c");
            var store = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
            var pem = new StringBuilder();
            for (var alias : chain) {
                pem.append(pem("CERTIFICATE", store.getCertificate(alias).getEncoded()));
            }
            Files.writeString(folder.resolve("chain.pem"), pem);
            Files.writeString(
                    folder.resolve("key.pem"),
                    pem(
                            "PRIVATE KEY",
                            store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
            Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
            environment.put("COSCRIBE_TLS_CERT", folder.resolve("chain.pem").toString());
            environment.put("COSCRIBE_TLS_KEY", folder.resolve("key.pem").toString());
        }

        private static String pem(String kind, byte[] bytes) {
            return "-----BEGIN " + kind + "-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind
                    + "-----\n";
        }

        private void make(String alias, String signer, String extension) throws Exception {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    alias,
                    "-keyalg",
                    "EC",
                    "-validity",
                    "90",
                    "-dname",
                    "CN=" + (alias.equals("server") ? "localhost" : alias),
                    "-ext",
                    extension,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    folder.resolve("keys.p12").toString(),
                    "-storepass",
                    PASSWORD));
            if (!signer.isEmpty()) {
                command.addAll(List.of("-signer", signer));
            }
            var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
        }
    }
}
