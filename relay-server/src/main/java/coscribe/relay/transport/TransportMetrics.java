package coscribe.relay.transport;

import java.time.Duration;

/// Counts what happens at the port. Called on transport threads; must not block or throw. For what is
/// held at a moment see [Transport#gauges()].
public interface TransportMetrics {

    /// A peer upgraded.
    void opened();

    /// An upgraded peer is gone; the code as in [TransportListener#closed(Connection, int)].
    void closed(int code);

    /// A request was answered over plain HTTP: a page, or the refusal of an upgrade.
    void answered(int status);

    /// A socket was dropped that never sent a whole request head in time.
    void handshakeTimedOut();

    /// A peer stopped reading and is closed with 4008.
    void stalled();

    /// A ping came back.
    void roundTrip(Duration roundTrip);

    /// Counts nothing.
    static TransportMetrics none() {
        return new TransportMetrics() {
            @Override
            public void opened() {}

            @Override
            public void closed(int code) {}

            @Override
            public void answered(int status) {}

            @Override
            public void handshakeTimedOut() {}

            @Override
            public void stalled() {}

            @Override
            public void roundTrip(Duration roundTrip) {}
        };
    }
}
