package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation is worth as much as the mistakes that it finds.
class MutantTest {
    private static final long SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_simulation_finds_the_mistake_within_a_thousand_seeds(Mutant mutant) throws ReflectiveOperationException {
        var probe = probe(mutant);
        for (long seed = 0; seed < SEEDS; seed++) {
            String said = probe.apply(mutant.name(), seed);
            if (!said.isEmpty()) {
                String first = said.lines().findFirst().orElse("");
                System.out.println("mutant " + mutant + ": found by seed " + seed + ": "
                        + first.substring(0, Math.min(160, first.length())));
                return;
            }
        }
        assertThat(false).as("%s was not found by %s seeds", mutant, SEEDS).isTrue();
    }

    @Test
    void without_a_mistake_the_same_seeds_find_nothing() throws ReflectiveOperationException {
        var probe = probe(Mutant.NONE);
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(probe.apply(Mutant.NONE.name(), seed))
                    .as("what seed %s found", seed)
                    .isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<String, Long, String> probe(Mutant mutant) throws ReflectiveOperationException {
        if (mutant.patch.isEmpty()) {
            return new Probe();
        }
        return (BiFunction<String, Long, String>) new MutantLoader(mutant.patch.get())
                .loadClass(Probe.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
