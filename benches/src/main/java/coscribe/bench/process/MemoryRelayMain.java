package coscribe.bench.process;

import coscribe.relay.Relay;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayConfig.Parsed;
import coscribe.relay.Stores;
import coscribe.relay.store.RestoreMark;
import coscribe.relay.store.StoreState;
import coscribe.relay.store.memory.MemoryStore;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The relay that is shipped, over a store that is not: everything is in memory, and goes with the
/// process.
final class MemoryRelayMain {
    private MemoryRelayMain() {}

    /// @param args  as for `serve`, each flag with its value
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            flags.put(args[i], args[i + 1]);
        }
        var config = switch (RelayConfig.parse(flags, Map.of(), Optional.empty(), Files::readString)) {
            case Parsed.Good(var good) -> good;
            case Parsed.Bad(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
        var clock = InstantSource.system();
        var random = new SecureRandom();
        var memory = new MemoryStore(clock, Runnable::run);
        var real = Relay.World.real(clock, random, "bench");
        var relay = Relay.start(
                config,
                new Relay.World(
                        _ -> new Stores(
                                memory.openDocuments(),
                                memory.openFeed(),
                                memory.people(),
                                memory.presence(),
                                memory.holdings(),
                                RestoreMark.NEVER,
                                StoreState.PLAIN,
                                "memory",
                                () -> {}),
                        _ -> List.of(),
                        real.builder(),
                        clock,
                        random,
                        "bench"));
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "stop"));
        System.out.println("A relay that keeps everything in memory, at " + relay.listening());
        relay.ownerLink().ifPresent(System.out::println);
        new CountDownLatch(1).await();
    }
}
