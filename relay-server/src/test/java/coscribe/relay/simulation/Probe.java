package coscribe.relay.simulation;

import coscribe.ot.delta.DeltaMismatchException;
import java.util.function.Function;

/// Runs one seed and tells what the simulation said; empty: nothing. Only a broken invariant
/// counts: the checker's, a change that met another text than it was made for, or a text that is
/// none; anything else that is thrown is a mistake of the test and comes through. Loaded by a
/// {@link MutantLoader}, and so spoken to through the JDK's types only.
public final class Probe implements Function<Long, String> {
    @Override
    public String apply(Long seed) {
        return findings(new World(seed));
    }

    static String findings(World world) {
        try {
            world.run();
            return "";
        } catch (SimulationFailure e) {
            if (e.getCause() == null || e.getCause() instanceof DeltaMismatchException || isOfADocument(e.getCause())) {
                return e.getMessage();
            }
            throw e;
        }
    }

    private static boolean isOfADocument(Throwable cause) {
        return cause instanceof IllegalArgumentException
                && cause.getStackTrace()[0].getClassName().startsWith("coscribe.ot.document.");
    }
}
