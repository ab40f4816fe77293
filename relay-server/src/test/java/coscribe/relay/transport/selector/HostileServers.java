package coscribe.relay.transport.selector;

import coscribe.relay.transport.Connection;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.SteadyClock;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.TransportMetrics;
import coscribe.relay.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/// Two echo servers for processes of their own: the library's as it comes, and ours.
///
/// Both answer "overflow" with endless recursion and "flood" with 128 MiB; the library's never
/// answers "hang", and waits in its callback, as comes naturally. Each prints its port and ends when
/// its standard input does, so none outlives the test.
final class HostileServers {
    /// After so many seconds the library takes a client for lost, unless told otherwise. With 1 it may lose
    /// one that does not read before its memory is full.
    private static final int ITS_OWN = 60;

    private HostileServers() {}

    public static void main(String[] args) throws Exception {
        int port = switch (args[0]) {
            case "library" -> library(List.of(new Draft_6455()), Integer.MAX_VALUE, 1);
            case "library-patient" -> library(List.of(new Draft_6455()), Integer.MAX_VALUE, ITS_OWN);
            case "library-deflate" -> library(List.of(deflating()), Integer.MAX_VALUE, 1);
            case "library-two-per-address" -> library(List.of(new Draft_6455()), 2, 1);
            case "ours" -> ours(500);
            case "ours-two-per-address" -> ours(2);
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.println("PORT " + port);
        while (System.in.read() >= 0) {
            // until the parent goes
        }
        System.exit(0);
    }

    private static Draft deflating() {
        return new Draft_6455(List.of(new PerMessageDeflateExtension()), List.of(new Protocol("coscribe.v1")), 1 << 20);
    }

    /// @param lostAfter  a client is lost when it has not answered a ping for about so many seconds
    private static int library(List<Draft> drafts, int maxPerAddress, int lostAfter) throws InterruptedException {
        var server = new LibraryServer(drafts, maxPerAddress);
        server.setConnectionLostTimeout(lostAfter);
        server.start();
        return server.awaitPort();
    }

    private static int ours(int maxPerAddress) {
        var options = TransportOptions.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withHandshakes(2000, maxPerAddress, 100)
                .withSweep(Duration.ofMillis(50), Duration.ofSeconds(5));
        var transport = new SelectorTransport(
                options,
                Gatekeeper.open(),
                PlainHttp.none(),
                new OurEcho(),
                TransportMetrics.none(),
                new SteadyClock(),
                Executors.newSingleThreadScheduledExecutor());
        return transport.start().getPort();
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int overflow(int depth) {
        return depth == 0 ? 0 : overflow(depth + 1) + 1;
    }

    private static final class LibraryServer extends WebSocketServer {
        private final int maxPerAddress;
        private final CountDownLatch started = new CountDownLatch(1);

        LibraryServer(List<Draft> drafts, int maxPerAddress) {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2, drafts);
            this.maxPerAddress = maxPerAddress;
        }

        int awaitPort() throws InterruptedException {
            started.await();
            return getPort();
        }

        /// The obvious way to limit connections.
        @Override
        protected boolean onConnect(SelectionKey key) {
            return getConnections().size() < maxPerAddress;
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {}

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket socket, String text) {
            switch (text) {
                case "overflow" -> socket.send("" + overflow(1));
                case "flood" -> {
                    for (int i = 0; i < 2048; i++) {
                        socket.send("f".repeat(64 << 10));
                    }
                }
                case "hang" -> hang();
                default -> socket.send(text);
            }
        }

        @Override
        public void onError(WebSocket socket, Exception failure) {}

        @Override
        public void onStart() {
            started.countDown();
        }
    }

    private static final class OurEcho implements TransportListener {
        @Override
        public void opened(Connection connection) {}

        @Override
        public void received(Connection connection, String text) {
            switch (text) {
                case "overflow" -> send(connection, "" + overflow(1));
                case "flood" -> {
                    for (int i = 0; i < 2048; i++) {
                        send(connection, "f".repeat(64 << 10));
                    }
                }
                case "i am known" -> {
                    connection.authenticated();
                    send(connection, text);
                }
                default -> send(connection, text);
            }
        }

        private static void send(Connection connection, String text) {
            switch (connection.send(Frame.text(text))) {
                case Offer.Accepted _, Offer.Full _, Offer.Closed _ -> {}
            }
        }

        @Override
        public void writable(Connection connection) {}

        @Override
        public void pong(Connection connection, Duration roundTrip) {}

        @Override
        public void closed(Connection connection, int code) {}
    }
}
