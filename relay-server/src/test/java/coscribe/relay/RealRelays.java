package coscribe.relay;

import coscribe.relay.RelayConfig.Parsed;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// Relays as they are shipped, with a clock and timers of a test's own.
public final class RealRelays {
    private RealRelays() {}

    /// A relay that runs, and the ports of the store that it has open.
    public record Started(Relay relay, Stores stores) {}

    /// @param flags   as on the command line
    /// @param timers  what sessions wait with, given the relay's own
    public static Started start(
            Map<String, String> flags, InstantSource clock, UnaryOperator<ScheduledExecutorService> timers) {
        return start(flags, clock, timers, UnaryOperator.identity());
    }

    /// @param between  what the relay sees of its store, given the store that it opened
    public static Started start(
            Map<String, String> flags,
            InstantSource clock,
            UnaryOperator<ScheduledExecutorService> timers,
            UnaryOperator<Stores> between) {
        var config = switch (RelayConfig.parse(flags, Map.of(), Optional.empty(), Files::readString)) {
            case Parsed.Good(var good) -> good;
            case Parsed.Bad(var problems) -> throw new AssertionError(problems);
        };
        var random = new SecureRandom();
        var real = new RealStores(clock, random);
        var opened = new AtomicReference<Stores>();
        var world = new Relay.World(
                asked -> {
                    opened.set(between.apply(real.open(asked)));
                    return opened.get();
                },
                _ -> List.of(),
                parts -> new HallSessions(new Sessions.Parts(
                        parts.config(),
                        parts.relay(),
                        parts.stores(),
                        parts.accounts(),
                        parts.signIn(),
                        parts.invites(),
                        parts.metrics(),
                        timers.apply(parts.timer()),
                        parts.clock(),
                        parts.steady(),
                        parts.random())),
                clock,
                random,
                "test");
        return new Started(Relay.start(config, world), opened.get());
    }
}
