package coscribe.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The union of what is trusted, by real handshakes.
class TrustTest {
    @TempDir
    private static Path folder;

    private static TestKeys ofSystem;
    private static TestKeys ofCompany;
    private static TestKeys ofNobody;

    @BeforeAll
    static void makeCertificates() throws Exception {
        var forLocalhost = List.of("-ext", "SAN=dns:localhost", "-validity", "2");
        ofSystem = new TestKeys(folder, "System Root", forLocalhost);
        ofCompany = new TestKeys(folder, "Company Root", forLocalhost);
        ofNobody = new TestKeys(folder, "Some Root", forLocalhost);
    }

    /// Whether a relay that shows these keys is believed.
    private static boolean believes(SSLSocketFactory trust, TestKeys shown) throws Exception {
        try (var server =
                shown.ofRelay().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = (SSLSocket) server.accept()) {
                    client.startHandshake();
                    int end = client.getInputStream().read();
                    assertThat(end).isEqualTo(-1);
                } catch (IOException e) {
                    // The client did not believe it.
                }
            });
            try (var socket = (SSLSocket) trust.createSocket("localhost", server.getLocalPort())) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return true;
            }
        } catch (IOException e) {
            assertThat(e).hasRootCauseInstanceOf(Exception.class);
            return false;
        }
    }

    @Test
    void the_systems_authorities_and_those_of_a_file_are_both_believed() throws Exception {
        var trust = Trust.of(
                List.of(folder.resolve("missing.pem"), ofSystem.authority()), Optional.of(ofCompany.authority()));
        assertThat(believes(trust, ofSystem)).isTrue();
        assertThat(believes(trust, ofCompany)).isTrue();
        assertThat(believes(trust, ofNobody)).isFalse();
    }

    /// As the doctor asks: over an engine, which `java.net.http` has.
    @Test
    void who_makes_sockets_of_their_own_believes_the_same_and_only_the_right_name() throws Exception {
        var trust = Trust.context(List.of(ofSystem.authority()), Optional.of(ofCompany.authority()));
        assertThat(fetches(trust, ofSystem, "localhost")).isTrue();
        assertThat(fetches(trust, ofCompany, "localhost")).isTrue();
        assertThat(fetches(trust, ofNobody, "localhost")).isFalse();
        assertThat(fetches(trust, ofSystem, "127.0.0.1")).as("another name").isFalse();
    }

    /// Whether a page of a server with these keys can be had.
    private static boolean fetches(SSLContext trust, TestKeys shown, String host) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(shown.ofRelay()));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        try (var http = HttpClient.newBuilder().sslContext(trust).build()) {
            var page = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
            return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 204;
        } catch (SSLException e) {
            return false;
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_file_that_cannot_be_read_takes_nothing_away() throws Exception {
        var broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");
        for (Path extra : List.of(broken, folder.resolve("missing.pem"))) {
            var trust = Trust.of(List.of(ofSystem.authority()), Optional.of(extra));
            assertThat(believes(trust, ofSystem)).isTrue();
            assertThat(believes(trust, ofCompany)).isFalse();
        }
    }

    @Test
    void the_authorities_that_java_brings_stay_believed() throws Exception {
        // One of Java's that no system has: its store is asked as it is configured.
        var before = Optional.ofNullable(System.getProperty("javax.net.ssl.trustStore"));
        System.setProperty("javax.net.ssl.trustStore", ofCompany.store().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try {
            var trust = Trust.of(List.of(), Optional.of(ofSystem.authority()));
            assertThat(believes(trust, ofCompany)).isTrue();
            assertThat(believes(trust, ofSystem)).isTrue();
        } finally {
            before.ifPresentOrElse(
                    store -> System.setProperty("javax.net.ssl.trustStore", store),
                    () -> System.clearProperty("javax.net.ssl.trustStore"));
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void a_file_tells_how_many_it_holds_or_why_none() throws Exception {
        var both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(ofSystem.authority()) + Files.readString(ofCompany.authority()));
        assertThat(Trust.inFile(both)).hasSize(2);
        assertThatThrownBy(() -> Trust.inFile(Files.writeString(folder.resolve("empty.pem"), "")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("there is no certificate in ");
    }
}
