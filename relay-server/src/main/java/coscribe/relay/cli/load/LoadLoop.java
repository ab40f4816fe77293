package coscribe.relay.cli.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// One thread for all connections of a load and everything that is due at a time. Whoever uses it is
/// that thread.
final class LoadLoop implements AutoCloseable {
    private static final long BEAT_NANOS = 10_000_000;

    private final Selector selector;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Figures late = new Figures();
    private long order;
    private long busyNanos;
    private long watchedSinceNanos;
    private int watch;

    private record Due(long atNanos, long order, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos - other.atNanos, 0);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    LoadLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    /// Tells of the generator from here on. Something is due every few milliseconds from then on, so
    /// that being late shows where nothing else is due, too.
    void watch() {
        late.clear();
        busyNanos = 0;
        watchedSinceNanos = System.nanoTime();
        beat(watchedSinceNanos + BEAT_NANOS, ++watch);
    }

    private void beat(long due, int of) {
        at(due, () -> {
            if (of == watch) {
                beat(due + BEAT_NANOS, of);
            }
        });
    }

    /// Since {@link #watch}, which ends here.
    Generator watched() {
        watch++;
        double all = Math.max(1, System.nanoTime() - watchedSinceNanos);
        return new Generator(late.millis(99), busyNanos / all);
    }

    /// @param atNanos  by `System.nanoTime()`
    void at(long atNanos, Runnable task) {
        due.add(new Due(atNanos, order++, task));
    }

    /// Begins to connect; the listener hears what becomes of it.
    ///
    /// @throws LoadException  where it fails at once
    LoadSocket connect(InetSocketAddress address, LoadSocket.Listener listener) {
        try {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var socket = new LoadSocket(channel, address, listener);
            boolean connected = channel.connect(address);
            socket.key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, socket);
            if (connected) {
                socket.connected();
            }
            return socket;
        } catch (IOException e) {
            throw new LoadException("Nobody could connect to " + address.getHostString() + ":" + address.getPort()
                    + " (" + e.getMessage() + ").");
        }
    }

    /// Works until `over` or until `deadlineNanos`; answers whether it is over.
    boolean run(BooleanSupplier over, long deadlineNanos) {
        while (!over.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - deadlineNanos >= 0) {
                return false;
            }
            doWhatIsDue(now);
            select(due.isEmpty() ? deadlineNanos - now : Math.min(deadlineNanos, due.peek().atNanos) - now);
        }
        return true;
    }

    /// As {@link #run}, where it takes a while to see whether it is over.
    boolean runLooking(BooleanSupplier over, long deadlineNanos) {
        while (!over.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - deadlineNanos >= 0) {
                return false;
            }
            var _ = run(() -> false, Math.min(deadlineNanos, now + BEAT_NANOS));
        }
        return true;
    }

    private void doWhatIsDue(long now) {
        if (due.isEmpty() || due.peek().atNanos - now > 0) {
            return;
        }
        while (!due.isEmpty() && due.peek().atNanos - now <= 0) {
            var next = due.remove();
            late.add(System.nanoTime() - next.atNanos);
            next.task.run();
        }
        busyNanos += System.nanoTime() - now;
    }

    private void select(long nanos) {
        try {
            long millis = nanos / 1_000_000;
            int ready = millis > 0 ? selector.select(Math.min(millis, 50)) : selector.selectNow();
            if (ready > 0) {
                long before = System.nanoTime();
                selector.selectedKeys().forEach(LoadLoop::ready);
                selector.selectedKeys().clear();
                busyNanos += System.nanoTime() - before;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        }
    }

    private static void ready(SelectionKey key) {
        if (key.attachment() instanceof LoadSocket socket) {
            socket.ready();
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the load did not close", e);
        }
    }
}
