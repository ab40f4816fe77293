package coscribe.desktop.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import coscribe.client.link.Network;
import coscribe.client.link.Proxies;
import coscribe.client.link.TestKeys;
import coscribe.client.link.Trust;
import coscribe.client.link.websocket.TestProxy;
import coscribe.client.link.websocket.TestProxy.Manner;
import coscribe.desktop.ReleaseServer;
import coscribe.desktop.update.UpdateException.Trouble;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Notices as `installers/notice` makes them, and as others would like them to be believed.
class AnnouncementsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String PAGE = "https://example.org/coscribe/1.4.0";

    @TempDir
    private static Path folder;

    private static KeyPair pair;

    @BeforeAll
    static void makeKey() throws Exception {
        pair = keys("secp256r1");
    }

    private static KeyPair keys(String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static ECPublicKey key() {
        return (ECPublicKey) pair.getPublic();
    }

    private static Algorithm signing(KeyPair with) {
        return Algorithm.ECDSA256((ECPrivateKey) with.getPrivate());
    }

    private static Map<String, Object> said() {
        return Map.of(
                "aud",
                "coscribe-editor",
                "version",
                "1.4.0",
                "page",
                PAGE,
                "exp",
                NOW.plus(Duration.ofDays(30)).getEpochSecond());
    }

    private static Map<String, Object> said(String claim, Object value) {
        var all = new HashMap<>(said());
        all.put(claim, value);
        return all;
    }

    private static String signed(Map<String, ?> said) {
        return JWT.create().withPayload(said).sign(signing(pair));
    }

    private static Trouble troubleOf(String notice) {
        return catchThrowableOfType(UpdateException.class, () -> Notice.read(notice, key(), CLOCK))
                .trouble();
    }

    @Nested
    class A_notice {
        @Test
        void of_the_one_whose_key_is_known_is_believed() throws Exception {
            assertThat(Notice.read(signed(said()), key(), CLOCK)).isEqualTo(new Release("1.4.0", URI.create(PAGE)));
            assertThat(Notice.read("\n" + signed(said()) + "\n", key(), CLOCK).version())
                    .isEqualTo("1.4.0");
        }

        @Test
        void of_somebody_else_is_not() throws Exception {
            var other = JWT.create().withPayload(said()).sign(signing(keys("secp256r1")));
            assertThat(troubleOf(other)).isEqualTo(Trouble.NOT_SIGNED);
        }

        @Test
        void that_was_changed_is_not() {
            String good = signed(said());
            String[] parts = good.split("\\.", -1);
            String body = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace("example.org", "evil.example");
            String changed = parts[0] + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(body.getBytes(StandardCharsets.UTF_8))
                    + "." + parts[2];
            assertThat(troubleOf(changed)).isEqualTo(Trouble.NOT_SIGNED);
        }

        /// The public key is no secret: who signs with it as if it were one is nobody.
        @Test
        void that_is_signed_in_another_way_is_not() {
            assertThat(troubleOf(JWT.create().withPayload(said()).sign(Algorithm.none())))
                    .isEqualTo(Trouble.NOT_SIGNED);
            assertThat(troubleOf(JWT.create().withPayload(said()).sign(Algorithm.HMAC256(key().getEncoded()))))
                    .isEqualTo(Trouble.NOT_SIGNED);
        }

        @Test
        void is_believed_until_its_day_and_one_more_for_clocks_that_are_off() throws Exception {
            long end = NOW.minus(Duration.ofHours(23)).getEpochSecond();
            assertThat(Notice.read(signed(said("exp", end)), key(), CLOCK).version())
                    .isEqualTo("1.4.0");
            long before = NOW.minus(Duration.ofHours(25)).getEpochSecond();
            assertThat(troubleOf(signed(said("exp", before)))).isEqualTo(Trouble.OUT_OF_DATE);
        }

        @Test
        void may_be_from_a_later_hour_than_this_computers() throws Exception {
            long later = NOW.plus(Duration.ofHours(5)).getEpochSecond();
            assertThat(Notice.read(signed(said("iat", later)), key(), CLOCK).version())
                    .isEqualTo("1.4.0");
        }

        @Test
        void says_until_when_it_is_to_be_believed() {
            var endless = new HashMap<>(said());
            endless.remove("exp");
            assertThat(troubleOf(signed(endless))).isEqualTo(Trouble.NO_NOTICE);
        }

        @ParameterizedTest
        @CsvSource({
            "aud, somebody-else",
            "version, 1.4",
            "version, 1.4.0-rc1",
            "version, newest",
            "page, javascript:alert(1)",
            "page, file:///etc/passwd",
            "page, example.org",
            "page, ''",
        })
        void that_says_something_else_is_none(String claim, String value) {
            assertThat(troubleOf(signed(said(claim, value)))).isEqualTo(Trouble.NO_NOTICE);
        }

        /// Whose reader stumbles before it comes to the signature.
        @Test
        void is_none_where_its_day_is_beyond_all_days() {
            assertThat(troubleOf(spelt("{\"alg\":\"ES256\"}") + "." + spelt("{\"exp\":9000000000000000000}") + ".AAAA"))
                    .isEqualTo(Trouble.NO_NOTICE);
        }

        private static String spelt(String json) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>Sign in to the hotel</html>", "a.b.c", "{}"})
        void is_nothing_else(String text) {
            assertThat(troubleOf(text)).isEqualTo(Trouble.NO_NOTICE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.0, 1.3.9, true",
        "1.10.0, 1.9.0, true",
        "2.0.0, 1.99.99, true",
        "1.4.0, 1.4.0, false",
        "1.4.0, 1.4.1, false",
        "1.4.0, 1.4.0-SNAPSHOT, true",
        "1.4.0, 1.4.1-SNAPSHOT, false",
        "1.4.0, development, true",
        "1.4.0, 1.4.0+build7, false",
        "1.4.1, 1.4.0+build7, true",
        "1.4.0, 1.4.0-rc1+build7, true",
    })
    void versions_are_compared_by_their_numbers(String announced, String own, boolean newer) {
        assertThat(new Release(announced, URI.create(PAGE)).isNewerThan(own)).isEqualTo(newer);
    }

    @Nested
    class A_question {
        private Optional<Authenticator> before = Optional.empty();

        @BeforeEach
        void remember() {
            before = Optional.ofNullable(Authenticator.getDefault());
        }

        @AfterEach
        void restore() {
            Authenticator.setDefault(before.orElse(null));
        }

        private Network usual() {
            return new Network(Trust.withSystem(Optional.empty()), Proxies.none(), address -> true);
        }

        private UpdateException failsAt(URI address, Network network) {
            return catchThrowableOfType(
                    UpdateException.class, () -> new Announcements(address, key()).newest(network, CLOCK));
        }

        private Trouble troubleAt(URI address, Network network) {
            return failsAt(address, network).trouble();
        }

        @Test
        void goes_where_it_is_sent() throws Exception {
            try (var server = new ReleaseServer();
                    var other = new ReleaseServer()) {
                server.sendsTo(other.address().resolve("/coscribe/newest"));
                other.says(signed(said()));
                assertThat(new Announcements(server.address(), key())
                                .newest(usual(), CLOCK)
                                .version())
                        .isEqualTo("1.4.0");
                assertThat(other.asked()).containsExactly("GET /coscribe/newest Coscribe");
            }
        }

        @Test
        void over_tls_of_somebody_who_has_none_is_answered_by_nobody() throws Exception {
            try (var server = new ReleaseServer()) {
                assertThat(troubleAt(URI.create("https://localhost:" + server.port() + "/coscribe"), usual()))
                        .isEqualTo(Trouble.UNREACHABLE);
            }
        }

        @Test
        void tells_nothing_but_the_address() throws Exception {
            try (var server = new ReleaseServer()) {
                server.says(signed(said()));
                assertThat(new Announcements(server.address(), key()).newest(usual(), CLOCK))
                        .isEqualTo(new Release("1.4.0", URI.create(PAGE)));
                assertThat(server.asked()).containsExactly("GET /coscribe Coscribe");
            }
        }

        @Test
        void is_asked_over_tls_of_whom_this_computer_trusts() throws Exception {
            var keys = new TestKeys(folder, "Acme Root", List.of("-ext", "SAN=dns:localhost", "-validity", "2"));
            try (var server = new ReleaseServer(keys.ofRelay())) {
                server.says(signed(said()));
                assertThat(troubleAt(server.address(), usual())).isEqualTo(Trouble.CERTIFICATE);
                var trusting =
                        new Network(Trust.withSystem(Optional.of(keys.authority())), Proxies.none(), address -> true);
                assertThat(new Announcements(server.address(), key())
                                .newest(trusting, CLOCK)
                                .version())
                        .isEqualTo("1.4.0");
            }
        }

        @Test
        void is_asked_for_the_servers_own_name() throws Exception {
            var keys = new TestKeys(folder, "Other Root", List.of("-ext", "SAN=dns:other.example", "-validity", "2"));
            try (var server = new ReleaseServer(keys.ofRelay())) {
                server.says(signed(said()));
                var trusting =
                        new Network(Trust.withSystem(Optional.of(keys.authority())), Proxies.none(), address -> true);
                assertThat(troubleAt(server.address(), trusting)).isEqualTo(Trouble.CERTIFICATE);
                assertThat(server.asked()).isEmpty();
            }
        }

        @Test
        void goes_through_a_proxy_that_wants_a_sign_in() throws Exception {
            var keys = new TestKeys(folder, "Proxied Root", List.of("-ext", "SAN=dns:docs.invalid", "-validity", "2"));
            try (var server = new ReleaseServer(keys.ofRelay());
                    var proxy = new TestProxy(Manner.BASIC, Map.of("docs.invalid:443", server.port()))) {
                server.says(signed(said()));
                var address = URI.create("https://docs.invalid/coscribe");
                var behind = new Network(
                        Trust.withSystem(Optional.of(keys.authority())),
                        ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())),
                        any -> true);
                assertThat(failsAt(address, behind))
                        .satisfies(why -> assertThat(why.trouble()).isEqualTo(Trouble.PROXY_SIGN_IN))
                        .satisfies(why -> assertThat(why.proxy()).isEqualTo("127.0.0.1:" + proxy.port()));
                Authenticator.setDefault(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication("mara", "secret".toCharArray());
                    }
                });
                assertThat(new Announcements(address, key())
                                .newest(behind, CLOCK)
                                .version())
                        .isEqualTo("1.4.0");
                assertThat(proxy.heads()).allMatch(head -> head.startsWith("CONNECT docs.invalid:443 HTTP/1.1\r\n"));
            }
        }

        @Test
        void may_be_answered_by_nobody() throws Exception {
            int port;
            try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = closed.getLocalPort();
            }
            assertThat(troubleAt(URI.create("http://127.0.0.1:" + port + "/coscribe"), usual()))
                    .isEqualTo(Trouble.UNREACHABLE);
        }

        @Test
        void may_be_answered_by_something_else() throws Exception {
            try (var server = new ReleaseServer()) {
                server.says(404, "there is nothing");
                assertThat(troubleAt(server.address(), usual())).isEqualTo(Trouble.NO_NOTICE);
                server.says("x".repeat(20_000));
                assertThat(troubleAt(server.address(), usual())).isEqualTo(Trouble.NO_NOTICE);
            }
        }
    }

    @Nested
    class The_tool {
        private ECPublicKey read(String key) throws Exception {
            return (ECPublicKey) KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
        }

        @Test
        void makes_a_key_and_notices_that_are_believed() throws Exception {
            var file = folder.resolve("release.key");
            String told = ReleaseServer.key(file);
            var key = read(told);
            assertThat(ReleaseServer.tool(0, "public", file.toString())).isEqualTo(told);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            String notice = ReleaseServer.notice(file, "1.4.0", PAGE);
            assertThat(Notice.read(notice, key, InstantSource.system()))
                    .isEqualTo(new Release("1.4.0", URI.create(PAGE)));
            var inAYear = InstantSource.fixed(Instant.now().plus(Duration.ofDays(92)));
            assertThat(catchThrowableOfType(UpdateException.class, () -> Notice.read(notice, key, inAYear))
                            .trouble())
                    .isEqualTo(Trouble.OUT_OF_DATE);
        }

        @Test
        void writes_over_no_key_and_signs_nothing_that_makes_no_sense() throws Exception {
            var file = folder.resolve("other.key");
            var _ = ReleaseServer.key(file);
            byte[] first = Files.readAllBytes(file);
            assertThat(ReleaseServer.tool(1, "key", file.toString())).contains("was left alone");
            assertThat(file).hasBinaryContent(first);
            assertThat(ReleaseServer.tool(1, "sign", file.toString(), "1.4", PAGE))
                    .contains("'1.4' is no version");
            assertThat(ReleaseServer.tool(1, "sign", file.toString(), "1.4.0", "example.org"))
                    .contains("'example.org' is no address of a page");
            for (String days : List.of("0", "401", "-5", "soon")) {
                assertThat(ReleaseServer.tool(1, "sign", file.toString(), "1.4.0", PAGE, days))
                        .contains("'" + days + "' is no number of days");
            }
            assertThat(ReleaseServer.tool(1, "sign", file.toString(), "1.4.0", "https://example.org/%zz"))
                    .contains("is no address of a page");
            var missing = folder.resolve("missing.key").toString();
            assertThat(ReleaseServer.tool(1, "sign", missing, "1.4.0", PAGE)).contains("holds no key to sign with");
            var none = Files.writeString(folder.resolve("none.key"), "nothing");
            assertThat(ReleaseServer.tool(1, "sign", none.toString(), "1.4.0", PAGE))
                    .contains("holds no key to sign with");
            assertThat(ReleaseServer.tool(2)).contains("usage: installers/notice key FILE");
        }
    }
}
