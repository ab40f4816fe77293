package coscribe.relay.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What {@link RelaxedSimulationTest} is worth.
class RelaxedMutantTest {
    private static final long SEEDS_WITHOUT = 30;

    private final MutantHunt hunt = new MutantHunt(RelaxedProbe.class);

    @ParameterizedTest
    @EnumSource(value = RelaxedMutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_simulation_finds_the_mistake_within_a_thousand_seeds_and_its_seed_replays_it(RelaxedMutant mutant)
            throws ReflectiveOperationException {
        hunt.finds(mutant, mutant.patch);
    }

    /// More of them without a patch: `RelaxedSimulationTest`.
    @Test
    void without_a_mistake_the_same_seeds_find_nothing() throws ReflectiveOperationException {
        hunt.findsNothing(RelaxedMutant.NONE.patch, SEEDS_WITHOUT);
    }
}
