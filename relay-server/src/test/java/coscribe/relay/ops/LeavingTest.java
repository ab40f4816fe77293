package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.UpgradeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a relay that is about to stop asks everybody to go elsewhere; time is what the timer is told.
class LeavingTest {
    private static final Duration SPREAD = Duration.ofSeconds(10);
    private static final int PEOPLE = 1_000;

    private final Map<Long, Duration> asked = new LinkedHashMap<>();
    private final List<CloseReason> reasons = new ArrayList<>();
    private final Timer timer = new Timer();
    private Duration now = Duration.ZERO;
    private Leaving leaving = new Leaving(new Nobody(), timer, new Random(17));

    /// Does at once what is to be done later, and knows what time that would be.
    private final class Timer extends ScheduledThreadPoolExecutor {
        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            now = Duration.ofNanos(unit.toNanos(delay));
            task.run();
            return super.schedule(() -> {}, 0, unit);
        }
    }

    @BeforeEach
    void many_are_here() {
        for (long i = 1; i <= PEOPLE; i++) {
            var peer = new Peer(i);
            leaving.opened(peer);
            leaving.received(peer, "hello");
        }
    }

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void everybody_is_asked_once_within_the_time_and_as_many_in_each_part_of_it() throws Exception {
        assertThat(leaving.leave(SPREAD, Duration.ofSeconds(20))).isZero();

        assertThat(asked).hasSize(PEOPLE);
        assertThat(reasons).extracting(CloseReason::code).containsOnly(1012);
        for (int second = 0; second < SPREAD.toSeconds(); second++) {
            int within = second;
            assertThat(asked.values().stream().filter(at -> at.toSeconds() == within))
                    .as("in second %d", second)
                    .hasSize(PEOPLE / (int) SPREAD.toSeconds());
        }
    }

    @Test
    void those_who_came_together_do_not_go_together_and_another_relay_has_another_order() throws Exception {
        assertThat(leaving.leave(SPREAD, Duration.ofSeconds(20))).isZero();
        var first = List.copyOf(asked.keySet());
        var tens = IntStream.range(0, PEOPLE / 10)
                .mapToLong(i -> IntStream.rangeClosed(10 * i + 1, 10 * i + 10)
                        .mapToLong(number -> asked.get((long) number).toMillis())
                        .summaryStatistics()
                        .getMax())
                .filter(last -> last < SPREAD.toMillis() / 4)
                .count();
        assertThat(tens)
                .as("of ten who came together, gone in the first quarter")
                .isZero();

        asked.clear();
        leaving = new Leaving(new Nobody(), timer, new Random(18));
        many_are_here();
        assertThat(leaving.leave(SPREAD, Duration.ofSeconds(20))).isZero();
        assertThat(List.copyOf(asked.keySet())).isNotEqualTo(first);
    }

    @Test
    void who_comes_in_meanwhile_is_asked_at_once() throws Exception {
        assertThat(leaving.leave(SPREAD, Duration.ofSeconds(20))).isZero();
        now = Duration.ofSeconds(3);
        leaving.opened(new Peer(PEOPLE + 1));
        assertThat(asked.get(PEOPLE + 1L)).isEqualTo(now);
    }

    @Test
    void who_has_not_said_hello_is_asked_at_once_before_its_deadline_for_it() throws Exception {
        var silent = IntStream.rangeClosed(PEOPLE + 1, PEOPLE + 30)
                .mapToObj(Peer::new)
                .toList();
        silent.forEach(leaving::opened);

        assertThat(leaving.leave(SPREAD, Duration.ofSeconds(20))).isZero();

        assertThat(asked).hasSize(PEOPLE + 30);
        assertThat(silent).allSatisfy(peer -> assertThat(asked.get(peer.number)).isZero());
    }

    private final class Peer implements Connection {
        private final long number;

        Peer(long number) {
            this.number = number;
        }

        @Override
        public void close(CloseReason reason) {
            assertThat(asked.put(number, now)).as("asked before").isNull();
            reasons.add(reason);
            leaving.closed(this, reason.code());
        }

        @Override
        public ConnectionId id() {
            return new ConnectionId(number);
        }

        @Override
        public UpgradeRequest upgrade() {
            return new UpgradeRequest("/", "", Map.of());
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public Offer send(Frame frame) {
            return Offer.ACCEPTED;
        }

        @Override
        public Offer send(List<Frame> frames) {
            return Offer.ACCEPTED;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void awaitWritable() {}

        @Override
        public void reading(boolean on) {}

        @Override
        public void authenticated() {}
    }

    private static final class Nobody implements TransportListener {
        @Override
        public void opened(Connection connection) {}

        @Override
        public void received(Connection connection, String text) {}

        @Override
        public void writable(Connection connection) {}

        @Override
        public void pong(Connection connection, Duration roundTrip) {}

        @Override
        public void closed(Connection connection, int code) {}
    }
}
