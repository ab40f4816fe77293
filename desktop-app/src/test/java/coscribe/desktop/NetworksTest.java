package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.client.link.Network;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.TestKeys;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.PolicyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is decided about proxies, certificates and servers is what connections are made by.
class NetworksTest {
    private static final URI RELAY = URI.create("https://docs.example.org:443/");

    @TempDir
    Path folder;

    private Network decided(String mandatory) throws IOException {
        var file = Files.writeString(
                folder.resolve("policy.json"), "{\"mandatory\": {" + mandatory.replace('\'', '"') + "}}");
        return Networks.of(
                Policy.of(file.toString(), new PolicyFile(file).read(), new Properties()),
                Map.of("HTTPS_PROXY", "http://environment.example.org:80"));
    }

    private static String proxy(Network network) {
        return network.proxies().select(RELAY).getFirst().address() instanceof InetSocketAddress at
                ? at.getHostString() + ":" + at.getPort()
                : "none";
    }

    @Test
    void a_proxy_that_is_decided_on_is_taken_and_else_the_computers_own_or_none() throws Exception {
        assertThat(proxy(decided("'proxy.mode': 'manual', 'proxy.url': 'http://decided.example.org:3128'")))
                .isEqualTo("decided.example.org:3128");
        assertThat(proxy(decided("'proxy.mode': 'none'"))).isEqualTo("none");
        assertThat(proxy(decided("'proxy.mode': 'system'"))).isEqualTo("environment.example.org:80");
        assertThat(proxy(decided("'proxy.url': 'http://decided.example.org:3128'")))
                .as("manual alone uses it")
                .isEqualTo("environment.example.org:80");
    }

    /// What proxies then make of it: `ForwardProxyTest`.
    @Test
    void java_is_told_to_sign_in_to_proxies_by_what_they_have() throws Exception {
        var file = Files.writeString(folder.resolve("policy.json"), "{\"mandatory\": {\"proxy.mode\": \"none\"}}");
        Networks.prepare(Policy.of(file.toString(), new PolicyFile(file).read(), new Properties()));
        try {
            assertThat(System.getProperty("jdk.http.auth.tunneling.disabledSchemes"))
                    .isEmpty();
            assertThat(System.getProperty("http.auth.digest.reEnabledAlgorithms"))
                    .isEqualTo("MD5");
        } finally {
            System.clearProperty("http.auth.digest.reEnabledAlgorithms"); // the other one is as it was
        }
    }

    @Test
    void servers_that_are_not_allowed_are_none_for_connections() throws Exception {
        var network = decided("'relays.allowed': ['docs.example.org']");
        assertThat(network.allowed().test(RelayAddress.of(RELAY))).isTrue();
        assertThat(network.allowed().test(RelayAddress.of(URI.create("wss://docs.example.com/"))))
                .isFalse();
    }

    @Test
    void an_authority_that_is_decided_on_is_believed() throws Exception {
        var keys = new TestKeys(folder, "Acme Root", List.of("-ext", "SAN=dns:localhost", "-validity", "2"));
        assertThat(greets(decided("'tls.extraCaFile': '" + keys.authority() + "'"), keys))
                .isTrue();
        assertThatThrownBy(() -> greets(decided("'hostRelay': true"), keys)).isInstanceOf(SSLHandshakeException.class);
    }

    private static boolean greets(Network network, TestKeys shown) throws Exception {
        try (var server =
                shown.ofRelay().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = (SSLSocket) server.accept()) {
                    client.startHandshake();
                } catch (IOException e) {
                    // The client did not believe it.
                }
            });
            try (var socket = (SSLSocket) network.trust().createSocket("localhost", server.getLocalPort())) {
                socket.startHandshake();
                return true;
            }
        }
    }
}
