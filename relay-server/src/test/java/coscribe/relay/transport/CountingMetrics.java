package coscribe.relay.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Metrics as plain counters.
final class CountingMetrics implements TransportMetrics {
    final AtomicInteger opened = new AtomicInteger();
    final List<Integer> closed = new CopyOnWriteArrayList<>();
    final List<Integer> answered = new CopyOnWriteArrayList<>();
    final AtomicInteger timedOut = new AtomicInteger();
    final AtomicInteger stalled = new AtomicInteger();
    final List<Duration> roundTrips = new CopyOnWriteArrayList<>();

    @Override
    public void opened() {
        opened.incrementAndGet();
    }

    @Override
    public void closed(int code) {
        closed.add(code);
    }

    @Override
    public void answered(int status) {
        answered.add(status);
    }

    @Override
    public void handshakeTimedOut() {
        timedOut.incrementAndGet();
    }

    @Override
    public void stalled() {
        stalled.incrementAndGet();
    }

    @Override
    public void roundTrip(Duration roundTrip) {
        roundTrips.add(roundTrip);
    }
}
