package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.UpgradeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody connected, without a socket: says messages and notes what is answered.
final class Visitor implements Connection {
    private final Reception reception;
    private final ConnectionId id;
    private final List<ServerMessage> heard = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private Optional<CloseReason> closed = Optional.empty();
    private int writes;
    private boolean stalled;
    private boolean read = true;

    Visitor(Reception reception, long number) {
        this.reception = reception;
        this.id = new ConnectionId(number);
    }

    @CanIgnoreReturnValue
    Visitor say(ClientMessage message) {
        reception.received(this, Wire.encodeText(message));
        return this;
    }

    /// A message as it stands.
    void sayText(String text) {
        reception.received(this, text);
    }

    /// Whether the relay reads what this one sends.
    boolean isRead() {
        return read;
    }

    void hangUp() {
        reception.closed(this, 1000);
    }

    /// Reads nothing any more, with an outbox that is full.
    void stalls() {
        stalled = true;
    }

    void readsOn() {
        stalled = false;
        reception.writable(this);
    }

    /// What came since this was last called.
    @CanIgnoreReturnValue
    List<ServerMessage> hears() {
        var news = List.copyOf(heard);
        heard.clear();
        return news;
    }

    /// All that came, as it was sent.
    List<Frame> frames() {
        return frames;
    }

    /// The only message of its kind among what came since the last one was asked for.
    <T extends ServerMessage> T hearsOf(Class<T> kind) {
        var news = hears().stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(news).as(kind.getSimpleName()).hasSize(1);
        return news.getFirst();
    }

    /// How often something was handed to the connection: what is handed over together is written in one go.
    int writes() {
        return writes;
    }

    Optional<Integer> closedWith() {
        return closed.map(CloseReason::code);
    }

    @Override
    public ConnectionId id() {
        return id;
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
        return send(List.of(frame));
    }

    @Override
    public Offer send(List<Frame> frames) {
        if (closed.isPresent()) {
            return Offer.CLOSED;
        }
        if (stalled) {
            return new Offer.Full(1);
        }
        writes++;
        this.frames.addAll(frames);
        frames.forEach(frame -> heard.add(Wire.decodeServer(frame.text())));
        return Offer.ACCEPTED;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void awaitWritable() {
        if (!stalled) {
            reception.writable(this);
        }
    }

    @Override
    public void reading(boolean on) {
        read = on;
    }

    @Override
    public void authenticated() {}

    @Override
    public void close(CloseReason reason) {
        if (closed.isEmpty()) {
            closed = Optional.of(reason);
            reception.closed(this, reason.code());
        }
    }
}
