package coscribe.ot.delta;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Remembers what came of two sets of attributes. Bounded: a newer pair takes the place of an
/// older one. Thread-safe: the table holds immutable entries; a lost race costs one computation.
final class Memo {
    private static final int SIZE = 1 << 10;

    private final @Nullable Entry[] table = new Entry[SIZE];
    private final BinaryOperator<Attributes> operation;

    private record Entry(Attributes first, Attributes second, Attributes result) {}

    Memo(BinaryOperator<Attributes> operation) {
        this.operation = operation;
    }

    Attributes of(Attributes first, Attributes second) {
        int hash = 31 * first.hashCode() + second.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
        var known = table[slot];
        if (known != null && known.first == first && known.second == second) {
            return known.result;
        }
        var result = operation.apply(first, second);
        if (first.isSmall() && second.isSmall()) {
            table[slot] = new Entry(first, second, result);
        }
        return result;
    }
}
