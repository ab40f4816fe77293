package coscribe.ot.delta;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes a {@link Delta} from left to right, in normal form: no empty component, no two neighbours
/// of one kind with the same attributes, no plain retain at the end. An insert stays where it was
/// put among deletes.
///
/// Not thread-safe; one use.
public final class DeltaBuilder {
    static final Attributes[] ALL_PLAIN = {};
    private static final int SHORT = 32; // units; up to here a new string is quicker than a buffer for more

    private int[] ops;
    private Attributes[] attributes = ALL_PLAIN;
    private int size;
    private String text = ""; // all of it until it is long and there is another piece
    private @Nullable StringBuilder pieces;
    private long baseLength;
    private long targetLength;

    public DeltaBuilder() {
        this(2); // a keystroke
    }

    DeltaBuilder(int expected) {
        ops = new int[Math.max(2, expected)];
    }

    @CanIgnoreReturnValue
    public DeltaBuilder retain(int length) {
        return retain(length, Attributes.NONE);
    }

    @CanIgnoreReturnValue
    public DeltaBuilder retain(int length, Attributes set) {
        baseLength += length;
        targetLength += length;
        add(Delta.RETAIN, length, set);
        return this;
    }

    @CanIgnoreReturnValue
    public DeltaBuilder insert(String inserted) {
        return insert(inserted, Attributes.NONE);
    }

    @CanIgnoreReturnValue
    public DeltaBuilder insert(String inserted, Attributes set) {
        return insert(inserted, 0, inserted.length(), set);
    }

    /// Inserts `source[from, to)`.
    @CanIgnoreReturnValue
    public DeltaBuilder insert(CharSequence source, int from, int to, Attributes set) {
        if (set.clears()) {
            throw new IllegalArgumentException("inserted text cannot clear an attribute: " + set);
        }
        append(source, from, to);
        insertLength(to - from, set);
        return this;
    }

    private void append(CharSequence source, int from, int to) {
        if (pieces != null) {
            pieces.append(source, from, to);
        } else if (text.isEmpty()) {
            text = source.subSequence(from, to).toString();
        } else if (from < to) {
            if (text.length() < SHORT) {
                text = text.concat(source.subSequence(from, to).toString());
            } else {
                pieces = new StringBuilder(text).append(source, from, to);
            }
        }
    }

    private String text() {
        return pieces == null ? text : pieces.toString();
    }

    @CanIgnoreReturnValue
    public DeltaBuilder delete(int length) {
        baseLength += length;
        add(Delta.DELETE, length, Attributes.NONE);
        return this;
    }

    /// For transform, whose result shares the text of its input.
    void insertLength(int length, Attributes set) {
        targetLength += length;
        add(Delta.INSERT, length, set);
    }

    private void add(int kind, int length, Attributes set) {
        if (length <= 0) {
            if (length < 0) {
                throw new IllegalArgumentException("a component of negative length " + length);
            }
            return;
        }
        if (size > 0
                && (ops[size - 1] & 3) == kind
                && (attributes.length == 0 ? set.isEmpty() : attributes[size - 1].equals(set))) {
            long sum = (long) (ops[size - 1] >>> 2) + length;
            requireFits(sum);
            ops[size - 1] = (int) sum << 2 | kind;
            return;
        }
        requireFits(length);
        if (size == ops.length) {
            ops = Arrays.copyOf(ops, size * 2);
            if (attributes.length != 0) {
                attributes = Arrays.copyOf(attributes, ops.length);
            }
        }
        if (attributes.length == 0 && !set.isEmpty()) {
            attributes = new Attributes[ops.length];
            Arrays.fill(attributes, 0, size, Attributes.NONE);
        }
        if (attributes.length != 0) {
            attributes[size] = set;
        }
        ops[size++] = length << 2 | kind;
    }

    static void requireFits(long length) {
        if (length > Delta.MAX_LENGTH) {
            throw new IllegalArgumentException("a component of " + length + " units, over " + Delta.MAX_LENGTH);
        }
    }

    /// Whatever the base holds beyond the last component is kept: `length` is the whole base, in
    /// units.
    public Delta build(int length) {
        if (length < baseLength) {
            throw new DeltaMismatchException("components cover " + baseLength + " units of a base of " + length);
        }
        return build(length, text());
    }

    /// The base is exactly what the components cover.
    public Delta build() {
        requireFits(baseLength);
        return build((int) baseLength, text());
    }

    Delta build(int length, String inserted) {
        long target = targetLength + (length - baseLength);
        requireFits(target);
        while (size > 0
                && (ops[size - 1] & 3) == Delta.RETAIN
                && (attributes.length == 0 || attributes[size - 1].isEmpty())) {
            size--;
        }
        return new Delta(
                ops.length == size ? ops : Arrays.copyOf(ops, size),
                attributes.length == 0 || attributes.length == size ? attributes : Arrays.copyOf(attributes, size),
                inserted,
                length,
                (int) target);
    }
}
