package coscribe.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as it is shipped, on the embedded store, in this process.
class MainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Random random = new Random(23);
    private final HttpClient http = HttpClient.newHttpClient();
    private CountDownLatch stop = new CountDownLatch(1);
    private Optional<CompletableFuture<Integer>> server = Optional.empty();

    @AfterEach
    void end() throws Exception {
        stopServer();
        http.close();
    }

    @Test
    void from_the_owner_link_to_a_shared_document() throws Exception {
        int port = serve();
        var mara = new Peer(port);
        var welcome = mara.hello(new Credential.InviteCode(ownerCode(), "Mara\u202e Klein"));
        assertThat(welcome.person().name()).isEqualTo("Mara Klein");
        assertThat(welcome.mayCreate()).isTrue();
        mara.say(new ClientMessage.Create("Plan"));
        var plan = mara.hears(ServerMessage.Created.class).document();

        assertThat(run("invite", "create", "--doc", plan.hex(), "--role", "viewer", "--quiet"))
                .isZero();
        var link = lastLine();
        var jon = new Peer(port);
        var joined = jon.hello(new Credential.InviteCode(link.substring(link.lastIndexOf('/') + 1), "Jon"));
        assertThat(joined.invitedTo()).contains(plan);
        assertThat(joined.mayCreate()).isFalse();
        jon.say(new ClientMessage.Join(plan, Optional.empty(), Optional.empty()));

        assertThat(jon.hears(ServerMessage.Joined.class).role()).isEqualTo(Role.VIEWER);
        var tooMuch = new Peer(port);
        tooMuch.say(helloAs(new Credential.InviteCode(ownerCode(), "Eve")));
        assertThat(tooMuch.hears(ServerMessage.Failed.class).code()).isEqualTo(FailureCode.INVITE_USED);
    }

    @Test
    void a_full_document_takes_nobody_else_but_whoever_is_in_it_already() throws Exception {
        int port = serve("--limits-doc-people", "1");
        var mara = new Peer(port);
        var tokens = mara.hello(new Credential.InviteCode(ownerCode(), "Mara"))
                .tokens()
                .orElseThrow();
        mara.say(new ClientMessage.Create("Plan"));
        var plan = mara.hears(ServerMessage.Created.class).document();
        mara.say(new ClientMessage.Join(plan, Optional.empty(), Optional.empty()));
        mara.hears(ServerMessage.Joined.class);
        assertThat(run("invite", "create", "--doc", plan.hex(), "--quiet")).isZero();
        var link = lastLine();

        var jon = new Peer(port);
        jon.hello(new Credential.InviteCode(link.substring(link.lastIndexOf('/') + 1), "Jon"));
        jon.say(new ClientMessage.Join(plan, Optional.empty(), Optional.empty()));
        var full = jon.hears(ServerMessage.Failed.class);
        assertThat(full.code()).isEqualTo(FailureCode.LIMIT);
        assertThat(full.sentence()).startsWith("'Plan' already has 1 people in it. Nothing was changed;");
        assertThat(full.retryAfterMillis()).isPositive();

        var marasPhone = new Peer(port);
        marasPhone.hello(new Credential.AccessToken(tokens.access()));
        marasPhone.say(new ClientMessage.Join(plan, Optional.empty(), Optional.empty()));
        marasPhone.hears(ServerMessage.Joined.class);
    }

    @Test
    void whoever_was_signed_in_is_still_after_a_restart_and_codes_do_not_come_back() throws Exception {
        var first = new Peer(serve());
        var tokens = first.hello(new Credential.InviteCode(ownerCode(), "Mara"))
                .tokens()
                .orElseThrow();
        var code = ownerCode();
        stopServer();

        int port = serve();

        assertThat(out()).doesNotContain("coscribe://join");
        var byToken = new Peer(port).hello(new Credential.AccessToken(tokens.access()));
        var byRefresh = new Peer(port).hello(new Credential.Refresh(tokens.refresh()));
        assertThat(byToken.person()).isEqualTo(byRefresh.person());
        var again = new Peer(port);
        again.say(helloAs(new Credential.InviteCode(code, "Eve")));
        assertThat(again.hears(ServerMessage.Failed.class).code()).isEqualTo(FailureCode.INVITE_USED);
    }

    @Test
    void what_people_do_is_counted() throws Exception {
        int port = serve("--metrics-bind", "127.0.0.1:0", "--json");
        var metrics = Integer.parseInt(found("\"metricsPort\":\"([0-9]+)\""));
        var mara = new Peer(port);
        mara.hello(new Credential.InviteCode(ownerCode(), "Mara"));
        mara.say(new ClientMessage.Create("Plan"));
        mara.say(new ClientMessage.Join(
                mara.hears(ServerMessage.Created.class).document(), Optional.empty(), Optional.empty()));
        mara.hears(ServerMessage.Joined.class);
        var eve = new Peer(port);
        eve.say(helloAs(new Credential.AccessToken("forged")));
        eve.hears(ServerMessage.Failed.class);

        var text = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(text.lines())
                .contains(
                        "coscribe_joins_total 1.0",
                        "coscribe_documents 1.0",
                        "coscribe_sign_ins_total{result=\"ok\"} 1.0",
                        "coscribe_sign_ins_total{result=\"unauthenticated\"} 1.0",
                        "coscribe_connections_opened_total 2.0");
    }

    @Test
    void no_token_and_no_code_is_ever_logged() throws Exception {
        int port = serve("--log-level", "debug");
        var tokens = new Peer(port)
                .hello(new Credential.InviteCode(ownerCode(), "Mara"))
                .tokens()
                .orElseThrow();
        var code = ownerCode();
        var again = new Peer(port);
        again.say(helloAs(new Credential.Refresh(tokens.refresh() + "x")));
        assertThat(again.hears(ServerMessage.Failed.class).code()).isEqualTo(FailureCode.UNAUTHENTICATED);
        stopServer();

        assertThat(err())
                .contains("event=ready")
                .doesNotContain(tokens.access())
                .doesNotContain(tokens.refresh())
                .doesNotContain(code);
    }

    @Test
    void a_second_relay_on_the_same_data_is_exit_4_and_the_first_goes_on() throws Exception {
        int port = serve();

        assertThat(run("serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                .isEqualTo(4);

        assertThat(err())
                .contains("is in use by process " + ProcessHandle.current().pid());
        new Peer(port).hello(new Credential.InviteCode(ownerCode(), "Mara"));
    }

    @Test
    void damaged_data_is_exit_4_and_left_as_it_is() throws Exception {
        serve();
        stopServer();
        var file = data().resolve("store.db");
        var bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 0x5a;
        }
        Files.write(file, bytes);

        assertRefusedAsItIs(file);
        assertThat(run("doctor", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                .isEqualTo(5);
        assertThat(out()).contains("FAIL  store       The store can't be used: ");
    }

    /// SQLite finds nothing wrong with it: another name is a name.
    @ParameterizedTest
    @ValueSource(strings = {"Quarterly plan", "Mara Klein"})
    void one_flipped_bit_in_a_record_is_exit_4_and_left_as_it_is(String stored) throws Exception {
        int port = serve();
        var mara = new Peer(port);
        mara.hello(new Credential.InviteCode(ownerCode(), "Mara Klein"));
        mara.say(new ClientMessage.Create("Quarterly plan"));
        mara.hears(ServerMessage.Created.class);
        stopServer();
        var file = data().resolve("store.db");
        var bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(stored);
        assertThat(at).as("where the file has '%s'", stored).isPositive();
        bytes[at] ^= 1;
        Files.write(file, bytes);

        assertRefusedAsItIs(file);
        assertThat(err()).contains("does not verify");
    }

    private void assertRefusedAsItIs(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        assertThat(run("serve", "--bind", "127.0.0.1:0", "--metrics-bind", "off"))
                .isEqualTo(4);
        assertThat(err()).contains("The store can't be used: ");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void a_redis_that_is_not_there_is_exit_4() {
        assertThat(run("serve", "--bind", "127.0.0.1:0", "--store", "redis", "--redis-url", "redis://:pw@127.0.0.1:1"))
                .isEqualTo(4);
        assertThat(err()).contains("The store can't be used: ", "127.0.0.1:1").doesNotContain(":pw@");
    }

    @Test
    void a_redis_address_that_means_nothing_is_exit_3() {
        assertThat(run(
                        "serve",
                        "--bind",
                        "127.0.0.1:0",
                        "--store",
                        "redis",
                        "--redis-url",
                        "redis://127.0.0.1:6379/first"))
                .isEqualTo(3);
        assertThat(err()).startsWith("--redis-url can't be used: ");
    }

    @Test
    void certificate_files_that_are_not_there_are_exit_3() {
        assertThat(run("serve", "--bind", "127.0.0.1:0", "--tls-cert", "/nowhere/c.pem", "--tls-key", "/nowhere/k.pem"))
                .isEqualTo(3);
        assertThat(err())
                .contains("tls.cert and tls.key can't be used: The file /nowhere/c.pem cannot be read."
                        + " Check its path and who may read it.");
    }

    @Test
    void a_document_starts_as_one_empty_paragraph_for_whoever_asks_for_it_by_token() throws Exception {
        int port = serve();
        assertThat(run("token", "issue", "--user", "bot@example.org", "--quiet"))
                .isZero();
        var bot = new Peer(port);
        bot.hello(new Credential.AccessToken(lastLine()));
        bot.say(new ClientMessage.Create("Log"));
        bot.say(new ClientMessage.Join(
                bot.hears(ServerMessage.Created.class).document(), Optional.empty(), Optional.empty()));

        var joined = bot.hears(ServerMessage.Joined.class);

        assertThat(joined.role()).isEqualTo(Role.OWNER);
        assertThat(joined.contentHash()).isEqualTo(Document.EMPTY.contentHash());
    }

    private ClientMessage helloAs(Credential credential) {
        return new ClientMessage.Hello(
                Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, credential, DeviceId.random(random));
    }

    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private int serve(String... more) {
        stop = new CountDownLatch(1);
        out.reset();
        err.reset();
        var args = new ArrayList<>(List.of("serve", "--bind", "127.0.0.1:0"));
        args.addAll(List.of(more));
        if (!args.contains("--metrics-bind")) {
            args.addAll(List.of("--metrics-bind", "off"));
        }
        server = Optional.of(CompletableFuture.supplyAsync(
                () -> run(args.toArray(String[]::new)),
                task -> Thread.ofPlatform().daemon().start(task)));
        await().atMost(PATIENCE)
                .until(() -> err().contains("event=ready") || server.get().isDone());
        return Integer.parseInt(found("127\\.0\\.0\\.1:([0-9]+)"));
    }

    private void stopServer() throws Exception {
        stop.countDown();
        if (server.isPresent()) {
            assertThat(server.get().get(20, TimeUnit.SECONDS)).isZero();
            server = Optional.empty();
        }
    }

    private String ownerCode() {
        return found("coscribe://join/[^/]+/([2-9A-Z-]{14})");
    }

    private String found(String pattern) {
        var matcher = Pattern.compile(pattern).matcher(out());
        assertThat(matcher.find()).as(pattern + " in " + out() + err()).isTrue();
        return matcher.group(1);
    }

    private String lastLine() {
        return out().lines().toList().getLast();
    }

    private int run(String... typed) {
        var args = new ArrayList<>(List.of(typed));
        args.addAll(List.of("--data-dir", data().toString()));
        return Main.run(
                args,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                stop::await);
    }

    private Path data() {
        return folder.resolve("coscribe-data");
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Speaks the protocol by hand.
    private final class Peer implements WebSocket.Listener {
        private final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
        private final StringBuilder partly = new StringBuilder();
        private final WebSocket socket;

        Peer(int port) throws Exception {
            socket = http.newWebSocketBuilder()
                    .subprotocols(Limits.SUBPROTOCOL)
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), this)
                    .get(10, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partly.append(text);
            if (last) {
                heard.add(Wire.decodeServer(partly.toString().getBytes(StandardCharsets.UTF_8)));
                partly.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        void say(ClientMessage message) throws Exception {
            var _ = socket.sendText(new String(Wire.encode(message), StandardCharsets.UTF_8), true)
                    .get(10, TimeUnit.SECONDS);
        }

        @com.google.errorprone.annotations.CanIgnoreReturnValue
        ServerMessage.Welcome hello(Credential credential) throws Exception {
            say(helloAs(credential));
            return hears(ServerMessage.Welcome.class);
        }

        @com.google.errorprone.annotations.CanIgnoreReturnValue
        <T extends ServerMessage> T hears(Class<T> kind) throws InterruptedException, IOException {
            var message = heard.poll(20, TimeUnit.SECONDS);
            if (!kind.isInstance(message)) {
                throw new IOException("heard " + message + " and not " + kind.getSimpleName());
            }
            return kind.cast(message);
        }
    }
}
