package coscribe.relay.transport.selector;

import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.TransportMetrics;
import coscribe.relay.transport.TransportOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What the peers of one transport have in common.
final class Shared {
    private final TransportOptions options;
    private final Doorman doorman;
    private final TransportListener listener;
    private final TransportMetrics metrics;
    private final InstantSource clock;
    private final Door door;
    private final Scratches scratches = new Scratches(2 * Runtime.getRuntime().availableProcessors() + 2);
    private final AtomicLong ids = new AtomicLong();
    private final Set<Peer> open = ConcurrentHashMap.newKeySet();
    private final LongAdder writes = new LongAdder();

    /// Where peers count while they are in handshake. Any thread.
    interface Door {
        /// As [AcceptGate#move].
        AcceptGate.Entry move(AcceptGate.Address to, Waiting peer);

        /// This one is through, or gone.
        void leave(AcceptGate.Address address);
    }

    Shared(
            TransportOptions options,
            Gatekeeper gatekeeper,
            PlainHttp pages,
            TransportListener listener,
            TransportMetrics metrics,
            InstantSource clock,
            Door door) {
        this.options = options;
        this.doorman = new Doorman(new HandshakeRules(options), gatekeeper, pages);
        this.listener = listener;
        this.metrics = metrics;
        this.clock = clock;
        this.door = door;
    }

    TransportOptions options() {
        return options;
    }

    Doorman doorman() {
        return doorman;
    }

    TransportListener listener() {
        return listener;
    }

    TransportMetrics metrics() {
        return metrics;
    }

    /// What a peer's bytes pass through.
    Line line(SocketChannel channel, Loop loop) {
        return options.tls()
                .<Line>map(context -> new TlsLine(channel, context.get().createSSLEngine(), loop, scratches))
                .orElseGet(() -> new PlainLine(channel));
    }

    Instant now() {
        return clock.instant();
    }

    long nowMillis() {
        return clock.millis();
    }

    Scratches scratches() {
        return scratches;
    }

    ConnectionId nextId() {
        return new ConnectionId(ids.incrementAndGet());
    }

    Door door() {
        return door;
    }

    void opened(Peer peer) {
        open.add(peer);
        metrics.opened();
    }

    void closed(Peer peer, int code) {
        open.remove(peer);
        metrics.closed(code);
        if (doorman.isDraining() && open.isEmpty()) {
            synchronized (open) {
                open.notifyAll();
            }
        }
    }

    /// Waits until nobody is upgraded any more, or the time is over. While draining.
    void awaitNoneOpen(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (open) {
            for (long left = limit.toMillis(); left > 0 && !open.isEmpty(); ) {
                open.wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        }
    }

    /// Upgraded peers, as they come and go.
    Set<Peer> open() {
        return open;
    }

    void countWrite() {
        writes.increment();
    }

    long writes() {
        return writes.sum();
    }
}
