package coscribe.relay.ops;

import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.ConnectionId;
import coscribe.relay.transport.TransportListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Stands between the port and whoever listens to it, so that all who are connected can be asked to
/// go elsewhere, a few at a time: a herd would only move the trouble to the next relay. Whose turn it
/// is is left to chance, so that those who write one document do not go together. Who has said nothing
/// yet goes first: it has nothing to lose, and would run into the deadline of its `hello` else.
public final class Leaving implements TransportListener {
    private static final CloseReason RESTART = new CloseReason(
            coscribe.ot.protocol.CloseReason.RESTARTING.code(), coscribe.ot.protocol.CloseReason.RESTARTING.text());

    private final TransportListener listener;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final ConcurrentMap<ConnectionId, Connection> open = new ConcurrentHashMap<>();
    private final Set<ConnectionId> silent = ConcurrentHashMap.newKeySet();
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile boolean leaving;

    public Leaving(TransportListener listener, ScheduledExecutorService timer, RandomGenerator random) {
        this.listener = listener;
        this.timer = timer;
        this.random = random;
    }

    /// Closes every connection with 1012, the silent ones now, each other at a random moment of `spread`,
    /// as many in each part of it, and waits until they are gone or `atMost` has passed. The port no longer
    /// accepts by then.
    ///
    /// @return how many are still there
    public int leave(Duration spread, Duration atMost) throws InterruptedException {
        leaving = true;
        var all = new ArrayList<Connection>();
        for (var connection : open.values()) {
            if (silent.contains(connection.id())) {
                connection.close(RESTART);
            } else {
                all.add(connection);
            }
        }
        Collections.shuffle(all, random);
        for (int i = 0; i < all.size(); i++) {
            var connection = all.get(i);
            long after = (long) (spread.toNanos() * ((i + random.nextDouble()) / all.size()));
            var _ = timer.schedule(() -> connection.close(RESTART), after, TimeUnit.NANOSECONDS);
        }
        signalIfGone();
        var _ = gone.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        return open.size();
    }

    @Override
    public void opened(Connection connection) {
        silent.add(connection.id());
        open.put(connection.id(), connection);
        listener.opened(connection);
        if (leaving) {
            connection.close(RESTART);
        }
    }

    @Override
    public void received(Connection connection, String text) {
        silent.remove(connection.id());
        listener.received(connection, text);
    }

    @Override
    public void writable(Connection connection) {
        listener.writable(connection);
    }

    @Override
    public void pong(Connection connection, Duration roundTrip) {
        listener.pong(connection, roundTrip);
    }

    @Override
    public void closed(Connection connection, int code) {
        open.remove(connection.id());
        silent.remove(connection.id());
        try {
            listener.closed(connection, code);
        } finally {
            if (leaving) {
                signalIfGone();
            }
        }
    }

    private void signalIfGone() {
        if (open.isEmpty()) {
            gone.countDown();
        }
    }
}
