package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulation is worth as much as the mistakes that it finds.
class MutantTest {
    private static final long SEEDS = 1_000;

    private final MutantHunt hunt = new MutantHunt(Probe.class);

    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_simulation_finds_the_mistake_within_a_thousand_seeds_and_its_seed_replays_it(Mutant mutant)
            throws ReflectiveOperationException {
        hunt.finds(mutant, mutant.patch);
    }

    /// A resend after a lost reply must not be judged by a role that went meanwhile.
    @Test
    void a_role_that_goes_while_an_outcome_is_unknown_is_enough_to_find_the_role_looked_at_first()
            throws ReflectiveOperationException {
        new MutantHunt(UnknownOutcomeProbe.class)
                .finds(Mutant.ROLE_BEFORE_DUPLICATE, Mutant.ROLE_BEFORE_DUPLICATE.patch);
    }

    @Test
    void without_a_mistake_the_same_seeds_find_nothing() throws ReflectiveOperationException {
        hunt.findsNothing(Mutant.NONE.patch, SEEDS);
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
        var first = assertThatThrownBy(() -> hunt.probe(thrown).apply(7L))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("seed 7 at [0-9]+ us, trace [0-9a-f]+: java.lang.IllegalStateException: planted"
                        + " \\[.*]; -Dcoscribe.sim.seed=7 replays it")
                .hasCauseInstanceOf(IllegalStateException.class)
                .actual();
        assertThatThrownBy(() -> hunt.probe(thrown).apply(7L)).hasMessage(first.getMessage());
    }
}
