package coscribe.relay.transport;

import static coscribe.kit.RawClient.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.kit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What peers are sent, however slowly they read, and whether they are still there.
public abstract class TransportSendingContract extends TransportFrameContract {
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

        /// Until the network takes no more either, which it may do for a while after it said that it is full.
        private void fillForGood(Connection connection, RawClient other) throws IOException {
            do {
                assertThat(other.text("and me?").readText()).isEqualTo("and me?");
            } while (fill(connection) > 0);
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
            fillForGood(connection, other);
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
            recorder.echoing();
            var other = opened();
            recorder.nextOpened().authenticated();
            fillForGood(connection, other);
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
}
