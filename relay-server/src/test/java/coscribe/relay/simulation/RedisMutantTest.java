package coscribe.relay.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation on a model of Redis is worth as much as the mistakes that it finds.
class RedisMutantTest {
    private static final long SEEDS_WITHOUT = 100;

    private final MutantHunt hunt = new MutantHunt(RedisProbe.class);

    @ParameterizedTest
    @EnumSource(value = RedisMutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_simulation_finds_the_mistake_within_a_thousand_seeds_and_its_seed_replays_it(RedisMutant mutant)
            throws ReflectiveOperationException {
        hunt.finds(mutant, mutant.patch);
    }

    /// More of them without a patch: `ReplicatedSimulationTest`.
    @Test
    void without_a_mistake_the_same_seeds_find_nothing() throws ReflectiveOperationException {
        hunt.findsNothing(RedisMutant.NONE.patch, SEEDS_WITHOUT);
    }
}
