package coscribe.relay.transport;

import static coscribe.kit.RawClient.concat;
import static coscribe.kit.RawClient.frame;
import static coscribe.kit.RawClient.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is taken and what is refused of what peers say, and how connections end.
public abstract class TransportFrameContract extends TransportOpeningContract {
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
}
