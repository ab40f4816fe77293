package coscribe.client.link;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.ServerMessage;

/// The relay's end of links, as a test plays it.
public interface Peer {
    default void began(Line line) {}

    void heard(Line line, ClientMessage message);

    default void ended(Line line) {}

    /// One connection, seen from the relay.
    interface Line {
        void tell(ServerMessage message);

        /// Gone without a word.
        void cut();

        void close(int code, String reason);
    }
}
