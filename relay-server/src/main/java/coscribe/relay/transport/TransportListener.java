package coscribe.relay.transport;

import java.time.Duration;

/// Hears what peers do.
///
/// All calls for one connection come from one thread of the transport, one after the other: `opened`,
/// then any of the others, then `closed` exactly once. They **must not block**: other connections wait
/// on the same thread. Whatever a call throws, even an `Error`, closes that one connection with 1011.
public interface TransportListener {

    /// The peer has upgraded; the answer is on its way and nothing overtakes it.
    void opened(Connection connection);

    /// A whole text message, valid UTF-8, within the frame limit.
    void received(Connection connection, String text);

    /// The outbox is at or under the low-water mark, after a `Full` or an `awaitWritable`.
    void writable(Connection connection);

    /// A ping was answered.
    void pong(Connection connection, Duration roundTrip);

    /// The connection is gone.
    ///
    /// @param code the code that we sent, else the one that the peer sent (1000 also if it sent none),
    ///     else 1006: the socket broke
    void closed(Connection connection, int code);
}
