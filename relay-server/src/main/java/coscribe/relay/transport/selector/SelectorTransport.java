package coscribe.relay.transport.selector;

import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.Transport;
import coscribe.relay.transport.TransportException;
import coscribe.relay.transport.TransportGauges;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.TransportMetrics;
import coscribe.relay.transport.TransportOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Transport] on selector loops of our own.
///
/// Each connection belongs to one loop for its life; listeners are called there. Its threads are
/// daemons: who composes the relay decides how long the process lives.
public final class SelectorTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(SelectorTransport.class);

    private final TransportOptions options;
    private final Shared shared;
    private final AcceptGate gate;
    private final ScheduledExecutorService timer;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private @Nullable ScheduledFuture<?> sweeps;
    private volatile @Nullable Acceptor acceptor;

    /// Nothing happens before [#start()].
    ///
    /// @param clock measures deadlines and round trips; it must not jump: see
    ///     [coscribe.relay.transport.SteadyClock]
    /// @param timer runs a very short task each `options.sweep()`
    public SelectorTransport(
            TransportOptions options,
            Gatekeeper gatekeeper,
            PlainHttp pages,
            TransportListener listener,
            TransportMetrics metrics,
            InstantSource clock,
            ScheduledExecutorService timer) {
        this.options = options;
        this.gate = new AcceptGate(options.maxInHandshake(), options.maxInHandshakePerAddress(), options.maxWaiting());
        this.shared = new Shared(options, gatekeeper, pages, listener, metrics, clock, new Door());
        this.timer = timer;
    }

    @Override
    public InetSocketAddress start() {
        if (!loops.isEmpty()) {
            throw new IllegalStateException("a transport starts once");
        }
        var server = bind();
        try {
            var address = (InetSocketAddress) server.getLocalAddress();
            for (int i = 0; i < options.threads(); i++) {
                var loop = new Loop("transport-" + i);
                loops.add(loop);
                loop.start();
            }
            acceptor = onLoop(
                    loops.getFirst(),
                    () -> new Acceptor(loops.getFirst(), server, gate, options.trustedProxies(), this::adopt));
            long millis = Math.max(1, options.sweep().toMillis());
            sweeps = timer.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
            return address;
        } catch (IOException | CompletionException failed) {
            loops.forEach(Loop::stop);
            throw new TransportException("The relay cannot serve connections: " + failed.getMessage(), failed);
        }
    }

    private ServerSocketChannel bind() {
        var wanted = options.address();
        try {
            return Acceptor.bind(options);
        } catch (BindException refused) {
            throw new TransportException(explain(wanted, refused), refused);
        } catch (UnresolvedAddressException unknown) {
            throw new TransportException(
                    "The address " + wanted.getHostString() + " is not known on this machine."
                            + " Give a name or number of this machine, or 0.0.0.0 for all.",
                    unknown);
        } catch (IOException failed) {
            throw new TransportException(
                    "Cannot listen on " + wanted.getHostString() + " port " + wanted.getPort() + ": "
                            + failed.getMessage(),
                    failed);
        }
    }

    private static String explain(InetSocketAddress wanted, BindException refused) {
        var message = String.valueOf(refused.getMessage());
        if (message.contains("Permission denied")) {
            return "Port " + wanted.getPort() + " needs administrator rights."
                    + " Choose a port of 1024 or higher, or put a proxy in front.";
        }
        if (message.contains("Cannot assign")) {
            return "This machine has no address " + wanted.getHostString()
                    + ". Give one of its own, or 0.0.0.0 for all.";
        }
        return "Port " + wanted.getPort() + " on " + wanted.getHostString() + " is already in use."
                + " Stop the program that uses it, or choose another port.";
    }

    @Override
    public void stopAccepting() {
        shared.doorman().drain();
        var listening = acceptor;
        if (listening == null) {
            return;
        }
        acceptor = null;
        var _ = onLoop(loops.getFirst(), () -> {
            listening.drop();
            loops.getFirst().turn();
            return listening;
        });
        gate.sendAwayWaiting().forEach(Waiting::sendAway);
    }

    @Override
    public TransportGauges gauges() {
        long queued = 0;
        int connections = 0;
        for (var peer : shared.open()) {
            connections++;
            queued += peer.queuedBytes();
        }
        return new TransportGauges(
                connections,
                gate.inHandshake(),
                gate.waiting(),
                queued,
                loops.stream().mapToLong(Loop::visits).sum(),
                shared.writes());
    }

    @Override
    public void close() {
        if (loops.isEmpty() || loops.stream().anyMatch(Loop::isStopping)) {
            return;
        }
        stopAccepting();
        for (var peer : shared.open()) {
            peer.close(CloseReason.GOING_AWAY);
        }
        try {
            shared.awaitNoneOpen(options.closeDeadline());
            stopLoops();
        } catch (InterruptedException hurried) {
            loops.forEach(Loop::stop);
            Thread.currentThread().interrupt();
        }
    }

    private void stopLoops() throws InterruptedException {
        if (sweeps != null) {
            sweeps.cancel(false);
        }
        loops.forEach(Loop::stop);
        for (var loop : loops) {
            loop.join(options.closeDeadline().toMillis());
        }
    }

    private void sweep() {
        loops.forEach(loop -> loop.sweepSoon(shared::nowMillis));
    }

    /// Gives a newcomer to a loop, in turn. Any thread.
    private void adopt(Arrival arrival) {
        var loop = loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
        loop.execute(() -> {
            try {
                var peer = new Peer(shared, loop, arrival);
                log.trace("event=accepted connection={}", peer);
            } catch (Throwable gone) { // an Error too must give the place back
                log.debug("event=arrival-gone", gone);
                arrival.letGo();
                shared.door().leave(arrival.address());
            }
        });
    }

    /// The gate, as peers pass it: who leaves makes room for the next.
    private final class Door implements Shared.Door {
        @Override
        public AcceptGate.Entry move(AcceptGate.Address to, Waiting peer) {
            var entry = gate.move(to, peer);
            resumeAccepting();
            return entry;
        }

        @Override
        public void leave(AcceptGate.Address address) {
            gate.leave(address).ifPresent(Waiting::goOn);
            resumeAccepting();
        }

        private void resumeAccepting() {
            var listening = acceptor;
            if (listening != null) {
                listening.resumeIfPaused();
            }
        }
    }

    private interface Creation<T> {
        T create() throws IOException;
    }

    private static <T> T onLoop(Loop loop, Creation<T> creation) {
        var created = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                created.complete(creation.create());
            } catch (IOException | RuntimeException failed) {
                created.completeExceptionally(failed);
            }
        });
        return created.join();
    }
}
