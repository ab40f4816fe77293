package coscribe.client.link;

import coscribe.ot.protocol.ClientMessage;

/// The way from an editor to one relay. Holds no state between connections: each {@link #connect}
/// makes a connection of its own, which reports to its own listener.
public interface Link {
    /// Begins to connect and to sign in, and returns at once. The listener hears `up` or `lost`.
    Connection connect(LinkListener listener);

    /// One connection, from the moment somebody asked for it. Its methods never block and may be
    /// called from any thread.
    interface Connection {
        /// Sends a message, after those before it. Before `up` and after `lost` it is dropped:
        /// whoever sent it will hear `lost` and send it again over the next connection. Where the
        /// network takes nothing for so long that the queue is full, carets are dropped and for
        /// anything else the connection is given up.
        void send(ClientMessage message);

        /// Whether somebody waits for this connection: while `closely`, a ping goes out every 5 s
        /// and a relay that says nothing for 8 s after one counts as lost.
        void watch(boolean closely);

        /// Ends the connection. The listener hears `lost` once more and nothing else, not even what
        /// was received before.
        void close(String why);
    }
}
