package coscribe.client.link.websocket;

import coscribe.client.link.Peer;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/// A WebSocket server on a free port of this computer, behind which a test's peer sits. As the
/// relay does it takes whole messages in one frame only.
public final class TestServer extends WebSocketServer implements AutoCloseable {
    private final Peer peer;
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("asking").daemon().factory());
    private final CountDownLatch started = new CountDownLatch(1);
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    volatile boolean answersPings = true;
    volatile int pings;

    private static final class WholeMessages extends Draft_6455 {
        WholeMessages() {
            super(List.of(), List.of(new Protocol(Limits.SUBPROTOCOL)));
        }

        @Override
        public void processFrame(org.java_websocket.WebSocketImpl socket, Framedata frame) throws InvalidDataException {
            if (!frame.isFin() || frame.getOpcode() == Opcode.CONTINUOUS) {
                throw new InvalidDataException(CloseFrame.TOOBIG, "in pieces");
            }
            super.processFrame(socket, frame);
        }

        @Override
        public Draft copyInstance() {
            return new WholeMessages();
        }
    }

    public TestServer(Peer peer) {
        super(new InetSocketAddress("127.0.0.1", 0), 1, List.of(new WholeMessages()));
        this.peer = peer;
        setReuseAddr(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
        setDaemon(true);
    }

    public TestServer running() throws InterruptedException {
        start();
        var _ = asking.scheduleWithFixedDelay(this::askAgain, 5, 5, TimeUnit.MILLISECONDS);
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the test server did not start");
        }
        return this;
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    private record Line(WebSocket socket) implements Peer.Line {
        @Override
        public void tell(ServerMessage message) {
            try {
                socket.send(Wire.encodeText(message));
            } catch (WebsocketNotConnectedException e) {
                cut(); // nobody is there any more: as with a relay, what is said then is lost
            }
        }

        @Override
        public void cut() {
            socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }
    }

    /// The library forgets a write that is asked for in the moment in which it ends the one before
    /// (it stops asking for OP_WRITE after it has looked whether there is more). So it is asked again.
    private void askAgain() {
        for (WebSocket socket : sockets) {
            if (socket.isOpen() && socket.hasBufferedData()) {
                onWriteDemand(socket);
            }
        }
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        requests.add(handshake.getResourceDescriptor() + " " + handshake.getFieldValue("Sec-WebSocket-Extensions") + " "
                + handshake.getFieldValue("Sec-WebSocket-Protocol"));
        sockets.add(socket);
        peer.began(new Line(socket));
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        peer.heard(new Line(socket), Wire.decodeClient(text));
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata frame) {
        pings++;
        if (answersPings) {
            super.onWebsocketPing(socket, frame);
        }
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        peer.ended(new Line(socket));
    }

    @Override
    public void onError(WebSocket socket, Exception problem) {
        // What matters is what the client makes of it.
    }

    @Override
    public void close() throws InterruptedException {
        asking.shutdownNow();
        for (WebSocket socket : sockets) {
            socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        }
        stop(100);
    }
}
