package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation is worth as much as the mistakes that it finds.
class MutantTest {
    private static final long SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_simulation_finds_the_mistake_within_a_thousand_seeds_and_its_seed_replays_it(Mutant mutant)
            throws ReflectiveOperationException {
        var probe = probe(mutant.patch);
        for (long seed = 0; seed < SEEDS; seed++) {
            String said = probe.apply(seed);
            if (!said.isEmpty()) {
                String first = said.lines().findFirst().orElse("");
                System.out.println(
                        "mutant " + mutant + ": found: " + first.substring(0, Math.min(160, first.length())));
                // The moment, the hash of all that happened until then, and what was found.
                assertThat(said).startsWith("seed " + seed + " at ").contains(" us, trace ");
                assertThat(probe(mutant.patch).apply(seed)).isEqualTo(said);
                return;
            }
        }
        assertThat(false).as("%s was not found by %s seeds", mutant, SEEDS).isTrue();
    }

    @Test
    void without_a_mistake_the_same_seeds_find_nothing() throws ReflectiveOperationException {
        var probe = probe(Mutant.NONE.patch);
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(probe.apply(seed)).as("what seed %s found", seed).isEmpty();
        }
    }

    @Test
    void whatever_is_thrown_carries_its_seed_replays_and_counts_as_no_find() throws ReflectiveOperationException {
        var thrown = new Patch.Call(
                "coscribe.ot.session.Turn",
                "own",
                "coscribe.ot.session.Pending",
                "typed",
                0,
                "coscribe.ot.session.SessionMistakes",
                "typedAndThrown");
        var first = assertThatThrownBy(() -> probe(thrown).apply(7L))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("seed 7 at [0-9]+ us, trace [0-9a-f]+: java.lang.IllegalStateException: planted"
                        + " \\[.*]; -Dcoscribe.sim.seed=7 replays it")
                .hasCauseInstanceOf(IllegalStateException.class)
                .actual();
        assertThatThrownBy(() -> probe(thrown).apply(7L)).hasMessage(first.getMessage());
    }

    @SuppressWarnings("unchecked")
    private static Function<Long, String> probe(Patch patch) throws ReflectiveOperationException {
        return (Function<Long, String>) new MutantLoader(patch)
                .loadClass(Probe.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
