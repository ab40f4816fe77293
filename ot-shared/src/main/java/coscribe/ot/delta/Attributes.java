package coscribe.ot.delta;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A small immutable set of named values, sorted by name. Equal sets are usually one object (a
/// bounded table interns them), so comparing is a pointer comparison on the hot path. ADR-0006 says
/// why these are objects and not numbers out of a pool.
///
/// Thread-safe: the two tables hold immutable objects; a lost race costs one allocation.
public final class Attributes {
    /// No attribute at all.
    public static final Attributes NONE = new Attributes(new String[0], new Value[0]);

    private static final int TABLE = 1 << 12;
    private static final @Nullable Attributes[] INTERNED = new Attributes[TABLE];
    private static final @Nullable Composed[] COMPOSED = new Composed[TABLE];

    private final String[] names;
    private final Value[] values;
    private final int hash;
    private final boolean clears;

    private record Composed(Attributes first, Attributes second, Attributes result) {}

    private Attributes(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
        this.hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
        boolean found = false;
        for (Value value : values) {
            found |= value instanceof Value.Clear;
        }
        this.clears = found;
    }

    public static Attributes of(String name, Value value) {
        return interned(new String[] {name}, new Value[] {value});
    }

    public static Attributes of(Map<String, ? extends Value> entries) {
        if (entries.isEmpty()) {
            return NONE;
        }
        SortedMap<String, Value> sorted = new TreeMap<>(entries);
        return interned(sorted.keySet().toArray(String[]::new), sorted.values().toArray(Value[]::new));
    }

    private static Attributes interned(String[] names, Value[] values) {
        if (names.length == 0) {
            return NONE;
        }
        var made = new Attributes(names, values);
        int slot = spread(made.hash) & (TABLE - 1);
        var known = INTERNED[slot];
        if (known != null && known.equals(made)) {
            return known;
        }
        INTERNED[slot] = made;
        return made;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    /// How many attributes.
    public int size() {
        return names.length;
    }

    public Optional<Value> get(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? Optional.empty() : Optional.of(values[at]);
    }

    public boolean has(String name) {
        return Arrays.binarySearch(names, name) >= 0;
    }

    /// Whether any value is {@link Value.Clear}.
    public boolean clears() {
        return clears;
    }

    /// This set with one value set (or replaced).
    public Attributes with(String name, Value value) {
        return merge(Attributes.of(name, value), false);
    }

    /// This set without one name.
    public Attributes without(String name) {
        return has(name) ? minusNames(Attributes.of(name, Value.TRUE)) : this;
    }

    /// In order of names.
    public void forEach(BiConsumer<String, Value> visitor) {
        for (int i = 0; i < names.length; i++) {
            visitor.accept(names[i], values[i]);
        }
    }

    /// First this, then `later` over it. Removals stay, as between two retains.
    Attributes thenOnRetain(Attributes later) {
        return then(later, false);
    }

    /// First this, then `later` over it, on text that this change inserts: removals act and are
    /// dropped.
    public Attributes thenOnText(Attributes later) {
        return then(later, true);
    }

    private Attributes then(Attributes later, boolean onText) {
        if (later.names.length == 0 || (later == this && !clears)) {
            return this;
        }
        if (names.length == 0 && !(onText && later.clears)) {
            return later;
        }
        // Two results for one pair: text and retain differ only where something is cleared.
        if (onText && (later.clears || clears)) {
            return merge(later, true);
        }
        int slot = spread(31 * hash + later.hash) & (TABLE - 1);
        var known = COMPOSED[slot];
        if (known != null && known.first == this && known.second == later) {
            return known.result;
        }
        var result = merge(later, false);
        COMPOSED[slot] = new Composed(this, later, result);
        return result;
    }

    private Attributes merge(Attributes later, boolean dropClears) {
        var outNames = new String[names.length + later.names.length];
        var outValues = new Value[outNames.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < names.length || j < later.names.length) {
            int order = i == names.length ? 1 : j == later.names.length ? -1 : names[i].compareTo(later.names[j]);
            String name = order < 0 ? names[i] : later.names[j];
            Value value = order < 0 ? values[i] : later.values[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (!(dropClears && value instanceof Value.Clear)) {
                outNames[n] = name;
                outValues[n++] = value;
            }
        }
        return interned(Arrays.copyOf(outNames, n), Arrays.copyOf(outValues, n));
    }

    /// What is left of this when `winner` sets the same names: the losing side of two concurrent
    /// formats.
    Attributes yieldingTo(Attributes winner) {
        return names.length == 0 || winner.names.length == 0 ? this : minusNames(winner);
    }

    private Attributes minusNames(Attributes other) {
        int kept = 0;
        for (String name : names) {
            kept += other.has(name) ? 0 : 1;
        }
        if (kept == names.length) {
            return this;
        }
        var outNames = new String[kept];
        var outValues = new Value[kept];
        int n = 0;
        for (int i = 0; i < names.length; i++) {
            if (!other.has(names[i])) {
                outNames[n] = names[i];
                outValues[n++] = values[i];
            }
        }
        return interned(outNames, outValues);
    }

    /// The retain attributes that lead from text formatted `after` back to text formatted like
    /// this. Law: `after.thenOnText(before.backFrom(change)) == before` where `after =
    /// before.thenOnText(change)`.
    public Attributes backFrom(Attributes change) {
        var back = NONE;
        for (String name : change.names) {
            back = back.with(name, get(name).orElse(Value.CLEAR));
        }
        // A name whose value did not change needs no way back, but keeping it is harmless and simpler to prove.
        return back;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Attributes that
                        && hash == that.hash
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// As `{bold,header=2,link='https://…',italic=-}`; for people, not for the wire.
    @Override
    public String toString() {
        var text = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            text.append(i == 0 ? "" : ",").append(names[i]);
            switch (values[i]) {
                case Value.Flag() -> {}
                case Value.Number(int number) -> text.append('=').append(number);
                case Value.Text(String value) -> text.append("='").append(value).append('\'');
                case Value.Clear() -> text.append("=-");
            }
        }
        return text.append('}').toString();
    }
}
