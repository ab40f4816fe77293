package coscribe.relay.transport.selector;

import coscribe.relay.transport.AddressRanges;
import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.HttpAnswer;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.UpgradeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket from its acceptance to its end: a request head, then either a page or a WebSocket.
///
/// Reading, deadlines and phases belong to the loop's thread; sending is for any thread and for [Sender].
final class Peer implements Connection, Loop.Visitor, Sender.Owner {
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
    private final AtomicBoolean inHandshake = new AtomicBoolean(true);
    /// The code that ends this connection, once there is one.
    private final AtomicInteger endCode = new AtomicInteger(NOT_CLOSING);

    private volatile UpgradeRequest upgrade = NOT_UPGRADED;
    private volatile InetSocketAddress from;
    private volatile AcceptGate.Address place;
    private volatile boolean reading = true;
    private volatile long endedMillis;

    private Phase phase = Phase.HEAD;
    private long deadlineMillis;
    private @Nullable HeadReader headReader = new HeadReader();
    private @Nullable FrameCodec codec;
    private final FrameGuard guard = new FrameGuard();
    private boolean told;
    private boolean peerClosed;
    private long thrownAway;
    private long aliveMillis;
    private long pingedMillis;
    private long pingNumber;
    private Instant pingedAt = Instant.EPOCH;

    /// On the loop's thread.
    Peer(Shared shared, Loop loop, Arrival arrival) throws IOException {
        this.shared = shared;
        this.id = shared.nextId();
        this.loop = loop;
        this.place = arrival.address();
        this.from = arrival.remote();
        var channel = arrival.channel();
        this.line = shared.line(channel, loop);
        this.aliveMillis = shared.nowMillis();
        this.deadlineMillis = aliveMillis + shared.options().headDeadline().toMillis();
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
        return from;
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
        leaveHandshake();
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
            aliveMillis = shared.nowMillis();
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
        aliveMillis = shared.nowMillis();
        buffer.flip();
        switch (phase) {
            case HEAD -> readHead(buffer);
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

    private void readHead(ByteBuffer buffer) {
        if (headReader == null) {
            return;
        }
        switch (headReader.read(buffer, shared.options().headLimit())) {
            case HeadReader.Read.More() -> {}
            case HeadReader.Read.Malformed(int status, String sentence) ->
                answer(HttpAnswer.text(status, sentence), true);
            case HeadReader.Read.Whole(RequestHead head) -> {
                headReader = null;
                takePlace(head, buffer);
            }
        }
    }

    /// One behind a trusted proxy counts by its own address, which only the head tells.
    private void takePlace(RequestHead head, ByteBuffer behind) {
        var proxies = shared.options().trustedProxies();
        var client = place.equals(AcceptGate.Address.PROXIES)
                ? head.field("X-Forwarded-For").flatMap(value -> AddressRanges.clientBehind(value, proxies))
                : Optional.<InetAddress>empty();
        if (client.isEmpty()) {
            decide(head, behind);
            return;
        }
        from = new InetSocketAddress(client.get(), 0);
        var own = AcceptGate.Address.of(client.get());
        var turn = new Turn(
                head,
                ByteBuffer.allocate(behind.remaining()).put(behind.duplicate()).flip());
        switch (shared.door().move(own, turn)) {
            case GO_ON -> {
                place = own;
                decide(head, behind);
            }
            case WAIT -> {
                place = own;
                inHandshake.set(false);
                phase = Phase.WAITING;
                reading(false);
                behind.position(behind.limit());
            }
            case TURN_AWAY ->
                answer(
                        HttpAnswer.text(429, "Too many connections of your address wait already.")
                                .with("Retry-After", "5"),
                        true);
        }
    }

    /// What to go on with when it is this peer's turn.
    private final class Turn implements Waiting {
        private final RequestHead head;
        private final ByteBuffer behind;

        Turn(RequestHead head, ByteBuffer behind) {
            this.head = head;
            this.behind = behind;
        }

        @Override
        public void goOn() {
            loop.execute(() -> {
                inHandshake.set(true);
                if (phase == Phase.WAITING) {
                    aliveMillis = shared.nowMillis();
                    reading(true);
                    decide(head, behind);
                } else {
                    leaveHandshake();
                }
            });
        }

        @Override
        public void sendAway() {
            loop.execute(Peer.this::drop);
        }
    }

    /// @param behind what came with the head: frames, if it opens
    private void decide(RequestHead head, ByteBuffer behind) {
        switch (shared.doorman().decide(head, remoteAddress())) {
            case Doorman.Decision.Open(UpgradeRequest request) -> {
                open(request);
                readFrames(behind);
            }
            case Doorman.Decision.Answer(HttpAnswer answer, boolean withBody) -> answer(answer, withBody);
        }
    }

    private void open(UpgradeRequest request) {
        var options = shared.options();
        var fresh = new FrameCodec(options.subprotocol(), options.frameLimitAfter());
        codec = fresh;
        upgrade = request;
        phase = Phase.OPEN;
        deadlineMillis = aliveMillis + options.authenticationDeadline().toMillis();
        pingedMillis = aliveMillis;
        shared.opened(this);
        sender.sendControl(fresh.answer(request));
        tell(listener -> listener.opened(this));
    }

    /// Sends a page or an error as the last bytes of this socket.
    private void answer(HttpAnswer answer, boolean withBody) {
        headReader = null;
        phase = Phase.ENDING;
        deadlineMillis = shared.nowMillis() + shared.options().closeDeadline().toMillis();
        shared.metrics().answered(answer.status());
        var _ = sender.finish(ByteBuffer.wrap(HttpBytes.of(answer, withBody)), false);
    }

    private void readFrames(ByteBuffer buffer) {
        int limit = buffer.limit();
        while (buffer.hasRemaining() && codec != null && !peerClosed) {
            int frameLimit = inHandshake.get()
                    ? shared.options().frameLimitBefore()
                    : shared.options().frameLimitAfter();
            switch (guard.next(buffer, frameLimit)) {
                case FrameGuard.Verdict.Refuse(CloseReason reason) -> {
                    codec = null; // what follows cannot be told apart any more
                    close(reason, false);
                }
                case FrameGuard.Verdict.Pass(int bytes) -> {
                    buffer.limit(buffer.position() + bytes);
                    var heard = codec.decode(buffer);
                    buffer.limit(limit);
                    heard.ifPresent(this::hear);
                }
            }
        }
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
            case FrameCodec.Heard.Broken(CloseReason reason) -> {
                codec = null;
                close(reason, false);
            }
        }
    }

    @Override
    public void isWritable() {
        if (phase == Phase.OPEN) {
            tell(listener -> listener.writable(this));
        }
    }

    private void hearPong(ByteBuffer payload) {
        if (payload.remaining() != Long.BYTES || payload.getLong(payload.position()) != pingNumber || pingNumber == 0) {
            return;
        }
        var roundTrip = Duration.between(pingedAt, shared.now());
        pingNumber = -pingNumber; // a repeated pong measures nothing
        shared.metrics().roundTrip(roundTrip);
        tell(listener -> listener.pong(this, roundTrip));
    }

    private void hearClose(int code) {
        peerClosed = true;
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
        if (phase != Phase.ENDING || (isWebSocket() && !peerClosed && codec != null)) {
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

    private boolean isWebSocket() {
        return upgrade != NOT_UPGRADED;
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
            aliveMillis = nowMillis; // we are the ones who do not listen
        }
        long ping = options.pingPeriod().toMillis();
        if (inHandshake.get() && nowMillis >= deadlineMillis) {
            close(CloseReason.NOT_AUTHENTICATED, false);
        } else if (sender.isStalled(nowMillis, options.stallLimit().toMillis())) {
            shared.metrics().stalled();
            close(CloseReason.TOO_SLOW, true);
        } else if (nowMillis - aliveMillis >= ping + ping / 2) {
            close(CloseReason.UNRESPONSIVE, false); // perhaps it still reads
            drop();
        } else if (nowMillis - pingedMillis >= ping) {
            pingedMillis = nowMillis;
            pingNumber = Math.abs(pingNumber) + 1;
            pingedAt = shared.now();
            sender.sendControl(FrameCodec.ping(pingNumber));
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
        leaveHandshake();
    }

    private void tellClosed() {
        if (!isWebSocket() || told) {
            return;
        }
        told = true;
        int code = endCode.get();
        shared.closed(this, code);
        leaveHandshake();
        tell(listener -> listener.closed(this, code));
    }

    private void leaveHandshake() {
        if (inHandshake.compareAndSet(true, false)) {
            shared.door().leave(place);
        }
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
