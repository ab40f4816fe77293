package coscribe.ot.kit;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// Holds a law against many random cases. Each case has its own seed; one that fails says which,
/// and `-Dcoscribe.seed=N` runs that case alone. `-Dcoscribe.cases=N` asks for more of them
/// (20,000 without), `-Dcoscribe.first=N` begins with that seed.
public final class Laws {
    private static final int CASES = Integer.getInteger("coscribe.cases", 20_000);
    private static final String SEED = System.getProperty("coscribe.seed", "");
    private static final String FIRST = System.getProperty("coscribe.first", "");

    private Laws() {}

    /// A seed for a test that draws on its own; it must print it where it fails.
    public static long caseSeed() {
        return firstSeed();
    }

    /// How many cases each law is held against.
    public static int cases() {
        return SEED.isEmpty() ? CASES : 1;
    }

    /// The law holds in every case.
    public static void hold(Consumer<Gen> law) {
        long first = firstSeed();
        for (int i = 0; i < cases(); i++) {
            long seed = first + i;
            try {
                law.accept(new Gen(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("broken by seed " + seed + " (again: -Dcoscribe.seed=" + seed + ")", broken);
            }
        }
    }

    /// Counts the cases in which something happens: for laws that must be seen to fail, and for
    /// generators that must be seen to collide. Prints its first seed, since a count that is wrong
    /// has no case that is.
    public static int count(Predicate<Gen> happens) {
        long first = firstSeed();
        int count = 0;
        for (int i = 0; i < cases(); i++) {
            count += happens.test(new Gen(first + i)) ? 1 : 0;
        }
        System.out.println("counted " + count + " of " + cases() + " cases from seed " + first
                + " (again: -Dcoscribe.first=" + first + " -Dcoscribe.cases=" + cases() + ")");
        return count;
    }

    /// Whether one named case is replayed, so that counting says nothing.
    public static boolean isReplay() {
        return !SEED.isEmpty();
    }

    private static long firstSeed() {
        String given = SEED.isEmpty() ? FIRST : SEED;
        return given.isEmpty() ? System.nanoTime() << 20 : Long.parseLong(given);
    }
}
