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
/// Thread-safe: the tables hold immutable objects; a lost race costs one allocation.
public final class Attributes {
    /// No attribute at all.
    public static final Attributes NONE = new Attributes(new String[0], new Value[0]);

    private static final int TABLE = 1 << 12;
    /// What is longer is not worth keeping: the table's bytes are bounded, whoever fills it.
    private static final int SMALL = 512;

    private static final @Nullable Attributes[] INTERNED = new Attributes[TABLE];
    private static final Memo ON_RETAIN = new Memo((first, later) -> first.merge(later, false));
    private static final Memo ON_TEXT = new Memo((first, later) -> first.merge(later, true));
    private static final Memo YIELDING = new Memo(Attributes::minusNames);

    private final String[] names;
    private final Value[] values;
    private final int hash;
    private final boolean clears;
    private final boolean small;

    private Attributes(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
        this.hash = 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
        boolean found = false;
        int units = 0;
        for (int i = 0; i < names.length; i++) {
            found |= values[i] instanceof Value.Clear;
            units += names[i].length() + (values[i] instanceof Value.Text(String text) ? text.length() : 0);
        }
        this.clears = found;
        this.small = units <= SMALL;
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
        if (!made.small) {
            return made;
        }
        int slot = (made.hash ^ (made.hash >>> 15)) & (TABLE - 1);
        var known = INTERNED[slot];
        if (known != null && known.equals(made)) {
            return known;
        }
        INTERNED[slot] = made;
        return made;
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

    /// Whether it is kept in tables. All but long links and descriptions are.
    boolean isSmall() {
        return small;
    }

    /// First this, then `later` over it. Removals stay, as between two retains.
    Attributes thenOnRetain(Attributes later) {
        if (later.names.length == 0 || later == this) {
            return this;
        }
        return names.length == 0 ? later : ON_RETAIN.of(this, later);
    }

    /// First this, then `later` over it, on text that this change inserts: removals act and are
    /// dropped.
    public Attributes thenOnText(Attributes later) {
        if (later.names.length == 0 || (later == this && !clears)) {
            return this;
        }
        return names.length == 0 && !later.clears ? later : ON_TEXT.of(this, later);
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
        return names.length == 0 || winner.names.length == 0 ? this : YIELDING.of(this, winner);
    }

    /// Both sides are sorted: one walk past both, as the names may be many and long.
    private Attributes minusNames(Attributes other) {
        var outNames = new String[names.length];
        var outValues = new Value[names.length];
        int n = 0;
        int j = 0;
        for (int i = 0; i < names.length; i++) {
            int order = -1;
            while (j < other.names.length && (order = names[i].compareTo(other.names[j])) > 0) {
                j++;
            }
            if (j == other.names.length || order < 0) {
                outNames[n] = names[i];
                outValues[n++] = values[i];
            }
        }
        return n == names.length ? this : interned(Arrays.copyOf(outNames, n), Arrays.copyOf(outValues, n));
    }

    /// The retain attributes that lead from text formatted `after` back to text formatted like
    /// this. Law: `after.thenOnText(before.backFrom(change)) == before` where `after =
    /// before.thenOnText(change)`.
    public Attributes backFrom(Attributes change) {
        // A name whose value does not change needs no way back, but keeping it is harmless and simpler to prove.
        var back = new Value[change.names.length];
        for (int i = 0; i < back.length; i++) {
            back[i] = get(change.names[i]).orElse(Value.CLEAR);
        }
        return interned(change.names, back);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Attributes that && hash == that.hash && isLike(that));
    }

    // apart, so that the comparison of pointers, which is mostly enough, is inlined everywhere
    private boolean isLike(Attributes that) {
        return Arrays.equals(names, that.names) && Arrays.equals(values, that.values);
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
                case Value.Text(String value) -> text.append('=').append(quoted(value));
                case Value.Clear() -> text.append("=-");
            }
        }
        return text.append('}').toString();
    }

    /// In single quotes, with a backslash before what would end or break the line.
    static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "'";
    }
}
