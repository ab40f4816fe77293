package coscribe.relay.cli.load;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Of several rounds, the one in the middle: for each figure by itself.
final class Medians {
    private Medians() {}

    /// @param rounds  one or more
    static <R> double of(List<R> rounds, ToDoubleFunction<R> part) {
        double[] sorted = rounds.stream().mapToDouble(part).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /// Empty where one of them is not known.
    static <R> OptionalDouble known(List<R> rounds, Function<R, OptionalDouble> part) {
        return rounds.stream().allMatch(round -> part.apply(round).isPresent())
                ? OptionalDouble.of(of(rounds, round -> part.apply(round).orElse(0)))
                : OptionalDouble.empty();
    }

    static <R> LoadResult.Spread spread(List<R> rounds, Function<R, LoadResult.Spread> part) {
        return new LoadResult.Spread(
                of(rounds, round -> part.apply(round).p50()),
                of(rounds, round -> part.apply(round).p95()),
                of(rounds, round -> part.apply(round).p99()),
                of(rounds, round -> part.apply(round).most()));
    }

    static <R> Generator generator(List<R> rounds, Function<R, Generator> part) {
        return new Generator(
                of(rounds, round -> part.apply(round).lateMillis()),
                of(rounds, round -> part.apply(round).busy()));
    }

    static OptionalDouble per(OptionalDouble millis, long count) {
        return millis.isPresent() && count > 0
                ? OptionalDouble.of(millis.getAsDouble() / count)
                : OptionalDouble.empty();
    }
}
