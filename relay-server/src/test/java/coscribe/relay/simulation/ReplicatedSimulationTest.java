package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// As {@link SimulationTest}, over the product's own Redis store on a model of Redis with replicas and
/// failovers. `-Dcoscribe.sim.redis.seeds=N` runs more, `-Dcoscribe.sim.redis.seed=S` one alone.
class ReplicatedSimulationTest {
    private static final int SEEDS = Integer.getInteger("coscribe.sim.redis.seeds", 1_000);

    @Test
    void nothing_that_was_acknowledged_or_shown_is_taken_back_by_a_failover() throws Exception {
        Long only = Long.getLong("coscribe.sim.redis.seed");
        if (only != null) {
            var world = World.replicated(only);
            world.run();
            System.out.println("seed " + only + ": " + world.seen);
            return;
        }
        var cuts = new AtomicLong();
        var failOvers = new AtomicLong();
        var withFailOver = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int part = 0; part < threads; part++) {
                int first = part;
                Callable<Integer> work = () -> {
                    for (long seed = first; seed < SEEDS; seed += threads) {
                        var tier = run(seed);
                        cuts.addAndGet(tier.cuts);
                        failOvers.addAndGet(tier.failOvers);
                        withFailOver.addAndGet(tier.failOvers > 0 ? 1 : 0);
                    }
                    return 0;
                };
                parts.add(pool.submit(work));
            }
            for (var part : parts) {
                int _ = part.get();
            }
        }
        System.out.println("simulation on a model of Redis: " + SEEDS + " seeds, " + cuts + " cuts, " + failOvers
                + " failovers, in " + withFailOver + " seeds at least one");
        assertThat(withFailOver.get()).isGreaterThan(SEEDS * 8L / 10);
    }

    /// Every hundredth is run twice and must go the same way.
    private static ReplicatedTier run(long seed) {
        var world = World.replicated(seed);
        world.run();
        if (seed % 100 == 0) {
            var again = World.replicated(seed);
            again.run();
            assertThat(again.scheduler.traceHash()).as("seed %s replays", seed).isEqualTo(world.scheduler.traceHash());
        }
        return (ReplicatedTier) world.tier;
    }
}
