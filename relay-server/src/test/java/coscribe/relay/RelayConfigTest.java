package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.RelayConfig.Parsed;
import coscribe.relay.RelayConfig.StoreChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RelayConfigTest {
    private static final String STRONG = "kX2vQ9mZr4Tn8bLw1sYd6hGf3jPc7uAe5iRo0tNq";

    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "HOME", "/root"));
    private final Map<Path, String> secretFiles = new HashMap<>();
    private String file = "";

    @Test
    void with_nothing_said_a_relay_listens_on_loopback_and_keeps_its_data_beside_itself() {
        var config = good();

        assertThat(config.bind().getHostString() + ":" + config.bind().getPort())
                .isEqualTo("127.0.0.1:7450");
        assertThat(config.listensBeyondLoopback()).isFalse();
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.dataDir()).isEqualTo(Path.of("./coscribe-data"));
        assertThat(config.store()).isEqualTo(new StoreChoice.Embedded());
        assertThat(config.durability()).isEqualTo(Durability.STRICT);
        assertThat(config.takesCodes()).isTrue();
        assertThat(config.teamTokens()).isEmpty();
        assertThat(config.tokenLife()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.inviteLife()).isEqualTo(Duration.ofHours(24));
        assertThat(config.inviteUses()).isEqualTo(10);
        assertThat(config.maxPeople()).isEqualTo(200);
        assertThat(config.maxChars()).isEqualTo(2_000_000);
        assertThat(config.logLevel()).isEqualTo("info");
        assertThat(config.logsJson()).isFalse();
        assertThat(config.metricsBind().orElseThrow().getPort()).isEqualTo(7451);
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.settings()).hasSize(ConfigKey.values().length).allMatch(Setting::isDefault);
    }

    @Nested
    class Three_forms {
        /// For every key something that is not its default.
        private static final Map<ConfigKey, String> OTHER = Map.ofEntries(
                Map.entry(ConfigKey.BIND, "0.0.0.0:8000"),
                Map.entry(ConfigKey.LAN, "true"),
                Map.entry(ConfigKey.PUBLIC_URL, "https://docs.example.org"),
                Map.entry(ConfigKey.TLS_CERT, "/etc/coscribe/cert.pem"),
                Map.entry(ConfigKey.TLS_KEY, "/etc/coscribe/key.pem"),
                Map.entry(ConfigKey.PROXY_TRUSTED, "10.0.0.0/8"),
                Map.entry(ConfigKey.DATA_DIR, "/srv/coscribe"),
                Map.entry(ConfigKey.STORE, "redis"),
                Map.entry(ConfigKey.REDIS_URL, "redis://:secret@127.0.0.1:6400"),
                Map.entry(ConfigKey.REDIS_WAIT_REPLICAS, "2"),
                Map.entry(ConfigKey.DURABILITY, "relaxed"),
                Map.entry(ConfigKey.AUTH_MODE, "invite,jwt"),
                Map.entry(ConfigKey.AUTH_JWT_AUDIENCE, "docs"),
                Map.entry(ConfigKey.AUTH_JWT_SECRET, STRONG),
                Map.entry(ConfigKey.AUTH_TOKEN_TTL, "5m"),
                Map.entry(ConfigKey.INVITE_TTL, "7d"),
                Map.entry(ConfigKey.INVITE_USES, "1"),
                Map.entry(ConfigKey.LIMITS_DOC_PEOPLE, "25"),
                Map.entry(ConfigKey.LIMITS_DOC_CHARS, "16777216"),
                Map.entry(ConfigKey.LOG_LEVEL, "debug"),
                Map.entry(ConfigKey.LOG_FORMAT, "json"),
                Map.entry(ConfigKey.METRICS_BIND, "off"),
                Map.entry(ConfigKey.BACKUP_EVERY, "24h"),
                Map.entry(ConfigKey.BACKUP_DIR, "/srv/backups"),
                Map.entry(ConfigKey.BACKUP_KEEP, "14"),
                Map.entry(ConfigKey.SHUTDOWN_DRAIN, "500ms"));

        @ParameterizedTest
        @EnumSource(ConfigKey.class)
        void every_key_can_be_set_by_flag_by_variable_and_by_file(ConfigKey key) {
            var value = OTHER.getOrDefault(key, "something");

            Stream.<Runnable>of(
                            () -> flags.put(key.flag(), value),
                            () -> environment.put(key.variable(), value),
                            () -> file = "# first\n" + key.key() + " = " + value)
                    .forEach(set -> {
                        flags.clear();
                        environment.keySet().removeIf(name -> name.startsWith("COSCRIBE_"));
                        file = "";
                        set.run();

                        if (key.isSupported()) {
                            var setting = settingWithCompany(key);
                            assertThat(setting.value()).isEqualTo(value);
                            assertThat(setting.source()).isIn(key.flag(), key.variable(), "relay.conf line 2");
                        } else {
                            assertThat(problems())
                                    .singleElement()
                                    .asString()
                                    .endsWith("is not supported by this version yet. Take it out.");
                        }
                    });
        }

        /// Some keys are good only beside others.
        private Setting settingWithCompany(ConfigKey key) {
            switch (key) {
                case TLS_CERT -> flags.put("--tls-key", "k");
                case TLS_KEY -> flags.put("--tls-cert", "c");
                case STORE -> flags.put("--redis-url", "redis://127.0.0.1");
                case REDIS_URL -> flags.put("--store", "redis");
                case REDIS_WAIT_REPLICAS -> {
                    flags.put("--store", "redis");
                    flags.put("--redis-url", "redis+sentinel://10.0.0.1,10.0.0.2,10.0.0.3/coscribe");
                }
                case AUTH_MODE -> flags.put("--auth-jwt-secret", STRONG);
                case AUTH_JWT_SECRET -> flags.put("--auth-mode", "jwt");
                case AUTH_JWT_AUDIENCE -> {
                    flags.put("--auth-mode", "jwt");
                    flags.put("--auth-jwt-secret", STRONG);
                }
                default -> {}
            }
            return good().settings().get(key.ordinal());
        }

        @Test
        void a_flag_goes_before_a_variable_and_a_variable_before_the_file() {
            file = "invite.uses = 1\ninvite.ttl = 1h\nlog.level = warn";
            environment.put("COSCRIBE_INVITE_USES", "2");
            environment.put("COSCRIBE_INVITE_TTL", "2h");
            flags.put("--invite-uses", "3");

            var config = good();

            assertThat(config.inviteUses()).isEqualTo(3);
            assertThat(config.inviteLife()).isEqualTo(Duration.ofHours(2));
            assertThat(config.logLevel()).isEqualTo("warn");
        }

        @Test
        void an_empty_variable_sets_nothing() {
            environment.put("COSCRIBE_BIND", "");

            assertThat(good().bind().getPort()).isEqualTo(7450);
        }

        @Test
        void a_default_of_a_key_that_is_not_supported_yet_may_be_written_down() {
            file = "redis.wait.replicas = 0\nauth.guests = false\nhistory.keep = forever\nbackup.every = off";

            assertThat(good().durability()).isEqualTo(Durability.STRICT);
        }

        @Test
        void the_commented_file_sets_nothing_and_with_its_comments_taken_away_changes_nothing() {
            file = ConfigFile.commented();
            assertThat(good().settings()).allMatch(Setting::isDefault);

            file = file.replaceAll("(?m)^# ([a-z.]+) =", "$1 =");
            assertThat(good().settings().stream().map(Setting::value))
                    .isEqualTo(Arrays.stream(ConfigKey.values())
                            .map(ConfigKey::byDefault)
                            .toList());
        }
    }

    @Nested
    class Unknown_keys {
        @Test
        void a_misspelt_key_in_the_file_is_refused_with_its_line_and_a_suggestion() {
            file = "\n# comment\n\n\n\n\nauth.mod = invite";

            assertThat(problems())
                    .containsExactly("Unknown key 'auth.mod' in relay.conf line 7. Did you mean 'auth.mode'?");
        }

        @Test
        void so_is_a_misspelt_variable_and_a_misspelt_flag() {
            environment.put("COSCRIBE_REDIS_UTL", "redis://127.0.0.1");
            flags.put("--publik-url", "https://x.org");

            assertThat(problems())
                    .containsExactlyInAnyOrder(
                            "Unknown key 'COSCRIBE_REDIS_UTL'. Did you mean 'COSCRIBE_REDIS_URL'?",
                            "Unknown key '--publik-url'. Did you mean '--public-url'?");
        }

        @Test
        void what_is_like_no_key_gets_no_suggestion() {
            file = "turbo.encabulator.mode = on";

            assertThat(problems())
                    .containsExactly("Unknown key 'turbo.encabulator.mode' in relay.conf line 1. "
                            + "'coscribe-relay config print' lists every key.");
        }

        @Test
        void variables_for_the_scripts_around_the_relay_are_left_alone() {
            environment.put("COSCRIBE_JDK", "/opt/jdk");
            environment.put("COSCRIBE_TRACES", "/traces");
            environment.put("COSCRIBE_CONFIG", "relay.conf");

            assertThat(good().settings()).allMatch(Setting::isDefault);
        }

        @ParameterizedTest
        @EnumSource(ConfigKey.class)
        void every_key_is_suggested_where_one_letter_is_missing(ConfigKey key) {
            var written = key.key().substring(0, key.key().length() - 1);
            file = written + " = x";

            assertThat(problems())
                    .containsExactly(
                            "Unknown key '" + written + "' in relay.conf line 1. Did you mean '" + key.key() + "'?");
        }
    }

    @Nested
    class Wrong_values {
        @Test
        void replicas_are_asked_for_what_is_strict_or_relaxed_and_not_for_what_is_volatile() {
            flags.put("--store", "redis");
            flags.put("--redis-url", "redis://127.0.0.1");
            flags.put("--redis-wait-replicas", "1");
            for (var durability : List.of("strict", "relaxed")) {
                flags.put("--durability", durability);
                assertThat(good().store()).isEqualTo(new StoreChoice.Redis("redis://127.0.0.1", 1));
            }
            flags.put("--durability", "volatile");
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .endsWith(
                            " is set, but durability = volatile asks no replica. Write strict or relaxed, or take it out.");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                        bind = 7450                  | 'bind' in relay.conf line 1 is '7450'. Write host:port, such as 127.0.0.1:7450.
                        bind = localhost:99999       | 'bind' in relay.conf line 1 is 'localhost:99999'. Write host:port, such as 127.0.0.1:7450.
                        lan = yes                    | 'lan' in relay.conf line 1 is 'yes'. Write true or false.
                        public.url = docs.example.org | 'public.url' in relay.conf line 1 is 'docs.example.org'. Write an address such as https://docs.example.org.
                        store = postgres             | 'store' in relay.conf line 1 is 'postgres'. Write embedded or redis.
                        durability = always          | 'durability' in relay.conf line 1 is 'always'. Write strict, relaxed or volatile.
                        auth.mode = password         | 'auth.mode' in relay.conf line 1 is 'password'. Write any of invite, jwt, with commas between them.
                        auth.mode = oidc             | 'auth.mode' in relay.conf line 1 asks for oidc, which is not supported by this version yet. Write invite, jwt or both with a comma.
                        auth.token.ttl = 2h          | 'auth.token.ttl' in relay.conf line 1 is '2h'. Write a time from 10s to 1h, such as 15m.
                        auth.token.ttl = 900         | 'auth.token.ttl' in relay.conf line 1 is '900'. Write a time from 10s to 1h, such as 15m.
                        invite.ttl = forever         | 'invite.ttl' in relay.conf line 1 is 'forever'. Write a time from 1s to 30d, such as 24h.
                        invite.uses = many           | 'invite.uses' in relay.conf line 1 is 'many'. Write a whole number from 1 to 10000.
                        limits.doc.people = 0        | 'limits.doc.people' in relay.conf line 1 is '0'. Write a whole number from 1 to 100000.
                        limits.doc.chars = 16777217  | 'limits.doc.chars' in relay.conf line 1 is '16777217'. Write a whole number from 1 to 16777216.
                        log.level = loud             | 'log.level' in relay.conf line 1 is 'loud'. Write error, warn, info or debug.
                        log.format = xml             | 'log.format' in relay.conf line 1 is 'xml'. Write text or json.
                        metrics.bind = 9090          | 'metrics.bind' in relay.conf line 1 is '9090'. Write host:port, such as 127.0.0.1:7451, or off.
                        shutdown.drain = 1h          | 'shutdown.drain' in relay.conf line 1 is '1h'. Write a time from 0s to 5m, such as 20s.
                        redis.wait.replicas = 1      | 'redis.wait.replicas' in relay.conf line 1 is set, but the store is the embedded one. Write store = redis, or take it out.
                        redis.wait.replicas = 10     | 'redis.wait.replicas' in relay.conf line 1 is '10'. Write a whole number from 0 to 9.
                        tls.cert = cert.pem          | 'tls.cert' in relay.conf line 1 needs tls.key beside it. Write the path of a PEM file there.
                        proxy.trusted = docs.example.org | 'proxy.trusted' in relay.conf line 1 is 'docs.example.org'. Write loopback, none, or networks such as 10.0.0.0/8 with commas between them.
                        auth.guests = true           | 'auth.guests' in relay.conf line 1 is not supported by this version yet. Take it out.
                        backup.every = 1s            | 'backup.every' in relay.conf line 1 is '1s'. Write off, or a time from 10s to 365d, such as 24h.
                        auth.oidc.issuer = https://a | 'auth.oidc.issuer' in relay.conf line 1 is not supported by this version yet. Take it out.
                        store = redis                | 'store' in relay.conf line 1 says redis, but nobody says where it is. Write redis.url = redis://127.0.0.1:6379.
                        redis.url = redis://h        | 'redis.url' in relay.conf line 1 is set, but the store is the embedded one. Write store = redis, or take it out.
                        auth.jwt.audience = docs     | 'auth.jwt.audience' in relay.conf line 1 is set, but auth.mode has no jwt. Write auth.mode = invite,jwt.
                        auth.mode = jwt              | 'auth.mode' in relay.conf line 1 has jwt, but there is no auth.jwt.secret. Write the secret into a file and its path into auth.jwt.secret.file.
                        data.dir                     | There is no 'key = value' in relay.conf line 1. Write one, or begin the line with #.
                        """)
        void each_says_where_it_is_and_what_to_write_instead(String line, String sentence) {
            file = line;

            assertThat(problems()).containsExactly(sentence);
        }

        @Test
        void a_variable_and_a_flag_are_named_as_they_were_written() {
            environment.put("COSCRIBE_INVITE_USES", "0");
            flags.put("--log-level", "loud");

            assertThat(problems())
                    .containsExactly(
                            "COSCRIBE_INVITE_USES is '0'. Write a whole number from 1 to 10000.",
                            "--log-level is 'loud'. Write error, warn, info or debug.");
        }

        @Test
        void all_problems_are_told_at_once() {
            file = "bind = here\nauth.mod = invite\nlog.level = loud\nlog.level = info\nnonsense";
            environment.put("COSCRIBE_STORE", "tape");

            assertThat(problems()).hasSize(5);
        }

        @Test
        void a_key_that_is_set_twice_is_a_problem() {
            file = "invite.uses = 1\ninvite.uses = 2";

            assertThat(problems())
                    .containsExactly("'invite.uses' is set twice, in relay.conf line 1 and in relay.conf line 2. "
                            + "Keep one of them.");
        }

        @Test
        void lan_and_another_address_do_not_go_together() {
            flags.put("--lan", "true");
            flags.put("--bind", "192.168.1.20:8000");
            assertThat(problems())
                    .containsExactly("--lan listens on every address, but 'bind' names one. "
                            + "Write bind = 0.0.0.0:8000, or leave one of the two out.");

            flags.put("--bind", "0.0.0.0:8000");
            assertThat(good().bind().getPort()).isEqualTo(8000);
            flags.remove("--bind");
            assertThat(good().listensBeyondLoopback()).isTrue();
        }

        static List<String> addresses() {
            return List.of(
                    "",
                    ":",
                    "a",
                    "a:",
                    ":1",
                    "a:b",
                    "a:-1",
                    "a:65536",
                    "a:1:2",
                    "::1:7450",
                    "http://a:1",
                    "a b:1",
                    "a:1 ");
        }

        @ParameterizedTest
        @MethodSource("addresses")
        void what_is_no_address_is_not_listened_on(String address) {
            flags.put("--bind", address.isEmpty() ? " " : address);

            assertThat(problems()).hasSize(1);
        }

        @Test
        void an_address_may_be_a_name_or_a_number_of_either_kind() {
            for (var address : List.of("localhost:1", "relay-1.example.org:7450", "127.0.0.1:0", "[::1]:7450")) {
                flags.put("--bind", address);
                assertThat(good().bind().isUnresolved()).isTrue();
            }
            assertThat(good().bind().getHostString()).isEqualTo("::1");
            assertThat(good().listensBeyondLoopback()).isFalse();
        }
    }

    @Nested
    class Secrets {
        @Test
        void a_secret_may_stand_in_a_file_of_its_own() {
            secretFiles.put(Path.of("/run/secrets/jwt"), STRONG + "\n");
            flags.put("--auth-mode", "jwt");

            for (var form : List.of("file", "env", "flag")) {
                file = form.equals("file") ? "auth.jwt.secret.file = /run/secrets/jwt" : "";
                environment.remove("COSCRIBE_AUTH_JWT_SECRET_FILE");
                flags.remove("--auth-jwt-secret-file");
                if (form.equals("env")) {
                    environment.put("COSCRIBE_AUTH_JWT_SECRET_FILE", "/run/secrets/jwt");
                } else if (form.equals("flag")) {
                    flags.put("--auth-jwt-secret-file", "/run/secrets/jwt");
                }

                assertThat(good().teamTokens()).as(form).isPresent();
            }
        }

        @Test
        void a_secret_file_that_cannot_be_read_is_a_problem() {
            environment.put("COSCRIBE_AUTH_JWT_SECRET_FILE", "/nowhere");
            flags.put("--auth-mode", "invite");

            assertThat(problems())
                    .containsExactly("The file '/nowhere' of COSCRIBE_AUTH_JWT_SECRET_FILE can't be read. "
                            + "Write the path of a file that the relay's user may read.");
        }

        @Test
        void a_secret_and_its_file_are_not_both_set() {
            secretFiles.put(Path.of("s"), STRONG);
            file = "auth.mode = jwt\nauth.jwt.secret = " + STRONG + "\nauth.jwt.secret.file = s";

            assertThat(problems())
                    .containsExactly("'auth.jwt.secret' is set twice, in relay.conf line 2 and in relay.conf line 3. "
                            + "Keep one of them.");
        }

        @Test
        void only_a_secret_has_a_file() {
            file = "bind.file = x";

            assertThat(problems()).singleElement().asString().startsWith("Unknown key 'bind.file'");
        }

        @ParameterizedTest
        @CsvSource({"short, has 5 bytes", "a-string-secret-at-least-256-bits-long, stands in public documentation"})
        void a_weak_secret_is_refused_and_not_shown(String weak, String why) {
            file = "auth.mode = jwt\nauth.jwt.secret = " + weak;

            assertThat(problems()).singleElement().asString().contains(why).doesNotContain(weak);
        }

        @Test
        void no_secret_is_ever_printed() {
            flags.put("--store", "redis");
            flags.put("--redis-url", "redis://:hunter2hunter2@127.0.0.1");
            flags.put("--auth-mode", "jwt");
            flags.put("--auth-jwt-secret", STRONG);
            var config = good();

            assertThat(config.toString()).doesNotContain("hunter2").doesNotContain(STRONG);
            assertThat(config.settings())
                    .allSatisfy(setting -> assertThat(setting.shown())
                            .doesNotContain("hunter2")
                            .doesNotContain(STRONG));
            flags.put("--redis-url", "http://:hunter2hunter2@127.0.0.1");
            assertThat(problems()).singleElement().asString().doesNotContain("hunter2");
        }
    }

    private RelayConfig good() {
        return switch (parse()) {
            case Parsed.Good(var config) -> config;
            case Parsed.Bad(var problems) -> throw new AssertionError(problems);
        };
    }

    private List<String> problems() {
        return switch (parse()) {
            case Parsed.Good(var config) -> throw new AssertionError("nothing is wrong: " + config);
            case Parsed.Bad(var problems) ->
                problems.stream().map(ConfigProblem::sentence).toList();
        };
    }

    private Parsed parse() {
        return RelayConfig.parse(flags, environment, Optional.of(new ConfigFile("relay.conf", file)), path -> {
            var secret = secretFiles.get(path);
            if (secret == null) {
                throw new IOException("no such file");
            }
            return secret;
        });
    }
}
