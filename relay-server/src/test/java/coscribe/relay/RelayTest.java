package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.protocol.Limits;
import coscribe.relay.RelayConfig.Parsed;
import coscribe.relay.transport.TestCertificates;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
    @TempDir
    private Path folder;

    private final Worlds worlds = new Worlds();
    private final Map<String, String> flags = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Relay> running = Optional.empty();

    @AfterEach
    void stop() {
        running.ifPresent(Relay::close);
        http.close();
    }

    @Test
    void a_relay_that_has_started_is_alive_and_ready_and_says_how_it_does() throws Exception {
        var relay = start();

        assertThat(get(relay, "/healthz").body()).isEqualTo("ok\n");
        assertThat(get(relay, "/readyz").body()).isEqualTo("ready\n");
        assertThat(get(relay, "/nothing").statusCode()).isEqualTo(404);
        assertThat(get(relay, "/metrics").statusCode())
                .as("not on the public port")
                .isEqualTo(404);
        var metrics = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                + relay.metrics().orElseThrow().getPort() + "/metrics"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("coscribe_ready 1.0")
                .contains("coscribe_connections ")
                .contains("coscribe_http_answers_total{status=\"200\"} 2.0")
                .contains("coscribe_accounts_hits_total");
    }

    @Test
    void the_data_folder_is_made_for_its_owner_alone() throws IOException {
        var relay = start();

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(relay.config().dataDir())))
                .isEqualTo("rwx------");
    }

    @Test
    void an_owner_link_is_offered_while_nobody_owns_the_relay_and_is_the_same_after_a_restart() {
        var link = start().ownerLink().orElseThrow();
        assertThat(link).matches("coscribe://join/127\\.0\\.0\\.1:[0-9]+/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}");
        running.orElseThrow().close();

        var again = start().ownerLink().orElseThrow();

        assertThat(again.substring(again.lastIndexOf('/'))).isEqualTo(link.substring(link.lastIndexOf('/')));
    }

    @Test
    void a_relay_whose_people_bring_tokens_of_their_own_offers_no_owner_link() {
        flags.put("--auth-mode", "jwt");
        flags.put("--auth-jwt-secret", "kX2vQ9mZr4Tn8bLw1sYd6hGf3jPc7uAe5iRo0tNq");

        assertThat(start().ownerLink()).isEmpty();
    }

    @Test
    void whoever_is_connected_is_asked_to_go_elsewhere_before_the_relay_ends() throws Exception {
        flags.put("--shutdown-drain", "5s");
        var relay = start();
        var codes = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 10; i++) {
            codes.add(connect(relay));
        }

        relay.close();

        for (var code : codes) {
            assertThat(code.get(10, TimeUnit.SECONDS)).isEqualTo(1012);
        }
        assertThatThrownBy(() -> get(relay, "/healthz")).isInstanceOf(IOException.class);
    }

    @Test
    void with_a_certificate_the_port_speaks_tls_and_links_say_https() throws Exception {
        var certificate = TestCertificates.create(folder, "EC");
        certificate.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        flags.put("--tls-cert", folder.resolve("cert.pem").toString());
        flags.put("--tls-key", folder.resolve("key.pem").toString());

        var relay = start();

        assertThat(relay.addresses().web())
                .isEqualTo("https://127.0.0.1:" + relay.listening().getPort());
        try (var trusting =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
            var ready = trusting.send(
                    HttpRequest.newBuilder(URI.create(relay.addresses().web() + "/readyz"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(ready.body()).isEqualTo("ready\n");
        }
    }

    @Test
    void a_relay_with_nobody_connected_ends_at_once() {
        flags.put("--shutdown-drain", "5m");
        var relay = start();

        relay.close();
        relay.close();

        assertThatThrownBy(() -> get(relay, "/healthz")).isInstanceOf(IOException.class);
    }

    @Test
    void a_port_that_is_taken_is_a_sentence_and_everything_is_closed_again() throws IOException {
        try (var taken = new ServerSocket(0)) {
            flags.put("--bind", "127.0.0.1:" + taken.getLocalPort());

            assertThatThrownBy(this::start)
                    .isInstanceOfSatisfying(
                            RelayFailure.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(RelayFailure.FAILED))
                    .hasMessage("Port " + taken.getLocalPort() + " on 127.0.0.1 is already in use."
                            + " Stop the program that uses it, or choose another port.");
        }
        assertThat(start().listening().getPort()).isPositive();
    }

    @Test
    void a_metrics_port_that_is_taken_is_a_sentence() throws IOException {
        try (var taken = new ServerSocket(0)) {
            flags.put("--metrics-bind", "127.0.0.1:" + taken.getLocalPort());

            assertThatThrownBy(this::start)
                    .isInstanceOf(RelayFailure.class)
                    .hasMessageStartingWith("metrics.bind 127.0.0.1:" + taken.getLocalPort() + " can't be listened on");
        }
    }

    @Test
    void a_store_that_is_away_is_exit_4() {
        worlds.storeIsAway();

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        RelayFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(RelayFailure.STORE_AWAY))
                .hasMessage("The store can't be used: nobody is there."
                        + " Then start again; 'coscribe-relay doctor' checks it.");
    }

    @Test
    void a_data_folder_that_is_a_file_is_a_sentence() throws IOException {
        var file = Files.createFile(folder.resolve("data"));
        flags.put("--data-dir", file + "/inside");

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        RelayFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(RelayFailure.STORE_AWAY));
        flags.put("--data-dir", file.toString());
        assertThatThrownBy(this::start).hasMessageContaining("is a file. Write the path of a folder into data.dir");
    }

    private Relay start() {
        flags.putIfAbsent("--bind", "127.0.0.1:0");
        flags.putIfAbsent("--metrics-bind", "127.0.0.1:0");
        flags.putIfAbsent("--data-dir", folder.resolve("coscribe-data").toString());
        var config = switch (RelayConfig.parse(flags, Map.of(), Optional.empty(), Files::readString)) {
            case Parsed.Good(var good) -> good;
            case Parsed.Bad(var problems) -> throw new AssertionError(problems);
        };
        var relay = Relay.start(config, worlds.world());
        running = Optional.of(relay);
        return relay;
    }

    private HttpResponse<String> get(Relay relay, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + relay.listening().getPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /// @return the code that the connection will be closed with
    private CompletableFuture<Integer> connect(Relay relay) throws Exception {
        var code = new CompletableFuture<Integer>();
        var _ = http.newWebSocketBuilder()
                .subprotocols(Limits.SUBPROTOCOL)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + relay.listening().getPort() + "/"), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                                code.complete(status);
                                return CompletableFuture.completedFuture(null);
                            }

                            @Override
                            public void onError(WebSocket socket, Throwable error) {
                                code.completeExceptionally(error);
                            }
                        })
                .get(10, TimeUnit.SECONDS);
        return code;
    }
}
