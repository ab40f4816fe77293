package coscribe.relay.simulation;

import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.UpgradeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// One connection between a client and a relay: ordered in each direction, delayed, cut at any
/// moment, with a bounded outbox on the relay's side.
final class SimLink implements Connection {
    private static final int OUTBOX_BYTES = 2_000;

    private final Scheduler scheduler;
    private final World world;
    final SimClient client;
    final SimRelay relay;
    private final ConnectionId id;
    private boolean open = true;
    private boolean closing;
    private long toRelayAt;
    private long toClientAt;
    private long stalledUntil;
    private long queued;
    private boolean writableAsked;
    private final Deque<Runnable> toClient = new ArrayDeque<>();

    SimLink(World world, SimClient client, SimRelay relay, long number) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.client = client;
        this.relay = relay;
        this.id = new ConnectionId(number);
    }

    boolean isOpen() {
        return open;
    }

    // --- the client's end

    void say(String text) {
        if (!open) {
            return;
        }
        world.traffic.toRelay(text);
        toRelayAt = Math.max(toRelayAt, scheduler.nowMicros() + world.delay());
        long number = world.order.said();
        scheduler.when(toRelayAt, () -> {
            if (open && relay.alive()) {
                if (!world.order.arrives(number)) {
                    world.seen.saw(Seen.What.REORDERS);
                }
                scheduler.trace(text);
                relay.reception().received(this, text);
            }
        });
    }

    /// The client stops reading for a while.
    void stall(long micros) {
        stalledUntil = scheduler.nowMicros() + micros;
    }

    /// The connection breaks: what is under way is lost, and both ends notice, each in its own
    /// time.
    void cut() {
        if (!open) {
            return;
        }
        open = false;
        scheduler.at(world.delay(), this::relayNotices);
        scheduler.at(world.delay(), () -> client.linkLost(this));
    }

    private void relayNotices() {
        if (relay.alive()) {
            relay.reception().closed(this, 1006);
        }
    }

    // --- the relay's end

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
        if (!open || closing || !relay.alive()) {
            return Offer.CLOSED;
        }
        if (queued > OUTBOX_BYTES) {
            world.seen.saw(Seen.What.FULL_OUTBOXES);
            writableAsked = true;
            return new Offer.Full(queued);
        }
        for (Frame frame : frames) {
            queued += frame.size();
            deliverToClient(frame);
        }
        return Offer.ACCEPTED;
    }

    private void deliverToClient(Frame frame) {
        String text = frame.text();
        world.traffic.toClient(text, frame.size());
        inOrder(() -> arrive(text, frame.size()));
    }

    /// Whatever happens to the time of an arrival, the order stays: each takes what is first in
    /// line.
    private void inOrder(Runnable arrival) {
        toClient.add(arrival);
        toClientAt = Math.max(Math.max(toClientAt, stalledUntil), scheduler.nowMicros() + world.delay());
        scheduler.when(toClientAt, this::nextArrival);
    }

    private void nextArrival() {
        if (stalledUntil > scheduler.nowMicros()) {
            scheduler.when(stalledUntil, this::nextArrival);
            return;
        }
        Runnable arrival = toClient.poll();
        if (open && arrival != null) {
            arrival.run();
        }
    }

    private void arrive(String text, int size) {
        queued -= size;
        if (writableAsked) {
            awaitWritable();
        }
        scheduler.trace(text);
        client.hear(this, text);
    }

    @Override
    public long queuedBytes() {
        return queued;
    }

    @Override
    public void awaitWritable() {
        writableAsked = true;
        if (queued <= OUTBOX_BYTES / 4) {
            writableAsked = false;
            scheduler.at(0, () -> {
                if (open && relay.alive()) {
                    relay.reception().writable(this);
                }
            });
        }
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void authenticated() {}

    @Override
    public void close(CloseReason reason) {
        if (!open || closing) {
            return;
        }
        closing = true;
        inOrder(() -> {
            open = false;
            scheduler.trace("close " + reason.code());
            client.linkLost(this);
            relayNotices();
        });
    }

    /// The client closes.
    void hangUp() {
        if (open) {
            open = false;
            scheduler.at(world.delay(), this::relayNotices);
        }
    }
}
