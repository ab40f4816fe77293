package coscribe.relay.transport;

import static coscribe.kit.RawClient.concat;
import static coscribe.kit.RawClient.frame;
import static coscribe.kit.RawClient.upgradeHead;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.relay.transport.Gatekeeper.Admission;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How connections come about: upgrades, and pages for whoever wants none.
public abstract class TransportOpeningContract extends TransportFixture {
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
}
