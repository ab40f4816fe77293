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
    private final Selector selector;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long order;

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

    /// @param atNanos  by `System.nanoTime()`
    void at(long atNanos, Runnable task) {
        due.add(new Due(atNanos, order++, task));
    }

    /// Begins to connect; the listener hears what becomes of it.
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
            throw new UncheckedIOException("cannot connect to " + address, e);
        }
    }

    /// Works until `over` or until `deadlineNanos`; answers whether it is over.
    boolean run(BooleanSupplier over, long deadlineNanos) {
        while (!over.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - deadlineNanos >= 0) {
                return false;
            }
            while (!due.isEmpty() && due.peek().atNanos - now <= 0) {
                due.remove().task.run();
            }
            select(due.isEmpty() ? deadlineNanos - now : Math.min(deadlineNanos, due.peek().atNanos) - now);
        }
        return true;
    }

    private void select(long nanos) {
        try {
            long millis = nanos / 1_000_000;
            if (millis > 0) {
                selector.select(LoadLoop::ready, Math.min(millis, 50));
            } else {
                selector.selectNow(LoadLoop::ready);
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
