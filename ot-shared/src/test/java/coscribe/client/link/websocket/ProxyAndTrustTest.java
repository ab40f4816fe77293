package coscribe.client.link.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.link.Account;
import coscribe.client.link.AccountStore;
import coscribe.client.link.AccountTokens;
import coscribe.client.link.LinkContract.Notes;
import coscribe.client.link.LinkContract.Willing;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.RelayAddress;
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
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands between a company's desk and a relay: a proxy that wants a name, and certificates of
/// an authority that only the company knows.
class ProxyAndTrustTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static SSLContext ofLocalhost;

    private final ExecutorService home = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Notes notes = new Notes();
    private final Willing relay = new Willing();
    private Optional<Authenticator> before = Optional.empty();

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = folder.resolve("keys.p12");
        var tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "relay",
                        "-dname",
                        "CN=relay",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).isZero();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        authorities.setCertificateEntry("relay", keys.getCertificate("relay"));
        trusted.init(authorities);
        ofLocalhost = SSLContext.getInstance("TLS");
        ofLocalhost.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
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

    private WebSocketLink link(String host, int port, boolean secure, SSLSocketFactory trust, ProxySelector proxies) {
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
                trust,
                proxies,
                WebSocketLink.Pace.USUAL);
    }

    private static SSLSocketFactory usualTrust() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private TestServer secureServer() throws InterruptedException {
        var server = new TestServer(relay);
        server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(ofLocalhost));
        return server.running();
    }

    private LinkLoss.Trouble troubleOf(WebSocketLink link) {
        var connection = link.connect(notes);
        await().until(() -> notes.losses() == 1);
        connection.close("late");
        assertThat(relay.heard).isEmpty();
        return ((LinkLoss.Unreachable) notes.heard.getLast()).trouble();
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
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(name, "secret".toCharArray())
                        : null;
            }
        });
    }

    private static ProxySelector through(TestProxy proxy) {
        return ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port()));
    }

    @Test
    void a_proxy_that_wants_a_digest_sign_in_is_gone_through() throws Exception {
        try (var server = new TestServer(relay).running();
                var proxy = new TestProxy()) {
            signsInAs("mara");
            reaches(link("localhost", server.getPort(), false, usualTrust(), through(proxy)));
            assertThat(proxy.heads).first().asString().startsWith("CONNECT localhost:" + server.getPort());
            assertThat(proxy.tunnels).hasSize(1);
        }
    }

    @Test
    void through_a_proxy_tls_is_spoken_with_the_relay_itself() throws Exception {
        try (var server = secureServer();
                var proxy = new TestProxy()) {
            signsInAs("mara");
            reaches(link("localhost", server.getPort(), true, ofLocalhost.getSocketFactory(), through(proxy)));
            assertThat(proxy.tunnels).hasSize(1);
        }
    }

    @Test
    void a_proxy_that_does_not_know_the_person_is_told_apart_from_a_relay_that_is_away() throws Exception {
        try (var server = new TestServer(relay).running();
                var proxy = new TestProxy()) {
            signsInAs("nobody");
            assertThat(troubleOf(link("localhost", server.getPort(), false, usualTrust(), through(proxy))))
                    .isEqualTo(LinkLoss.Trouble.PROXY);
        }
    }

    @Test
    void an_authority_that_was_added_is_trusted() throws Exception {
        try (var server = secureServer()) {
            reaches(link("localhost", server.getPort(), true, ofLocalhost.getSocketFactory(), ProxySelector.of(null)));
        }
    }

    @Test
    void an_unknown_authority_is_not_trusted_and_nothing_is_sent() throws Exception {
        try (var server = secureServer()) {
            assertThat(troubleOf(link("localhost", server.getPort(), true, usualTrust(), ProxySelector.of(null))))
                    .isEqualTo(LinkLoss.Trouble.CERTIFICATE);
        }
    }

    @Test
    void a_certificate_for_another_name_is_not_trusted() throws Exception {
        try (var server = secureServer()) {
            assertThat(troubleOf(link(
                            "127.0.0.1",
                            server.getPort(),
                            true,
                            ofLocalhost.getSocketFactory(),
                            ProxySelector.of(null))))
                    .isEqualTo(LinkLoss.Trouble.CERTIFICATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", ""})
    void a_relay_without_tls_is_told_apart_so_that_a_link_of_the_own_network_can_try_again(String answer)
            throws Exception {
        try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(plain, answer));
            assertThat(troubleOf(link("localhost", plain.getLocalPort(), true, usualTrust(), ProxySelector.of(null))))
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
            assertThat(troubleOf(link("localhost", server.getPort(), true, usualTrust(), ProxySelector.of(null))))
                    .isEqualTo(LinkLoss.Trouble.NOT_ENCRYPTED);
        }
    }

    @Test
    void a_name_that_nobody_has_is_told_apart() {
        assertThat(troubleOf(link("nobody.invalid", 7450, false, usualTrust(), ProxySelector.of(null))))
                .isEqualTo(LinkLoss.Trouble.UNKNOWN_HOST);
    }
}
