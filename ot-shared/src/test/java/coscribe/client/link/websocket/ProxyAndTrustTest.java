package coscribe.client.link.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.link.Account;
import coscribe.client.link.AccountStore;
import coscribe.client.link.AccountTokens;
import coscribe.client.link.LinkContract.Notes;
import coscribe.client.link.LinkContract.Willing;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.Network;
import coscribe.client.link.Proxies;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.TestKeys;
import coscribe.client.link.Trust;
import coscribe.client.link.websocket.TestProxy.Manner;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DeviceId;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands between a company's desk and a relay: a proxy that wants a name, and certificates of
/// an authority that only the company knows.
class ProxyAndTrustTest {
    @TempDir
    private static Path folder;

    private static TestKeys keys;
    private static TestKeys expired;

    private final ExecutorService home = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Notes notes = new Notes();
    private final Willing relay = new Willing();
    private Optional<Authenticator> before = Optional.empty();

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = new TestKeys(folder, "Acme Root", List.of("-ext", "SAN=dns:localhost", "-validity", "2"));
        expired = new TestKeys(
                folder, "Old Root", List.of("-ext", "SAN=dns:localhost", "-startdate", "-9d", "-validity", "2"));
    }

    @BeforeEach
    void rememberAuthenticator() {
        before = Optional.ofNullable(Authenticator.getDefault());
    }

    @AfterEach
    void end() {
        Authenticator.setDefault(before.orElse(null));
        home.shutdownNow();
        timer.shutdownNow();
    }

    private WebSocketLink link(String host, int port, boolean secure, Network network) {
        var refresh = new Account(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("refresh-0"), Optional.empty());
        var store = new AccountStore() {
            @Override
            public Account load() {
                return refresh;
            }

            @Override
            public void save(Account account) {}
        };
        return new WebSocketLink(
                RelayAddress.of(host, OptionalInt.of(port), secure),
                new AccountTokens(store, new DeviceId("dd".repeat(16)), InstantSource.system()),
                home,
                timer,
                InstantSource.system(),
                () -> 0, // no chance in it
                network,
                WebSocketLink.Pace.USUAL);
    }

    private static Network usual() {
        return new Network(Trust.withSystem(Optional.empty()), Proxies.none(), address -> true);
    }

    private static Network trusting(TestKeys keys) {
        return new Network(Trust.withSystem(Optional.of(keys.authority())), Proxies.none(), address -> true);
    }

    private static Network through(TestProxy proxy) {
        return through(proxy, usual());
    }

    /// By a selector of the JDK's, because ours go straight to this computer.
    private static Network through(TestProxy proxy, Network other) {
        return new Network(
                other.trust(), ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())), other.allowed());
    }

    private TestServer secureServer(TestKeys shown) throws Exception {
        var server = new TestServer(relay);
        server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(shown.ofRelay()));
        return server.running();
    }

    private LinkLoss.Unreachable lossOf(WebSocketLink link) {
        var connection = link.connect(notes);
        await().until(() -> notes.losses() == 1);
        connection.close("late");
        assertThat(relay.heard).isEmpty();
        return (LinkLoss.Unreachable) notes.heard.getLast();
    }

    private LinkLoss.Trouble troubleOf(WebSocketLink link) {
        return lossOf(link).trouble();
    }

    private void reaches(WebSocketLink link) {
        var connection = link.connect(notes);
        await().until(() -> notes.heard.contains("up"));
        connection.send(new ClientMessage.Ping(1));
        await().until(() -> relay.heard.contains(new ClientMessage.Ping(1)));
        connection.close("done");
        await().until(() -> relay.ended.size() == 1);
    }

    private static void signsInAs(String name) {
        signsInAs(name, "secret");
    }

    private static void signsInAs(String name, String password) {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(name, password.toCharArray())
                        : null;
            }
        });
    }

    @Nested
    class Through_a_proxy {
        @ParameterizedTest
        @EnumSource(names = {"DIGEST", "BASIC"})
        void that_wants_a_sign_in_one_gets(Manner manner) throws Exception {
            try (var server = new TestServer(relay).running();
                    var proxy = new TestProxy(manner)) {
                signsInAs("mara");
                reaches(link("localhost", server.getPort(), false, through(proxy)));
                assertThat(proxy.heads()).first().asString().startsWith("CONNECT localhost:" + server.getPort());
                assertThat(proxy.tunnels()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"DIGEST", "BASIC"})
        void a_wrong_password_opens_nothing(Manner manner) throws Exception {
            try (var proxy = new TestProxy(manner)) {
                signsInAs("mara", "Secret");
                assertThat(troubleOf(link("localhost", 7450, false, through(proxy))))
                        .isEqualTo(LinkLoss.Trouble.PROXY_SIGN_IN);
                assertThat(proxy.heads()).anyMatch(head -> head.contains("\nProxy-authorization: "));
                assertThat(proxy.tunnels()).isZero();
            }
        }

        @Test
        void tls_is_spoken_with_the_relay_itself() throws Exception {
            try (var server = secureServer(keys);
                    var proxy = new TestProxy(Manner.BASIC)) {
                signsInAs("mara");
                reaches(link("localhost", server.getPort(), true, through(proxy, trusting(keys))));
                assertThat(proxy.tunnels()).isEqualTo(1);
            }
        }

        @Test
        void an_unknown_authority_is_told_as_without_one() throws Exception {
            try (var server = secureServer(keys);
                    var proxy = new TestProxy(Manner.BASIC)) {
                signsInAs("mara");
                assertThat(troubleOf(link("localhost", server.getPort(), true, through(proxy))))
                        .isEqualTo(LinkLoss.Trouble.CERTIFICATE);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "DIGEST, PROXY_SIGN_IN",
            "BASIC, PROXY_SIGN_IN",
            "FORBIDS, PROXY",
            "FINDS_NOBODY, NO_ANSWER",
        })
        void what_stands_in_the_way_is_told_apart(Manner manner, LinkLoss.Trouble trouble) throws Exception {
            try (var proxy = new TestProxy(manner)) {
                signsInAs("nobody");
                var loss = lossOf(link("localhost", 7450, false, through(proxy)));
                assertThat(loss.trouble()).isEqualTo(trouble);
                assertThat(loss.about())
                        .isEqualTo(trouble == LinkLoss.Trouble.NO_ANSWER ? "" : "127.0.0.1:" + proxy.port());
                assertThat(proxy.tunnels()).isZero();
            }
        }

        @Test
        void that_is_away_itself_it_is_said_which() throws Exception {
            int nobody;
            try (var proxy = new TestProxy(Manner.BASIC)) {
                nobody = proxy.port();
            }
            var network = new Network(
                    usual().trust(), ProxySelector.of(new InetSocketAddress("127.0.0.1", nobody)), address -> true);
            var loss = lossOf(link("localhost", 7450, false, network));
            assertThat(loss.trouble()).isEqualTo(LinkLoss.Trouble.PROXY_AWAY);
            assertThat(loss.sentence()).isEqualTo("The network's proxy 127.0.0.1:" + nobody + " does not answer.");
        }
    }

    @Nested
    class Trusted {
        @Test
        void is_an_authority_that_was_added() throws Exception {
            try (var server = secureServer(keys)) {
                reaches(link("localhost", server.getPort(), true, trusting(keys)));
            }
        }

        @Test
        void is_no_unknown_authority_and_nothing_is_sent_but_its_name_is_told() throws Exception {
            try (var server = secureServer(keys)) {
                var loss = lossOf(link("localhost", server.getPort(), true, trusting(expired)));
                assertThat(loss.trouble()).isEqualTo(LinkLoss.Trouble.CERTIFICATE);
                assertThat(loss.about()).isEqualTo("Acme Root");
            }
        }

        @Test
        void is_no_certificate_for_another_name() throws Exception {
            try (var server = secureServer(keys)) {
                assertThat(troubleOf(link("127.0.0.1", server.getPort(), true, trusting(keys))))
                        .isEqualTo(LinkLoss.Trouble.CERTIFICATE_NAME);
            }
        }

        @Test
        void is_no_certificate_whose_time_is_over() throws Exception {
            try (var server = secureServer(expired)) {
                assertThat(troubleOf(link("localhost", server.getPort(), true, trusting(expired))))
                        .isEqualTo(LinkLoss.Trouble.CERTIFICATE_TIME);
            }
        }
    }

    @Test
    void a_relay_that_is_not_allowed_is_never_asked() throws Exception {
        try (var server = new TestServer(relay).running()) {
            var usual = usual();
            var network = new Network(usual.trust(), usual.proxies(), address -> address.port() != server.getPort());
            assertThat(troubleOf(link("localhost", server.getPort(), false, network)))
                    .isEqualTo(LinkLoss.Trouble.NOT_ALLOWED);
            assertThat(relay.ended).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", ""})
    void a_relay_without_tls_is_told_apart_so_that_a_link_of_the_own_network_can_try_again(String answer)
            throws Exception {
        try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(plain, answer));
            assertThat(troubleOf(link("localhost", plain.getLocalPort(), true, usual())))
                    .isEqualTo(LinkLoss.Trouble.NOT_ENCRYPTED);
        }
    }

    /// As a server does that finds no request in what it was sent.
    private static void refuse(ServerSocket plain, String answer) {
        try (var client = plain.accept()) {
            int got = client.getInputStream().read(new byte[4_096]);
            assertThat(got).isPositive();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The client went; what it made of the answer is what counts.
        }
    }

    @Test
    void a_relay_without_tls_that_waits_for_more_is_told_apart_too() throws Exception {
        try (var server = new TestServer(relay).running()) {
            assertThat(troubleOf(link("localhost", server.getPort(), true, usual())))
                    .isEqualTo(LinkLoss.Trouble.NOT_ENCRYPTED);
        }
    }

    @Test
    void a_name_that_nobody_has_is_told_apart() {
        assertThat(troubleOf(link("nobody.invalid", 7450, false, usual()))).isEqualTo(LinkLoss.Trouble.UNKNOWN_HOST);
    }
}
