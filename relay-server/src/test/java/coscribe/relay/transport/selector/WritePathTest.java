package coscribe.relay.transport.selector;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.RawClient;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.SteadyClock;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.TransportMetrics;
import coscribe.relay.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.WrappedByteChannel;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The library's selector loop visits every connection that it has written to, each turn, until it
/// reads from it. In a relay that is almost everybody, so an edit costs as much as the room is
/// full. Counted here for both: idle members get one message, then one other talks.
@Timeout(60)
class WritePathTest {
    private static final int IDLE = 50;
    private static final int ROUND_TRIPS = 200;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : toClose.reversed()) {
            each.close();
        }
    }

    /// Lets idle members get one message each, then one member talk; the idle ones say nothing.
    private void talkAmongIdleOnes(int port, Runnable beforeTheTalk) throws IOException {
        var idle = new ArrayList<RawClient>();
        for (int i = 0; i < IDLE; i++) {
            idle.add(kept(RawClient.open(port)));
        }
        var talker = kept(RawClient.open(port));
        talker.text("to all");
        for (var member : idle) {
            assertThat(member.readText()).isEqualTo("to all");
        }
        assertThat(talker.readText()).isEqualTo("to all");
        beforeTheTalk.run();
        for (int i = 0; i < ROUND_TRIPS; i++) {
            assertThat(talker.text("echo").readText()).isEqualTo("echo");
        }
    }

    private <T extends AutoCloseable> T kept(T each) {
        toClose.add(each);
        return each;
    }

    @Test
    void we_visit_only_who_is_ready() throws Exception {
        var timer = Executors.newSingleThreadScheduledExecutor();
        toClose.add(timer::shutdownNow);
        var options = TransportOptions.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withThreads(1);
        var transport = kept(new SelectorTransport(
                options,
                Gatekeeper.open(),
                PlainHttp.none(),
                new Room(),
                TransportMetrics.none(),
                new SteadyClock(),
                timer));
        var before = new AtomicLong();
        talkAmongIdleOnes(
                transport.start().getPort(), () -> before.set(transport.gauges().socketVisits()));
        assertThat(transport.gauges().socketVisits() - before.get()).isBetween((long) ROUND_TRIPS, 2L * ROUND_TRIPS);
    }

    @Test
    void the_library_visits_everybody_each_turn() throws Exception {
        var visits = new AtomicLong();
        var library = new CountingLibraryServer(visits);
        library.start();
        toClose.add(() -> library.stop(1_000));
        library.started.await();
        var before = new AtomicLong();
        talkAmongIdleOnes(library.getPort(), () -> before.set(visits.get()));
        assertThat(visits.get() - before.get()).isGreaterThan((long) IDLE * ROUND_TRIPS);
    }

    /// "to all" goes to everybody, everything else back.
    private static final class Room implements TransportListener {
        private final Set<Connection> members = ConcurrentHashMap.newKeySet();

        @Override
        public void opened(Connection connection) {
            members.add(connection);
        }

        @Override
        public void received(Connection connection, String text) {
            var frame = Frame.text(text);
            var receivers = text.equals("to all") ? members : Set.of(connection);
            for (var receiver : receivers) {
                assertThat(receiver.send(frame)).isEqualTo(Offer.ACCEPTED);
            }
        }

        @Override
        public void writable(Connection connection) {}

        @Override
        public void pong(Connection connection, Duration roundTrip) {}

        @Override
        public void closed(Connection connection, int code) {
            members.remove(connection);
        }
    }

    private static final class CountingLibraryServer extends WebSocketServer {
        private final CountDownLatch started = new CountDownLatch(1);

        CountingLibraryServer(AtomicLong visits) {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, List.of(new Draft_6455()));
            setWebSocketFactory(new CountingFactory(visits));
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {}

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket socket, String text) {
            if (text.equals("to all")) {
                broadcast(text);
            } else {
                socket.send(text);
            }
        }

        @Override
        public void onError(WebSocket socket, Exception failure) {}

        @Override
        public void onStart() {
            started.countDown();
        }
    }

    /// Gives the library channels that count how often it asks whether there is more to write,
    /// which it does whenever its loop comes by with nothing queued.
    private record CountingFactory(AtomicLong visits) implements WebSocketServerFactory {
        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter adapter, Draft draft) {
            return new WebSocketImpl(adapter, draft);
        }

        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter adapter, List<Draft> drafts) {
            return new WebSocketImpl(adapter, drafts);
        }

        @Override
        public ByteChannel wrapChannel(SocketChannel channel, SelectionKey key) {
            return new CountingChannel(channel, visits);
        }

        @Override
        public void close() {}
    }

    private record CountingChannel(SocketChannel channel, AtomicLong visits) implements WrappedByteChannel {
        @Override
        public boolean isNeedWrite() {
            visits.incrementAndGet();
            return false;
        }

        @Override
        public void writeMore() {}

        @Override
        public boolean isNeedRead() {
            return false;
        }

        @Override
        public int readMore(ByteBuffer destination) {
            return 0;
        }

        @Override
        public boolean isBlocking() {
            return channel.isBlocking();
        }

        @Override
        public int read(ByteBuffer destination) throws IOException {
            return channel.read(destination);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
