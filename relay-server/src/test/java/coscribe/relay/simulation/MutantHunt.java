package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;

/// Looks for a planted mistake, seed by seed, as a probe that is loaded with it.
///
/// @param probe  a `Function<Long, String>`: tells what the simulation said of a seed
record MutantHunt(Class<?> probe) {
    private static final long SEEDS = 1_000;

    /// Some of a thousand seeds finds it, and finds the same again.
    void finds(Enum<?> mutant, Patch patch) throws ReflectiveOperationException {
        var probe = probe(patch);
        for (long seed = 0; seed < SEEDS; seed++) {
            String said = probe.apply(seed);
            if (!said.isEmpty()) {
                String first = said.lines().findFirst().orElse("");
                System.out.println(
                        "mutant " + mutant + ": found: " + first.substring(0, Math.min(160, first.length())));
                // The moment, the hash of all that happened until then, and what was found.
                assertThat(said).startsWith("seed " + seed + " at ").contains(" us, trace ");
                assertThat(probe(patch).apply(seed)).isEqualTo(said);
                return;
            }
        }
        assertThat(false).as("%s was not found by %s seeds", mutant, SEEDS).isTrue();
    }

    /// None of the first `seeds` finds anything.
    void findsNothing(Patch patch, long seeds) throws ReflectiveOperationException {
        var probe = probe(patch);
        for (long seed = 0; seed < seeds; seed++) {
            assertThat(probe.apply(seed)).as("what seed %s found", seed).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    Function<Long, String> probe(Patch patch) throws ReflectiveOperationException {
        return (Function<Long, String>) new MutantLoader(patch)
                .loadClass(probe.getName())
                .getDeclaredConstructor()
                .newInstance();
    }
}
