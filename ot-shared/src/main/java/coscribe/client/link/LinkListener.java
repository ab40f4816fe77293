package coscribe.client.link;

import coscribe.ot.protocol.ServerMessage;
import java.time.Duration;

/// Hears what happens on one connection, in order, on the executor that the link was given.
public interface LinkListener {
    /// Connected and signed in. First, and at most once.
    void up(ServerMessage.Welcome welcome);

    /// The relay said something. Before `up` only why it does not let this person in.
    void received(ServerMessage message);

    /// The relay answered a ping after `roundTrip`.
    default void answered(Duration roundTrip) {}

    /// The connection is gone or could not be made. Last, and exactly once.
    void lost(LinkLoss loss);
}
