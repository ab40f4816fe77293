package coscribe.relay.transport.selector;

import coscribe.relay.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts connections as long as the gate lets more in, and pauses when it does not: newcomers then wait
/// in the kernel's backlog and nobody is refused. Sits on one loop.
final class Acceptor implements Loop.Visitor {
    private static final Logger log = LoggerFactory.getLogger(Acceptor.class);
    private static final int PER_VISIT = 64;

    private final Loop loop;
    private final ServerSocketChannel server;
    private final AcceptGate gate;
    private final Predicate<InetAddress> trustedProxies;
    private final Consumer<Arrival> next;
    private final SelectionKey key;
    private volatile boolean paused;

    /// Accepted, and not read from before it is its turn.
    private record WaitingArrival(Arrival arrival, Consumer<Arrival> next) implements Waiting {
        @Override
        public void goOn() {
            next.accept(arrival);
        }

        @Override
        public void sendAway() {
            arrival.letGo();
        }
    }

    /// On the loop's thread.
    ///
    /// @param next takes those who may be read from now
    Acceptor(
            Loop loop,
            ServerSocketChannel server,
            AcceptGate gate,
            Predicate<InetAddress> trustedProxies,
            Consumer<Arrival> next)
            throws IOException {
        this.loop = loop;
        this.server = server;
        this.gate = gate;
        this.trustedProxies = trustedProxies;
        this.next = next;
        this.key = server.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
    }

    /// Binds a listening socket.
    static ServerSocketChannel bind(TransportOptions options) throws IOException {
        var server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.configureBlocking(false);
            return server.bind(options.address(), options.acceptBacklog());
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /// Whatever fails here ends nobody's listening: it is tried again at the next sweep.
    @Override
    public void visit(SelectionKey ready) {
        try {
            acceptSome();
        } catch (IOException outOfDescriptors) {
            pauseUntilSweep();
            Loop.tell(() -> log.warn("event=accept-failed hint=\"raise ulimit -n\"", outOfDescriptors));
        } catch (Throwable unforeseen) {
            pauseUntilSweep();
            Loop.tell(() -> log.error("event=accept-failed", unforeseen));
        }
    }

    private void acceptSome() throws IOException {
        for (int i = 0; i < PER_VISIT; i++) {
            if (!gate.isOpen()) {
                pause();
                return;
            }
            var channel = server.accept();
            if (channel == null) {
                return;
            }
            admit(channel);
        }
    }

    /// Somebody left the gate. Any thread.
    void resumeIfPaused() {
        if (paused) {
            loop.execute(this::resume);
        }
    }

    @Override
    public void sweep(long nowMillis) {
        if (paused) {
            resume();
        }
    }

    @Override
    public void drop() {
        key.cancel();
        try {
            server.close();
        } catch (IOException broken) {
            log.warn("event=listener-close-failed", broken);
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            var remote = (InetSocketAddress) channel.getRemoteAddress();
            boolean proxy = trustedProxies.test(remote.getAddress());
            var address = proxy ? AcceptGate.Address.PROXIES : AcceptGate.Address.of(remote.getAddress());
            var arrival = new Arrival(channel, remote, address);
            switch (gate.enter(address, new WaitingArrival(arrival, next))) {
                case GO_ON -> next.accept(arrival);
                case WAIT -> {}
                case TURN_AWAY -> channel.close();
            }
        } catch (IOException | RuntimeException goneAlready) {
            log.debug("event=arrival-gone", goneAlready);
            channel.close();
        }
    }

    private void pause() {
        pauseUntilSweep();
        if (gate.isOpen()) { // somebody left between the question and the pause
            resume();
        }
    }

    private void pauseUntilSweep() {
        paused = true;
        if (key.isValid()) {
            key.interestOps(0);
        }
    }

    private void resume() {
        if (key.isValid() && gate.isOpen()) {
            paused = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }
}
