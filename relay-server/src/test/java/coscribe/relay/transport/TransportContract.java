package coscribe.relay.transport;

import static coscribe.kit.RawClient.frame;
import static coscribe.kit.RawClient.upgradeHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import coscribe.kit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every implementation of [Transport] does, seen from bare sockets. Here: many at once.
public abstract class TransportContract extends TransportSendingContract {
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
