package coscribe.relay.simulation;

import coscribe.ot.delta.DeltaMismatchException;
import java.util.function.BiFunction;

/// Runs one seed with one mutant planted and tells what the simulation said; empty: nothing. Only a
/// broken invariant counts, the checker's or a change that met another text than it was made for;
/// anything else that is thrown is a mistake of the test and comes through. Loaded by a {@link
/// MutantLoader}, and so spoken to through the JDK's types only.
public final class Probe implements BiFunction<String, Long, String> {
    @Override
    public String apply(String mutant, Long seed) {
        try {
            new World(seed, Mutant.valueOf(mutant)).run();
            return "";
        } catch (SimulationFailure | DeltaMismatchException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
