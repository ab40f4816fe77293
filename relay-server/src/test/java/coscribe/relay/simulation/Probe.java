package coscribe.relay.simulation;

import java.util.function.BiFunction;

/// Runs one seed with one mutant planted and tells what the simulation said; empty: nothing. Loaded
/// by a {@link MutantLoader}, and so spoken to through the JDK's types only.
public final class Probe implements BiFunction<String, Long, String> {
    @Override
    public String apply(String mutant, Long seed) {
        try {
            new World(seed, Mutant.valueOf(mutant)).run();
            return "";
        } catch (RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
