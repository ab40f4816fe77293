package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation on a model of Redis is worth as much as the mistakes that it finds.
class RedisMutantTest {
    private static final long SEEDS = 1_000;
    private static final long SEEDS_WITHOUT = 100;

    @ParameterizedTest
    @EnumSource(value = RedisMutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_simulation_finds_the_mistake_within_a_thousand_seeds_and_its_seed_replays_it(RedisMutant mutant)
            throws ReflectiveOperationException {
        var probe = probe(mutant.patch);
        for (long seed = 0; seed < SEEDS; seed++) {
            String said = probe.apply(seed);
            if (!said.isEmpty()) {
                String first = said.lines().findFirst().orElse("");
                System.out.println(
                        "mutant " + mutant + ": found: " + first.substring(0, Math.min(160, first.length())));
                assertThat(probe(mutant.patch).apply(seed)).isEqualTo(said);
                return;
            }
        }
        assertThat(false).as("%s was not found by %s seeds", mutant, SEEDS).isTrue();
    }

    /// More of them without a patch: `ReplicatedSimulationTest`.
    @Test
    void without_a_mistake_the_same_seeds_find_nothing() throws ReflectiveOperationException {
        var probe = probe(RedisMutant.NONE.patch);
        for (long seed = 0; seed < SEEDS_WITHOUT; seed++) {
            assertThat(probe.apply(seed)).as("what seed %s found", seed).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Function<Long, String> probe(Patch patch) throws ReflectiveOperationException {
        return (Function<Long, String>) new MutantLoader(patch)
                .loadClass(RedisProbe.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
