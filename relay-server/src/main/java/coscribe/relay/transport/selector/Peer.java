package coscribe.relay.transport.selector;

import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.HttpAnswer;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.UpgradeRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket from its acceptance to its end: a request head, then either a page or a WebSocket.
///
/// Reading, deadlines and phases belong to the loop's thread; sending is for any thread and for [Sender].
final class Peer implements Connection, Loop.Visitor, Sender.Owner, Handshake.Guest {
    private static final Logger log = LoggerFactory.getLogger(Peer.class);
    private static final int ABNORMAL = 1006;
    private static final int NOT_CLOSING = 0;
    private static final UpgradeRequest NOT_UPGRADED = new UpgradeRequest("", "", Map.of());

    private enum Phase {
        /// Reading the request head.
        HEAD,
        /// The head is read, and says that this one belongs to a crowded address: unread until its turn.
        WAITING,
        /// A WebSocket.
        OPEN,
        /// Our last bytes are queued: a close frame or a page.
        ENDING,
        /// Our last bytes are sent; what still comes in is thrown away until the peer closes too, so
        /// that a reset does not overtake them.
        LINGERING,
        GONE
    }

    private final Shared shared;
    private final ConnectionId id;
    private final Loop loop;
    private final Line line;
    private final SelectionKey key;
    private final Sender sender;
    private final Handshake handshake;
    private final Heartbeat heartbeat;
    /// The code that ends this connection, once there is one.
    private final AtomicInteger endCode = new AtomicInteger(NOT_CLOSING);

    private volatile UpgradeRequest upgrade = NOT_UPGRADED;
    private volatile boolean reading = true;
    private volatile long endedMillis;

    private Phase phase = Phase.HEAD;
    private long deadlineMillis;
    private @Nullable FrameReader frames;
    private boolean told;
    private long thrownAway;

    /// On the loop's thread.
    Peer(Shared shared, Loop loop, Arrival arrival) throws IOException {
        this.shared = shared;
        this.id = shared.nextId();
        this.loop = loop;
        this.handshake = new Handshake(shared, loop, arrival, this);
        var channel = arrival.channel();
        this.line = shared.line(channel, loop);
        long nowMillis = shared.nowMillis();
        this.heartbeat =
                new Heartbeat(shared.options().pingPeriod(), shared.options().sweep(), nowMillis);
        this.deadlineMillis = nowMillis + shared.options().headDeadline().toMillis();
        this.key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
        this.sender = new Sender(shared, loop, line, key, this);
    }

    // ---- Connection: any thread

    @Override
    public ConnectionId id() {
        return id;
    }

    @Override
    public UpgradeRequest upgrade() {
        return upgrade;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return handshake.from();
    }

    @Override
    public Offer send(Frame frame) {
        return sender.send(frame);
    }

    @Override
    public Offer send(List<Frame> frames) {
        return sender.send(frames);
    }

    @Override
    public long queuedBytes() {
        return sender.queuedBytes();
    }

    @Override
    public void awaitWritable() {
        sender.awaitWritable();
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        try {
            if (on) {
                key.interestOpsOr(SelectionKey.OP_READ);
            } else {
                key.interestOpsAnd(~SelectionKey.OP_READ);
            }
            loop.wakeUp();
        } catch (CancelledKeyException gone) {
            log.debug("event=reading-after-end connection={}", id);
        }
    }

    @Override
    public void authenticated() {
        upgrade = upgrade.withoutFields();
        handshake.end();
    }

    @Override
    public void close(CloseReason reason) {
        close(reason, false);
    }

    private void close(CloseReason reason, boolean dropping) {
        if (!endCode.compareAndSet(NOT_CLOSING, reason.code())) {
            return;
        }
        endedMillis = shared.nowMillis();
        if (sender.finish(FrameCodec.close(reason.code(), reason.sentence()), dropping)) {
            loop.execute(this::beginEnd);
        }
    }

    // ---- visits and deadlines: the loop's thread

    @Override
    public void visit(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            heartbeat.alive(shared.nowMillis());
            sender.goOn();
        }
        if (ready.isValid() && ready.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        var buffer = loop.readBuffer();
        int count = line.read(buffer);
        if (count < 0) {
            drop();
            return;
        }
        sender.afterOwnBytes();
        heartbeat.alive(shared.nowMillis());
        buffer.flip();
        switch (phase) {
            case HEAD -> handshake.read(buffer);
            case OPEN, ENDING -> readFrames(buffer);
            case WAITING, LINGERING, GONE -> {}
        }
        throwAway(buffer);
    }

    /// What nobody will read any more. The sender gets some time to notice our last bytes, but not to
    /// keep us busy.
    private void throwAway(ByteBuffer rest) {
        thrownAway += rest.remaining();
        if (thrownAway > shared.options().frameLimitAfter()) {
            drop();
        }
    }

    // ---- the handshake's end

    @Override
    public void waits() {
        phase = Phase.WAITING;
        reading(false);
    }

    @Override
    public boolean goesOn() {
        boolean waits = phase == Phase.WAITING;
        if (waits) {
            heartbeat.alive(shared.nowMillis());
            reading(true);
        }
        return waits;
    }

    @Override
    public void open(UpgradeRequest request, ByteBuffer behind) {
        var options = shared.options();
        var codec = new FrameCodec(options.subprotocol(), options.frameLimitAfter());
        frames = new FrameReader(codec);
        upgrade = request;
        phase = Phase.OPEN;
        long nowMillis = shared.nowMillis();
        deadlineMillis = nowMillis + options.authenticationDeadline().toMillis();
        heartbeat.begin(nowMillis);
        shared.opened(this);
        sender.sendControl(codec.answer(request));
        tell(listener -> listener.opened(this));
        readFrames(behind);
    }

    @Override
    public void answer(HttpAnswer answer, boolean withBody) {
        phase = Phase.ENDING;
        deadlineMillis = shared.nowMillis() + shared.options().closeDeadline().toMillis();
        shared.metrics().answered(answer.status());
        var _ = sender.finish(ByteBuffer.wrap(HttpBytes.of(answer, withBody)), false);
    }

    // ---- frames

    private void readFrames(ByteBuffer buffer) {
        if (frames != null) {
            frames.read(buffer, this::frameLimit, this::hear);
        }
    }

    private int frameLimit() {
        return handshake.isUnderWay()
                ? shared.options().frameLimitBefore()
                : shared.options().frameLimitAfter();
    }

    private void hear(FrameCodec.Heard heard) {
        boolean open = endCode.get() == NOT_CLOSING;
        switch (heard) {
            case FrameCodec.Heard.Text(String text) -> {
                if (open) {
                    tell(listener -> listener.received(this, text));
                }
            }
            case FrameCodec.Heard.Ping(ByteBuffer payload) -> {
                if (open) {
                    sender.sendControl(FrameCodec.pong(payload));
                }
            }
            case FrameCodec.Heard.Pong(ByteBuffer payload) -> hearPong(payload);
            case FrameCodec.Heard.Close(int code) -> hearClose(code);
            case FrameCodec.Heard.Broken(CloseReason reason) -> close(reason, false);
        }
    }

    @Override
    public void isWritable() {
        if (phase == Phase.OPEN) {
            tell(listener -> listener.writable(this));
        }
    }

    private void hearPong(ByteBuffer payload) {
        heartbeat.pong(payload, shared.now()).ifPresent(roundTrip -> {
            shared.metrics().roundTrip(roundTrip);
            tell(listener -> listener.pong(this, roundTrip));
        });
    }

    private void hearClose(int code) {
        if (endCode.get() == NOT_CLOSING) {
            endedMillis = shared.nowMillis();
        }
        if (endCode.compareAndSet(NOT_CLOSING, code) && sender.finish(FrameCodec.close(code, ""), false)) {
            beginEnd();
        }
        if (sender.isDone()) {
            lastBytesAreSent();
        }
    }

    /// A close frame of ours is queued.
    private void beginEnd() {
        if (phase == Phase.OPEN) {
            phase = Phase.ENDING;
            deadlineMillis = endedMillis + shared.options().closeDeadline().toMillis();
            reading(true); // the peer's answer is waited for
        }
    }

    /// The last bytes were handed to the socket. A WebSocket then waits for the peer's close frame.
    @Override
    public void lastBytesAreSent() {
        beginEnd();
        if (phase != Phase.ENDING || (frames != null && !frames.isOver())) {
            return;
        }
        phase = Phase.LINGERING;
        tellClosed();
        try {
            line.shutdownOutput();
            sender.afterOwnBytes();
        } catch (IOException broken) {
            drop();
        }
    }

    @Override
    public void sweep(long nowMillis) {
        switch (phase) {
            case HEAD -> {
                if (nowMillis >= deadlineMillis) {
                    shared.metrics().handshakeTimedOut();
                    drop();
                }
            }
            case OPEN -> sweepOpen(nowMillis);
            case ENDING, LINGERING -> {
                if (nowMillis >= deadlineMillis) {
                    drop();
                }
            }
            case WAITING, GONE -> {}
        }
    }

    private void sweepOpen(long nowMillis) {
        var options = shared.options();
        if (!reading) {
            heartbeat.alive(nowMillis); // we are the ones who do not listen
        }
        if (handshake.isUnderWay() && nowMillis >= deadlineMillis) {
            close(CloseReason.NOT_AUTHENTICATED, false);
        } else if (sender.isStalled(nowMillis, options.stallLimit().toMillis())) {
            shared.metrics().stalled();
            close(CloseReason.TOO_SLOW, true);
        } else if (heartbeat.isLost(nowMillis)) {
            close(CloseReason.UNRESPONSIVE, false); // perhaps it still reads
            drop();
        } else {
            heartbeat.ping(nowMillis, shared.now()).ifPresent(number -> sender.sendControl(FrameCodec.ping(number)));
        }
    }

    /// The socket is let go, whatever was queued.
    @Override
    public void drop() {
        if (phase == Phase.GONE) {
            return;
        }
        endCode.compareAndSet(NOT_CLOSING, ABNORMAL);
        phase = Phase.GONE;
        key.cancel();
        try {
            line.close();
        } catch (IOException broken) {
            log.debug("event=close-failed connection={}", id, broken);
        }
        sender.discard();
        tellClosed();
        handshake.end();
    }

    private void tellClosed() {
        if (frames == null || told) {
            return;
        }
        told = true;
        int code = endCode.get();
        shared.closed(this, code);
        handshake.end();
        tell(listener -> listener.closed(this, code));
    }

    /// Calls the listener; whatever it throws costs this connection only.
    private void tell(Consumer<TransportListener> news) {
        try {
            news.accept(shared.listener());
        } catch (Throwable failed) {
            log.error("event=listener-failed connection={}", id, failed);
            close(CloseReason.INTERNAL_ERROR, false);
        }
    }

    @Override
    public String toString() {
        return "Peer[" + id + "]";
    }
}
