package coscribe.relay.transport;

import static coscribe.relay.transport.RawClient.concat;
import static coscribe.relay.transport.RawClient.frame;
import static coscribe.relay.transport.RawClient.header;
import static coscribe.relay.transport.RawClient.upgradeHead;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.relay.transport.Gatekeeper.Admission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every implementation of [Transport] does, seen from bare sockets.
@Timeout(60)
public abstract class TransportContract {
    private static final int KIB = 1024;

    private final HandClock clock = new HandClock();
    private final Recorder recorder = new Recorder();
    private final CountingMetrics metrics = new CountingMetrics();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private ScheduledExecutorService timer;
    private Transport transport;
    private int port;

    protected abstract Transport create(
            TransportOptions options,
            Gatekeeper gatekeeper,
            PlainHttp pages,
            TransportListener listener,
            TransportMetrics metrics,
            InstantSource clock,
            ScheduledExecutorService timer);

    /// What a client speaks through: the socket itself, or something on top of it.
    protected Socket secured(Socket plain) throws IOException {
        return plain;
    }

    /// How options differ for this implementation.
    protected TransportOptions adapted(TransportOptions options) {
        return options;
    }

    @BeforeEach
    void startTimer() {
        timer = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var each : toClose.reversed()) {
            each.close();
        }
        timer.shutdownNow();
    }

    private static TransportOptions options() {
        return TransportOptions.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withThreads(2)
                .withSweep(Duration.ofMillis(10), Duration.ofSeconds(5));
    }

    private void serve() {
        serve(options(), Gatekeeper.open());
    }

    private void serve(Function<TransportOptions, TransportOptions> change) {
        serve(change.apply(options()), Gatekeeper.open());
    }

    private void serve(TransportOptions options, Gatekeeper gatekeeper) {
        PlainHttp pages = path -> switch (path) {
            case "/healthz" -> Optional.of(HttpAnswer.text(200, "alive"));
            case "/broken" -> throw new IllegalStateException("a page that fails, on purpose");
            default -> Optional.empty();
        };
        transport = create(adapted(options), gatekeeper, pages, recorder, metrics, clock, timer);
        port = transport.start().getPort();
        toClose.add(transport);
    }

    private RawClient connect() throws IOException {
        return RawClient.over(secured(new Socket(InetAddress.getLoopbackAddress(), port)));
    }

    private RawClient connectNarrow() throws IOException {
        return RawClient.over(secured(RawClient.narrowSocket(port)));
    }

    /// From another address of this machine: on Linux all of 127/8 are.
    private RawClient connectFrom(String address) throws IOException {
        return RawClient.over(
                secured(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0)));
    }

    private RawClient client() throws IOException {
        return kept(connect());
    }

    @CanIgnoreReturnValue
    private RawClient opened() throws IOException {
        return kept(connect()).upgrade();
    }

    @CanIgnoreReturnValue
    private RawClient kept(RawClient client) {
        toClose.add(client);
        return client;
    }

    private String answerTo(String request) throws IOException {
        return client().say(request).readAll();
    }

    @Nested
    class Upgrading {
        @Test
        void is_answered_with_the_key_and_subprotocol_of_the_specification() throws Exception {
            serve();
            var head = client().say(upgradeHead()).readHead();
            assertThat(head).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Protocol: coscribe.v1\r\n");
            assertThat(head).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
        }

        @Test
        void works_however_the_bytes_arrive() throws Exception {
            serve();
            recorder.echoing();
            var slow = client().trickle(upgradeHead().getBytes(ISO_8859_1));
            assertThat(slow.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(slow.trickle(frame(0x81, "bit by bit".getBytes(UTF_8))).readText())
                    .isEqualTo("bit by bit");
        }

        @Test
        void a_message_right_behind_the_head_is_heard() throws Exception {
            serve();
            recorder.echoing();
            var eager = client().say(concat(
                    upgradeHead().getBytes(ISO_8859_1),
                    frame(0x81, "one".getBytes(UTF_8)),
                    frame(0x81, "two".getBytes(UTF_8))));
            assertThat(eager.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(eager.readText()).isEqualTo("one");
            assertThat(eager.readText()).isEqualTo("two");
        }

        @Test
        void nothing_overtakes_the_answer() throws Exception {
            recorder.whenOpened = connection -> {
                for (int i = 0; i < 20; i++) {
                    assertThat(connection.send(Frame.text("early " + i))).isEqualTo(Offer.ACCEPTED);
                }
            };
            serve();
            for (int round = 0; round < 50; round++) {
                try (var client = connect()) {
                    assertThat(client.say(upgradeHead()).readHead()).startsWith("HTTP/1.1 101 ");
                    for (int i = 0; i < 20; i++) {
                        assertThat(client.readText()).isEqualTo("early " + i);
                    }
                }
            }
        }

        @Test
        void shows_the_request_to_the_relay_until_somebody_is_authenticated() throws Exception {
            serve();
            kept(client().say(upgradeHead(
                            "X-Forwarded-For: 192.0.2.1", "Authorization: Bearer secret", "X-Two: a", "x-two: b")))
                    .readHead();
            var connection = recorder.nextOpened();
            assertThat(connection.upgrade().path()).isEqualTo("/v1");
            assertThat(connection.upgrade().authorization()).contains("Bearer secret");
            assertThat(connection.upgrade().field("X-TWO")).contains("a, b");
            assertThat(connection.upgrade().toString()).doesNotContain("secret");
            assertThat(connection.remoteAddress().getAddress().isLoopbackAddress())
                    .isTrue();
            connection.authenticated();
            assertThat(connection.upgrade().authorization()).isEmpty();
        }

        @Test
        void ignores_an_offer_of_compression_and_lives() throws Exception {
            serve();
            recorder.echoing();
            var client =
                    client().say(upgradeHead("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ").doesNotContain("Sec-WebSocket-Extensions");
            assertThat(client.text("plain").readText()).isEqualTo("plain");
            assertThat(client.say(frame(0xC1, new byte[] {1, 2, 3})).readClose().closeCode())
                    .isEqualTo(1002);
        }

        @Test
        void without_our_subprotocol_is_refused_in_words() throws Exception {
            serve();
            assertThat(answerTo(upgradeHead().replace("coscribe.v1", "soap")))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("Ask for the subprotocol: Sec-WebSocket-Protocol: coscribe.v1\n");
            assertThat(answerTo(upgradeHead().replace("coscribe.v1", "soap, coscribe.v10")))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(client().say(upgradeHead().replace("coscribe.v1", "soap, coscribe.v1"))
                            .readHead())
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Sec-WebSocket-Protocol: coscribe.v1\r\n");
        }

        @Test
        void of_another_version_is_answered_426_with_ours() throws Exception {
            serve();
            assertThat(answerTo(upgradeHead().replace("Version: 13", "Version: 8")))
                    .startsWith("HTTP/1.1 426 ")
                    .contains("Sec-WebSocket-Version: 13\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /v1 HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
                    "GET /v1\r\nHost: relay\r\n\r\n",
                    "GET  /v1 HTTP/1.1\r\nHost: relay\r\n\r\n",
                    "GET /v1 HTTP/1.1\r\nHost : relay\r\n\r\n",
                    "GET /v1 HTTP/1.1\r\nHost: relay\r\n folded\r\n\r\n",
                    "GET /v1 HTTP/1.1\r\nHost: relay\r\nHost: other\r\n\r\n",
                    "GET http://elsewhere/ HTTP/1.1\r\nHost: relay\r\n\r\n",
                    "\u0016\u0003\u0001\u0002\u0000\r\n\r\n",
                    "\u0016\u0003\u0001 TLS where none is spoken, told before the rest of a head comes"
                })
        void that_is_no_proper_request_is_answered_400(String request) throws Exception {
            serve();
            assertThat(answerTo(request)).startsWith("HTTP/1.1 400 ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "https://evil.example",
                    "https://editor.example.evil.example",
                    "http://editor.example",
                    "https://editor.example:444",
                    "https://EDITOR.example.",
                    "https://xn--dtr-9ma5d.example",
                    "https://editor.example, https://evil.example"
                })
        void from_a_page_of_an_unlisted_origin_is_answered_403(String origin) throws Exception {
            serve(options -> options.withAllowedOrigins(Set.of("https://editor.example")));
            assertThat(answerTo(upgradeHead("Origin: " + origin))).startsWith("HTTP/1.1 403 ");
            assertThat(metrics.answered).containsExactly(403);
        }

        @Test
        void from_a_page_of_a_listed_origin_or_from_no_page_is_let_in() throws Exception {
            serve(options -> options.withAllowedOrigins(Set.of("https://editor.example")));
            assertThat(client().say(upgradeHead("Origin: https://editor.example"))
                            .readHead())
                    .startsWith("HTTP/1.1 101 ");
            assertThat(client().say(upgradeHead()).readHead()).startsWith("HTTP/1.1 101 ");
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403, 404, 426, 429})
        void that_the_relay_refuses_is_answered_with_its_status_and_closed(int status) throws Exception {
            serve(
                    options(),
                    (request, from) -> new Admission.Refused(
                            HttpAnswer.text(status, "no, for a reason").with("Retry-After", "7")));
            assertThat(answerTo(upgradeHead()))
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Retry-After: 7\r\n")
                    .contains("Connection: close\r\n")
                    .endsWith("\r\n\r\nno, for a reason\n");
            assertThat(metrics.answered).containsExactly(status);
            assertThat(recorder.events).isEmpty();
        }

        @Test
        void that_makes_the_gatekeeper_fail_is_answered_500_and_others_come_in() throws Exception {
            serve(options(), (request, from) -> {
                if (request.path().equals("/bad")) {
                    throw new StackOverflowError("on purpose");
                }
                return new Admission.Welcome();
            });
            assertThat(answerTo(upgradeHead().replace("/v1", "/bad"))).startsWith("HTTP/1.1 500 ");
            assertThat(client().say(upgradeHead()).readHead()).startsWith("HTTP/1.1 101 ");
        }

        @Test
        void with_a_head_over_8_KiB_is_answered_431_and_closed() throws Exception {
            serve();
            var endless = "GET /v1 HTTP/1.1\r\nHost: relay\r\nX: " + "x".repeat(8 * KIB);
            assertThat(answerTo(endless)).startsWith("HTTP/1.1 431 ");
            var largest =
                    upgradeHead("X: " + "x".repeat(8 * KIB - upgradeHead("X: ").length()));
            assertThat(largest).hasSize(8 * KIB);
            assertThat(client().say(largest).readHead()).startsWith("HTTP/1.1 101 ");
        }

        @Test
        void that_stays_half_is_dropped_after_5_seconds() throws Exception {
            serve();
            var silent = client();
            var half = client().say(upgradeHead().substring(0, 60));
            await().until(() -> transport.gauges().inHandshake() == 2);
            clock.forward(Duration.ofMillis(4_900));
            assertThat(half.hearsNothingFor(100)).isTrue();
            clock.forward(Duration.ofMillis(200));
            assertThat(half.readsEnd()).isTrue();
            assertThat(silent.readsEnd()).isTrue();
            await().until(() -> transport.gauges().inHandshake() == 0);
            assertThat(metrics.timedOut).hasValue(2);
        }

        @Test
        void that_comes_a_byte_each_second_is_dropped_after_5_seconds_all_the_same() throws Exception {
            serve();
            var slow = client();
            await().until(() -> transport.gauges().inHandshake() == 1);
            byte[] head = upgradeHead().getBytes(ISO_8859_1);
            for (int second = 0; second < 5; second++) {
                slow.trickle(Arrays.copyOfRange(head, second, second + 1));
                assertThat(slow.hearsNothingFor(100)).as("at second %s", second).isTrue();
                clock.forward(Duration.ofSeconds(1));
            }
            assertThat(slow.readsEnd()).isTrue();
            await().until(() -> transport.gauges().inHandshake() == 0);
            assertThat(metrics.timedOut).hasValue(1);
        }

        @Test
        void without_signing_in_is_closed_after_10_seconds() throws Exception {
            serve();
            var stranger = opened();
            var known = opened();
            recorder.next(Recorder.Event.Opened.class);
            recorder.nextOpened();
            known.text("hello");
            recorder.next(Recorder.Event.Received.class).connection().authenticated();
            clock.forward(Duration.ofSeconds(11));
            assertThat(stranger.readClose().closeCode()).isEqualTo(1008);
            recorder.echoing();
            assertThat(known.text("still here").readText()).isEqualTo("still here");
        }
    }

    @Nested
    class Plain_requests {
        @Test
        void get_their_page_and_the_end_of_the_connection() throws Exception {
            serve();
            assertThat(answerTo("GET /healthz?probe=1 HTTP/1.1\r\nHost: relay\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: 6\r\n", "Referrer-Policy: no-referrer\r\n")
                    .endsWith("\r\n\r\nalive\n");
            assertThat(answerTo("GET /healthz HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(metrics.answered).containsExactly(200, 200);
        }

        @Test
        void of_HEAD_get_the_head_alone() throws Exception {
            serve();
            assertThat(answerTo("HEAD /healthz HTTP/1.1\r\nHost: relay\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: 6\r\n")
                    .endsWith("\r\n\r\n");
        }

        @Test
        void for_nothing_or_with_another_method_are_told_so() throws Exception {
            serve();
            assertThat(answerTo("GET /wp-admin HTTP/1.1\r\nHost: relay\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(answerTo("POST /healthz HTTP/1.1\r\nHost: relay\r\nContent-Length: 3\r\n\r\nabc"))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: GET, HEAD\r\n");
            assertThat(answerTo("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 505 ");
        }

        @Test
        void whose_page_fails_are_answered_500() throws Exception {
            serve();
            assertThat(answerTo("GET /broken HTTP/1.1\r\nHost: relay\r\n\r\n")).startsWith("HTTP/1.1 500 ");
            assertThat(answerTo("GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Nested
    class Frames {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536})
        void of_every_length_form_come_and_go(int length) throws Exception {
            serve();
            recorder.echoing();
            var text = "ä".repeat(length / 2) + "x".repeat(length % 2);
            assertThat(opened().text(text).readText()).isEqualTo(text);
        }

        @Test
        void over_64_KiB_are_refused_before_authentication_and_over_1_MiB_after_it() throws Exception {
            serve();
            recorder.echoing();
            var stranger = opened();
            var refused = stranger.say(header(0x81, 0x80, 64 * KIB + 1)).readClose();
            assertThat(refused.closeCode()).isEqualTo(1009);
            assertThat(refused.closeSentence()).isEqualTo("frame too big: at most 65536 bytes");

            recorder.whenOpened = Connection::authenticated;
            var known = opened();
            var longest = "m".repeat(KIB * KIB);
            assertThat(known.text(longest).readText()).isEqualTo(longest);
            assertThat(known.say(header(0x81, 0x80, KIB * KIB + 1)).readClose().closeCode())
                    .isEqualTo(1009);
        }

        @Test
        void that_declare_2_GiB_are_refused_from_their_header_alone() throws Exception {
            serve();
            for (long length : new long[] {1L << 31, Integer.MAX_VALUE, Long.MAX_VALUE, -1}) {
                var declaring = header(0x81, 0x80, 1 << 20);
                java.nio.ByteBuffer.wrap(declaring).putLong(2, length);
                var client = opened().say(concat(declaring, new byte[4]));
                assertThat(client.readClose().closeCode()).isEqualTo(1009);
                client.close(1009, "");
                assertThat(client.readsEnd()).isTrue();
            }
        }

        @Test
        void that_are_fragments_are_refused_with_1009() throws Exception {
            serve();
            assertThat(opened().say(frame(0x01, new byte[] {'a'})).readClose().closeCode())
                    .isEqualTo(1009);
            assertThat(opened().say(frame(0x80, new byte[] {'a'})).readClose().closeCode())
                    .isEqualTo(1009);
        }

        @Test
        void of_bytes_are_refused_with_1003() throws Exception {
            serve();
            assertThat(opened().say(frame(0x82, new byte[] {1})).readClose().closeCode())
                    .isEqualTo(1003);
        }

        @Test
        void with_bad_UTF_8_are_refused_with_1007_after_the_good_ones_before_them_were_heard() throws Exception {
            serve();
            recorder.echoing();
            for (var bad : List.of(
                    new byte[] {(byte) 0xc3},
                    new byte[] {(byte) 0xc0, (byte) 0xaf},
                    new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                    new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80})) {
                var client = opened().say(concat(frame(0x81, new byte[] {'a'}), frame(0x81, bad)));
                assertThat(client.readText()).isEqualTo("a");
                assertThat(client.readClose().closeCode()).isEqualTo(1007);
            }
        }

        @Test
        void that_break_the_protocol_are_refused_with_1002() throws Exception {
            serve();
            var broken = Map.of(
                    "unmasked", new byte[] {(byte) 0x81, 1, 'a'},
                    "reserved opcode", frame(0x83, new byte[1]),
                    "reserved control opcode", frame(0x8B, new byte[1]),
                    "reserved bit", frame(0xA1, new byte[1]),
                    "long ping", header(0x89, 0x80, 126),
                    "fragmented ping", frame(0x09, new byte[1]),
                    "close of one byte", frame(0x88, new byte[1]),
                    "close with a code of nobody", frame(0x88, new byte[] {3, (byte) 0xED}),
                    "close with bad UTF-8", frame(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xff}));
            for (var entry : broken.entrySet()) {
                assertThat(opened().say(entry.getValue()).readClose().closeCode())
                        .as(entry.getKey())
                        .isEqualTo(1002);
            }
        }

        @Test
        void that_ping_are_answered_with_their_payload() throws Exception {
            serve();
            var pong =
                    opened().say(frame(0x89, "are you there".getBytes(UTF_8))).read();
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.text()).isEqualTo("are you there");
        }
    }

    @Nested
    class A_listener_that_fails {
        @Test
        void costs_its_own_connection_only_whatever_it_throws() throws Exception {
            serve();
            recorder.whenReceived = (connection, text) -> {
                switch (text) {
                    case "overflow" -> assertThat(overflow(1)).isPositive();
                    case "memory" -> throw new OutOfMemoryError("on purpose");
                    case "bug" -> throw new IllegalStateException("on purpose");
                    case "linkage" -> throw new NoClassDefFoundError("on purpose");
                    default -> assertThat(connection.send(Frame.text(text))).isEqualTo(Offer.ACCEPTED);
                }
            };
            var bystanders = List.of(opened(), opened(), opened(), opened());
            for (var attack : List.of("overflow", "memory", "bug", "linkage")) {
                assertThat(opened().text(attack).readClose().closeCode())
                        .as(attack)
                        .isEqualTo(1011);
            }
            for (var bystander : bystanders) {
                assertThat(bystander.text("alive?").readText()).isEqualTo("alive?");
            }
            assertThat(opened().text("me too?").readText()).isEqualTo("me too?");
        }

        private int overflow(int depth) {
            return depth == 0 ? 0 : overflow(depth + 1) + depth;
        }
    }

    @Nested
    class Closing {
        @Test
        void by_the_relay_delivers_what_was_queued_then_code_and_sentence() throws Exception {
            serve();
            recorder.whenReceived = (connection, text) -> {
                for (int i = 0; i < 100; i++) {
                    assertThat(connection.send(Frame.text("last words " + i))).isEqualTo(Offer.ACCEPTED);
                }
                connection.close(new CloseReason(4003, "your role has changed: ü"));
                connection.close(new CloseReason(4004, "the first reason wins"));
                assertThat(connection.send(Frame.text("too late"))).isEqualTo(Offer.CLOSED);
            };
            var client = opened().text("go");
            for (int i = 0; i < 100; i++) {
                assertThat(client.readText()).isEqualTo("last words " + i);
            }
            var close = client.readClose();
            assertThat(close.closeCode()).isEqualTo(4003);
            assertThat(close.closeSentence()).isEqualTo("your role has changed: ü");
            client.close(4003, "");
            assertThat(client.readsEnd()).isTrue();
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(4003);
            assertThat(metrics.closed).containsExactly(4003);
        }

        @Test
        void by_the_peer_is_answered_with_its_code() throws Exception {
            serve();
            var client = opened().close(4000, "bye");
            assertThat(client.readClose().closeCode()).isEqualTo(4000);
            assertThat(client.readsEnd()).isTrue();
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(4000);
            await().until(() -> transport.gauges().connections() == 0);
        }

        @Test
        void by_cutting_the_socket_is_told_as_1006() throws Exception {
            serve();
            opened().close();
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(1006);
            var reset = opened();
            reset.socket().setSoLinger(true, 0);
            reset.close();
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(1006);
        }

        @Test
        void does_not_wait_forever_for_the_peers_answer() throws Exception {
            serve();
            var deaf = opened();
            recorder.nextOpened().close(new CloseReason(4001, "sign in again"));
            assertThat(deaf.readClose().closeCode()).isEqualTo(4001);
            clock.forward(Duration.ofSeconds(6));
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(4001);
            assertThat(deaf.readsEnd()).isTrue();
        }

        @Test
        void hears_nothing_that_is_said_after_the_close_frame() throws Exception {
            serve();
            recorder.whenReceived = (connection, text) -> connection.close(new CloseReason(4003, "enough"));
            var client = opened().say(concat(
                    frame(0x81, "one".getBytes(UTF_8)),
                    frame(0x81, "two".getBytes(UTF_8)),
                    frame(0x88, new byte[] {0x0f, (byte) 0xa3})));
            assertThat(client.readClose().closeCode()).isEqualTo(4003);
            assertThat(client.readsEnd()).isTrue();
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(4003);
            assertThat(metrics.closed).containsExactly(4003);
        }
    }

    @Nested
    class Sending {
        private static final int BOUND = 256 * KIB;

        private Connection connectionOfOneWhoDoesNotRead(TransportOptions options) throws Exception {
            serve(options, Gatekeeper.open());
            kept(connectNarrow()).upgrade();
            var connection = recorder.nextOpened();
            connection.authenticated();
            return connection;
        }

        @CanIgnoreReturnValue
        private int fill(Connection connection) {
            var frame = Frame.text("x".repeat(16 * KIB));
            for (int sent = 0; ; sent++) {
                if (!(connection.send(frame) instanceof Offer.Accepted)) {
                    return sent;
                }
                assertThat(sent).as("frames taken for one who does not read").isLessThan(10_000);
            }
        }

        @Test
        void to_one_who_does_not_read_is_full_at_the_bound() throws Exception {
            var connection = connectionOfOneWhoDoesNotRead(options().withOutbox(BOUND, BOUND / 4));
            fill(connection);
            assertThat(connection.queuedBytes()).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND - 20 * KIB);
            assertThat(connection.send(Frame.text("y".repeat(32 * KIB)))).isInstanceOf(Offer.Full.class);
            assertThat(connection.send(List.of(Frame.text("y".repeat(16 * KIB)), Frame.text("y".repeat(16 * KIB)))))
                    .isInstanceOf(Offer.Full.class);
            assertThat(transport.gauges().outboxBytes()).isEqualTo(connection.queuedBytes());
        }

        @Test
        void is_possible_again_when_the_peer_has_read_and_the_relay_is_told_once() throws Exception {
            serve(options().withOutbox(BOUND, BOUND / 4), Gatekeeper.open());
            var client = kept(connectNarrow()).upgrade();
            var connection = recorder.nextOpened();
            int sent = fill(connection);
            for (int i = 0; i < sent; i++) {
                assertThat(client.readText()).hasSize(16 * KIB);
            }
            assertThat(recorder.next(Recorder.Event.Writable.class).connection())
                    .isSameAs(connection);
            await().until(() -> connection.queuedBytes() == 0);
            assertThat(connection.send(Frame.text("again"))).isEqualTo(Offer.ACCEPTED);
            assertThat(client.readText()).isEqualTo("again");
            assertThat(recorder.events).isEmpty();
        }

        @Test
        void in_pieces_is_told_when_the_next_one_may_go_also_if_that_is_now() throws Exception {
            serve();
            opened();
            var connection = recorder.nextOpened();
            connection.awaitWritable();
            assertThat(recorder.next(Recorder.Event.Writable.class).connection())
                    .isSameAs(connection);
            assertThat(recorder.events).isEmpty();
        }

        @Test
        void to_one_who_stays_stalled_for_10_seconds_ends_with_4008() throws Exception {
            var connection = connectionOfOneWhoDoesNotRead(options().withOutbox(BOUND, BOUND / 4));
            recorder.echoing();
            var other = opened();
            recorder.nextOpened().authenticated();
            fill(connection);
            clock.forward(Duration.ofMillis(9_900));
            assertThat(other.text("and me?").readText()).isEqualTo("and me?");
            assertThat(metrics.stalled).hasValue(0);
            clock.forward(Duration.ofMillis(200));
            await().until(() -> metrics.stalled.get() == 1);
            assertThat(connection.send(Frame.text("more"))).isEqualTo(Offer.CLOSED);
            assertThat(connection.queuedBytes()).isLessThan(20 * KIB);
            clock.forward(Duration.ofSeconds(6));
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(4008);
            assertThat(other.text("and now?").readText()).isEqualTo("and now?");
        }

        @Test
        void to_one_who_wakes_up_in_time_says_4008_behind_whole_frames() throws Exception {
            serve(options().withOutbox(BOUND, BOUND / 4), Gatekeeper.open());
            var client = kept(connectNarrow()).upgrade();
            var connection = recorder.nextOpened();
            connection.authenticated();
            fill(connection);
            clock.forward(Duration.ofSeconds(11));
            await().until(() -> metrics.stalled.get() == 1);
            assertThat(client.readClose().closeCode()).isEqualTo(4008);
        }

        @Test
        void of_many_threads_keeps_each_ones_order_and_every_frame_whole() throws Exception {
            serve(options().withOutbox(64 << 20, 1 << 20), Gatekeeper.open());
            var client = opened();
            var connection = recorder.nextOpened();
            int threads = 8;
            int each = 500;
            var senders = new ArrayList<Thread>();
            for (int t = 0; t < threads; t++) {
                int me = t;
                senders.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        assertThat(connection.send(Frame.text(me + ":" + i + ":" + "z".repeat(i))))
                                .isEqualTo(Offer.ACCEPTED);
                    }
                }));
            }
            var next = new HashMap<String, Integer>();
            for (int n = 0; n < threads * each; n++) {
                var parts = client.readText().split(":", -1);
                assertThat(Integer.parseInt(parts[1])).isEqualTo(next.merge(parts[0], 1, Integer::sum) - 1);
                assertThat(parts[2]).hasSize(Integer.parseInt(parts[1]));
            }
            for (var sender : senders) {
                sender.join();
            }
        }

        @Test
        void several_frames_as_one_is_one_write() throws Exception {
            serve();
            var client = opened();
            var connection = recorder.nextOpened();
            long before = transport.gauges().socketWrites();
            var frames = new ArrayList<Frame>();
            for (int i = 0; i < 200; i++) {
                frames.add(Frame.text("frame " + i));
            }
            assertThat(connection.send(frames)).isEqualTo(Offer.ACCEPTED);
            assertThat(transport.gauges().socketWrites() - before).isEqualTo(1);
            for (int i = 0; i < 200; i++) {
                assertThat(client.readText()).isEqualTo("frame " + i);
            }
        }
    }

    @Nested
    class Life {
        @Test
        void is_asked_for_every_20_seconds_and_the_round_trip_measured() throws Exception {
            serve();
            var client = opened();
            recorder.nextOpened().authenticated();
            clock.forward(Duration.ofSeconds(20));
            var ping = client.read();
            assertThat(ping.opcode()).isEqualTo(9);
            clock.forward(Duration.ofMillis(37));
            client.say(frame(0x8A, ping.payload())).say(frame(0x8A, ping.payload()));
            assertThat(recorder.next(Recorder.Event.Pong.class).roundTrip()).isEqualTo(Duration.ofMillis(37));
            clock.forward(Duration.ofSeconds(20));
            assertThat(client.read().opcode()).isEqualTo(9);
            assertThat(metrics.roundTrips).containsExactly(Duration.ofMillis(37));
        }

        @Test
        void that_shows_no_sign_for_one_and_a_half_periods_is_over() throws Exception {
            serve();
            recorder.echoing();
            var silent = opened();
            var alive = opened();
            recorder.nextOpened().authenticated();
            recorder.nextOpened().authenticated();
            clock.forward(Duration.ofSeconds(29));
            assertThat(silent.read().opcode()).isEqualTo(9);
            assertThat(alive.text("here").readText()).isEqualTo("here");
            clock.forward(Duration.ofSeconds(2));
            assertThat(recorder.next(Recorder.Event.Closed.class).code()).isEqualTo(4010);
            assertThat(silent.readClose().closeSentence()).isEqualTo("no answer to ping");
            assertThat(silent.readsEnd()).isTrue();
            assertThat(alive.text("still here").readText()).isEqualTo("still here");
        }

        @Test
        void of_one_whom_we_do_not_read_is_not_doubted() throws Exception {
            serve();
            recorder.echoing();
            var client = opened();
            var connection = recorder.nextOpened();
            connection.authenticated();
            connection.reading(false);
            client.text("slowly");
            clock.forward(Duration.ofSeconds(20));
            assertThat(client.read().opcode()).isEqualTo(9);
            clock.forward(Duration.ofSeconds(20));
            assertThat(client.read().opcode()).isEqualTo(9);
            assertThat(recorder.events).isEmpty();
            connection.reading(true);
            assertThat(client.readText()).isEqualTo("slowly");
        }
    }

    @Nested
    class A_crowd {
        /// One who asks to be let in, and reads the answer when it comes.
        private Future<String> knock() throws IOException {
            var client = client();
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return client.say(upgradeHead()).readHead();
                        } catch (IOException refused) {
                            return "refused: " + refused;
                        }
                    },
                    task -> Thread.ofPlatform().daemon().start(task));
        }

        private void isLetIn(Future<String> knocking) throws Exception {
            assertThat(knocking.get(20, TimeUnit.SECONDS)).startsWith("HTTP/1.1 101 ");
        }

        private void waits(Future<String> knocking) {
            assertThatThrownBy(() ->
                            assertThat(knocking.get(100, TimeUnit.MILLISECONDS)).isNull())
                    .isInstanceOf(TimeoutException.class);
        }

        @Test
        void over_the_relays_limit_waits_in_the_backlog_and_nobody_is_refused() throws Exception {
            serve(options -> options.withHandshakes(3, 3, 100));
            var inside = List.of(opened(), opened(), opened());
            var connections = List.of(recorder.nextOpened(), recorder.nextOpened(), recorder.nextOpened());
            var waiting = knock();
            waits(waiting);
            assertThat(transport.gauges().inHandshake()).isEqualTo(3);
            connections.get(1).authenticated();
            isLetIn(waiting);
            assertThat(inside).hasSize(3);
        }

        @Test
        void of_one_address_waits_while_others_pass() throws Exception {
            serve(options -> options.withHandshakes(100, 2, 100));
            opened();
            opened();
            var first = recorder.nextOpened();
            var second = recorder.nextOpened();
            var third = knock();
            await().until(() -> transport.gauges().waiting() == 1);
            var fourth = knock();
            await().until(() -> transport.gauges().waiting() == 2);
            try (var neighbour = connectFrom("127.0.0.2")) {
                assertThat(neighbour.say(upgradeHead()).readHead()).startsWith("HTTP/1.1 101 ");
            }
            waits(third);
            first.authenticated();
            isLetIn(third);
            second.close(new CloseReason(4000, "leave"));
            clock.forward(Duration.ofSeconds(6));
            isLetIn(fourth);
        }

        @Test
        void behind_a_trusted_proxy_counts_by_its_own_addresses() throws Exception {
            recorder.echoing();
            serve(options -> options.withHandshakes(100, 2, 100)
                    .withTrustedProxies(AddressRanges.parse("loopback, 10.0.0.0/8")));
            var office = "X-Forwarded-For: 203.0.113.9, 198.51.100.1, 10.1.2.3";
            client().upgrade(office);
            client().upgrade(office);
            var first = recorder.nextOpened();
            assertThat(first.remoteAddress().getAddress().getHostAddress()).isEqualTo("198.51.100.1");
            recorder.nextOpened();
            var third = client().say(upgradeHead(office)).text("behind the head");
            await().until(() -> transport.gauges().waiting() == 1);
            client().upgrade("X-Forwarded-For: 198.51.100.1, 198.51.100.2");
            client().upgrade();
            assertThat(third.hearsNothingFor(50)).isTrue();
            first.authenticated();
            assertThat(third.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(third.readText()).isEqualTo("behind the head");
            assertThat(transport.gauges().inHandshake()).isEqualTo(4);
        }

        @Test
        void of_newcomers_all_get_in_however_small_the_door() throws Exception {
            recorder.whenOpened = Connection::authenticated;
            serve(options -> options.withHandshakes(4, 2, 1000));
            int count = 300;
            var clients = new ArrayList<RawClient>();
            for (int i = 0; i < count; i++) {
                clients.add(client().say(upgradeHead()));
            }
            for (var client : clients) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            }
            await().until(() -> transport.gauges().connections() == count);
            assertThat(transport.gauges().inHandshake()).isZero();
        }

        @Test
        void of_silent_ones_ends_by_itself_and_the_door_is_free_again() throws Exception {
            serve(options -> options.withHandshakes(3, 3, 100));
            for (int i = 0; i < 3; i++) {
                client().say("GET /v1 HT");
            }
            await().until(() -> transport.gauges().inHandshake() == 3);
            var patient = knock();
            waits(patient);
            clock.forward(Duration.ofSeconds(6));
            isLetIn(patient);
        }
    }

    @Nested
    class Anything_at_once {
        /// Peers that say, cut, reset and leave at random, while others send to them and close them: each
        /// connection is told opened once and closed once, in this order, and nothing is left over.
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void leaves_nothing_behind(long seed) throws Exception {
            var living = new java.util.concurrent.ConcurrentSkipListMap<Long, Connection>();
            recorder.whenOpened = connection -> living.put(connection.id().number(), connection);
            recorder.whenReceived = (connection, text) -> connection.authenticated();
            serve(options -> options.withHandshakes(40, 30, 1000).withOutbox(32 * KIB, 8 * KIB));
            var done = new java.util.concurrent.atomic.AtomicBoolean();
            var meddled = new java.util.concurrent.atomic.AtomicInteger();
            var meddlers = new ArrayList<Thread>();
            for (int m = 0; m < 2; m++) {
                var random = new java.util.SplittableRandom(seed * 31 + m);
                meddlers.add(Thread.ofPlatform().start(() -> {
                    while (!done.get()) {
                        var entry = living.floorEntry(random.nextLong(1, 2 + living.size() * 2L));
                        if (entry != null) {
                            meddle(entry.getValue(), random);
                            meddled.incrementAndGet();
                        }
                        java.util.concurrent.locks.LockSupport.parkNanos(
                                20_000); // the transport needs a processor, too
                    }
                }));
            }
            var visitors = new ArrayList<Thread>();
            for (int v = 0; v < 6; v++) {
                var random = new java.util.SplittableRandom(seed * 17 + v);
                visitors.add(Thread.ofPlatform().start(() -> {
                    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                    for (int i = 0; i < 50 || (metrics.opened.get() <= 100 && System.nanoTime() < deadline); i++) {
                        visit(random);
                    }
                }));
            }
            for (var visitor : visitors) {
                visitor.join();
            }
            done.set(true);
            for (var meddler : meddlers) {
                meddler.join();
            }
            await().until(() -> {
                clock.forward(Duration.ofSeconds(6));
                var gauges = transport.gauges();
                return gauges.connections() == 0 && gauges.inHandshake() == 0 && gauges.waiting() == 0;
            });
            var opened = new HashMap<ConnectionId, Integer>();
            var closed = new HashMap<ConnectionId, Integer>();
            for (var event : recorder.events) {
                var id = event.connection().id();
                assertThat(closed).as("news after the end").doesNotContainKey(id);
                switch (event) {
                    case Recorder.Event.Opened _ -> opened.merge(id, 1, Integer::sum);
                    case Recorder.Event.Closed _ -> closed.merge(id, 1, Integer::sum);
                    default ->
                        assertThat(opened).as("news before the beginning").containsKey(id);
                }
            }
            assertThat(opened).isEqualTo(closed).hasSizeGreaterThan(100);
            assertThat(meddled).hasValueGreaterThan(1_000);
            assertThat(opened.values()).containsOnly(1);
            assertThat(metrics.opened).hasValue(opened.size());
            assertThat(metrics.closed).hasSize(opened.size());
        }

        private void meddle(Connection connection, java.util.SplittableRandom random) {
            switch (random.nextInt(8)) {
                case 0 -> connection.close(new CloseReason(4000 + random.nextInt(3), "meddled"));
                case 1 -> connection.reading(random.nextBoolean());
                case 2 -> connection.awaitWritable();
                default ->
                    assertThat(connection.send(Frame.text("m".repeat(random.nextInt(20_000)))))
                            .isNotNull();
            }
        }

        private void visit(java.util.SplittableRandom random) {
            try (var client = random.nextInt(3) == 0 ? connectNarrow() : connect()) {
                client.socket().setSoTimeout(1_000);
                if (random.nextInt(5) == 0) {
                    client.socket().setSoLinger(true, 0);
                }
                if (random.nextInt(8) == 0) {
                    client.say(upgradeHead()
                            .substring(0, random.nextInt(upgradeHead().length())));
                    return;
                }
                client.upgrade();
                client.socket().setSoTimeout(100);
                for (int i = random.nextInt(5); i >= 0; i--) {
                    switch (random.nextInt(6)) {
                        case 0 -> client.say(frame(0x89, new byte[3]));
                        case 1 -> client.close(4000, "");
                        case 2 -> client.say(frame(0x01, new byte[3]));
                        case 3 -> client.read();
                        default -> client.text("t".repeat(random.nextInt(3_000)));
                    }
                }
            } catch (IOException cut) {
                assertThat(cut).isNotNull(); // half of them are
            }
        }
    }

    @Nested
    class Starting_and_stopping {
        @Test
        void on_a_port_in_use_says_which_and_what_to_do() {
            serve();
            var taken = TransportOptions.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try (var second = create(taken, Gatekeeper.open(), PlainHttp.none(), recorder, metrics, clock, timer)) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessage("Port " + port + " on localhost is already in use."
                                + " Stop the program that uses it, or choose another port.");
            }
        }

        @Test
        void on_an_address_of_another_machine_says_so() {
            var foreign = TransportOptions.defaults(new InetSocketAddress("192.0.2.1", 0));
            try (var second = create(foreign, Gatekeeper.open(), PlainHttp.none(), recorder, metrics, clock, timer)) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("192.0.2.1");
            }
        }

        @Test
        void accepting_leaves_open_connections_alone() throws Exception {
            serve();
            recorder.echoing();
            var open = opened();
            recorder.nextOpened();
            var half = client().say("GET /v1");
            await().until(() -> transport.gauges().inHandshake() == 2);
            transport.stopAccepting();
            assertThatThrownBy(() -> connect().close()).isInstanceOf(java.net.ConnectException.class);
            assertThat(open.text("still served").readText()).isEqualTo("still served");
            assertThat(half.say(upgradeHead().substring("GET /v1".length())).readAll())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1\r\n");
        }

        @Test
        void altogether_tells_everybody_1001_and_frees_the_port() throws Exception {
            serve();
            recorder.whenOpened = connection ->
                    assertThat(connection.send(Frame.text("a last word"))).isEqualTo(Offer.ACCEPTED);
            var clients = List.of(opened(), opened(), opened());
            for (int i = 0; i < 3; i++) {
                recorder.nextOpened();
            }
            var closing = Thread.ofPlatform().start(() -> transport.close());
            for (var client : clients) {
                assertThat(client.readText()).isEqualTo("a last word");
                assertThat(client.readClose().closeCode()).isEqualTo(1001);
                client.close(1001, "");
            }
            closing.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(closing.isAlive()).isFalse();
            assertThat(metrics.closed).containsExactly(1001, 1001, 1001);
            assertThat(transport.gauges().connections()).isZero();
            try (var again = new java.net.ServerSocket()) {
                again.setReuseAddress(true);
                again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        }
    }
}
