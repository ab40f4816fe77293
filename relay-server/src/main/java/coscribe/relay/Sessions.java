package coscribe.relay;

import coscribe.ot.protocol.RelayId;
import coscribe.relay.ops.RelayMetrics;
import coscribe.relay.people.Accounts;
import coscribe.relay.people.Invites;
import coscribe.relay.people.SignIn;
import coscribe.relay.transport.TransportListener;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// Whoever talks to those that connect: built before the port opens, started just before it, closed
/// after it.
public interface Sessions extends AutoCloseable {
    /// What sessions are made from.
    ///
    /// @param timer   for short tasks
    /// @param clock   tells what time it is, and may be set
    /// @param steady  goes on evenly, whatever the other is set to
    /// @param random  unguessable, and safe for any thread
    record Parts(
            RelayConfig config,
            RelayId relay,
            Stores stores,
            Accounts accounts,
            SignIn signIn,
            Invites invites,
            RelayMetrics metrics,
            ScheduledExecutorService timer,
            InstantSource clock,
            InstantSource steady,
            RandomGenerator random) {}

    @FunctionalInterface
    interface Builder {
        Sessions build(Parts parts);
    }

    TransportListener listener();

    /// How many documents are open now.
    int openDocuments();

    /// How many people are in documents now, once for each window.
    int people();

    void start();

    @Override
    void close();
}
