package coscribe.ot.delta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change to a run of UTF-16 code units: keep, insert, delete, set attributes. Immutable, in
/// normal form, so equal deltas are equal objects. An insert keeps its place among deletes:
/// `[delete 3, insert "x"]` and `[insert "x", delete 3]` are different changes, and only so may
/// history be composed without anybody noticing.
///
/// The diamond, for `a` in the history (left) and `c` arriving (right):
/// ```
///            D
///        a ╱   ╲ c
///         ╱     ╲
///  c.transform    a.transform
///  (a, RIGHT) ╲  ╱ (c, LEFT)
///              same text
/// ```
public final class Delta {
    /// Upper bound of any length, in units.
    public static final int MAX_LENGTH = (1 << 29) - 1;

    static final int RETAIN = 0;
    static final int INSERT = 1;
    static final int DELETE = 2;
    private static final int END = 3;

    private final int[] ops; // length << 2 | kind
    private final Attributes[] attributes; // one for each op, or none at all: every op is plain
    private final String inserted;
    private final int baseLength;
    private final int targetLength;

    Delta(int[] ops, Attributes[] attributes, String inserted, int baseLength, int targetLength) {
        this.ops = ops;
        this.attributes = attributes;
        this.inserted = inserted;
        this.baseLength = baseLength;
        this.targetLength = targetLength;
    }

    /// Changes nothing in a text of `length` units.
    public static Delta identity(int length) {
        return new DeltaBuilder().build(length);
    }

    public static DeltaBuilder builder() {
        return new DeltaBuilder();
    }

    /// What a keystroke does to a text of `length` units: `inserted`, formatted as `set` says, comes
    /// into the place of the `deleted` units from `position` on. The same as what the builder makes
    /// of a retain, an insert and a delete, without its detours.
    public static Delta replacement(int length, int position, int deleted, String inserted, Attributes set) {
        if (position < 0 || deleted < 0 || set.clears()) {
            throw new IllegalArgumentException(
                    "a replacement of " + deleted + " units at " + position + " by text formatted " + set);
        }
        if (length - position < deleted) {
            throw new DeltaMismatchException(
                    "a replacement of " + deleted + " units at " + position + " in a text of " + length);
        }
        int more = inserted.length();
        DeltaBuilder.requireFits(length);
        DeltaBuilder.requireFits((long) length - deleted + more);
        if (deleted == 0 && more == 0) {
            return identity(length);
        }
        int kept = position > 0 ? 1 : 0;
        var ops = new int[kept + (more > 0 ? 1 : 0) + (deleted > 0 ? 1 : 0)];
        var attributes = DeltaBuilder.ALL_PLAIN;
        if (kept > 0) {
            ops[0] = position << 2 | RETAIN;
        }
        if (more > 0) {
            ops[kept] = more << 2 | INSERT;
            if (!set.isEmpty()) {
                attributes = new Attributes[ops.length];
                Arrays.fill(attributes, Attributes.NONE);
                attributes[kept] = set;
            }
        }
        if (deleted > 0) {
            ops[ops.length - 1] = deleted << 2 | DELETE;
        }
        return new Delta(ops, attributes, inserted, length, length - deleted + more);
    }

    /// Length of the text that this change applies to, in units.
    public int baseLength() {
        return baseLength;
    }

    /// Length of the text that it leaves, in units.
    public int targetLength() {
        return targetLength;
    }

    public boolean isIdentity() {
        return ops.length == 0;
    }

    /// How many components.
    public int size() {
        return ops.length;
    }

    /// Whether component `index` keeps text, formatted or not. The components in order are what
    /// {@link #forEach} visits.
    public boolean isRetain(int index) {
        return (ops[index] & 3) == RETAIN;
    }

    public boolean isInsert(int index) {
        return (ops[index] & 3) == INSERT;
    }

    public boolean isDelete(int index) {
        return (ops[index] & 3) == DELETE;
    }

    /// How many units component `index` keeps, inserts or deletes.
    public int length(int index) {
        return ops[index] >>> 2;
    }

    /// What component `index` sets over what it keeps, or how what it inserts is formatted.
    public Attributes attributes(int index) {
        return attributes.length == 0 ? Attributes.NONE : attributes[index];
    }

    /// How many units at the beginning of the text stay as they are.
    public int untouchedAtStart() {
        return ops.length > 0 && (ops[0] & 3) == RETAIN && attributes(0).isEmpty() ? ops[0] >>> 2 : 0;
    }

    /// How many units at the end of the text stay as they are.
    public int untouchedAtEnd() {
        int left = baseLength;
        for (int op : ops) {
            left -= (op & 3) == INSERT ? 0 : op >>> 2;
        }
        return left;
    }

    /// How many units are inserted.
    public int insertedLength() {
        return inserted.length();
    }

    /// All inserted text, in order.
    public String insertedText() {
        return inserted;
    }

    /// The components from left to right, without the plain retain at the end.
    public List<Op> ops() {
        var list = new ArrayList<Op>(ops.length);
        forEach(new Visitor() {
            @Override
            public void retain(int length, Attributes set) {
                list.add(new Op.Retain(length, set));
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                list.add(new Op.Insert(source.substring(from, to), set));
            }

            @Override
            public void delete(int length) {
                list.add(new Op.Delete(length));
            }
        });
        return list;
    }

    /// Receives the components from left to right without an allocation.
    public interface Visitor {
        void retain(int length, Attributes set);

        /// `source[from, to)` is inserted.
        void insert(String source, int from, int to, Attributes set);

        void delete(int length);
    }

    public void forEach(Visitor visitor) {
        int text = 0;
        for (int i = 0; i < ops.length; i++) {
            int length = ops[i] >>> 2;
            switch (ops[i] & 3) {
                case RETAIN -> visitor.retain(length, attributes(i));
                case INSERT -> visitor.insert(inserted, text, text += length, attributes(i));
                default -> visitor.delete(length);
            }
        }
    }

    /// First this, then `after`. The later insert goes in front of the earlier deletes at its
    /// place.
    public Delta compose(Delta after) {
        if (targetLength != after.baseLength) {
            throw new DeltaMismatchException(
                    "compose: the first leaves " + targetLength + " units, the second starts from " + after.baseLength);
        }
        if (isIdentity()) {
            return after;
        }
        if (after.isIdentity()) {
            return this;
        }
        var out = new DeltaBuilder(ops.length + after.ops.length);
        var first = new Cursor(this);
        var second = new Cursor(after);
        while (true) {
            if (second.kind == INSERT) {
                out.insert(after.inserted, second.text, second.text + second.left, second.set());
                second.skip(second.left);
            } else if (first.kind == DELETE) {
                out.delete(first.left);
                first.skip(first.left);
            } else if (first.kind == END && second.kind == END) {
                return out.build(baseLength);
            } else {
                composeKept(out, first, second, Math.min(first.left, second.left));
            }
        }
    }

    private void composeKept(DeltaBuilder out, Cursor first, Cursor second, int n) {
        if (first.kind == INSERT) {
            if (second.kind != DELETE) {
                out.insert(inserted, first.text, first.text + n, first.set().thenOnText(second.set()));
            }
        } else if (second.kind == DELETE) {
            out.delete(n);
        } else {
            out.retain(n, first.set().thenOnRetain(second.set()));
        }
        first.skip(n);
        second.skip(n);
    }

    /// This change as it reads after the concurrent `other`; `side` is where this one stands.
    /// Linear in the components.
    public Delta transform(Delta other, Side side) {
        if (baseLength != other.baseLength) {
            throw new DeltaMismatchException(
                    "transform: one starts from " + baseLength + " units, the other from " + other.baseLength);
        }
        if (isIdentity()) {
            return other.targetLength == baseLength ? this : identity(other.targetLength);
        }
        if (other.isIdentity()) {
            return this;
        }
        var out = new DeltaBuilder(ops.length + other.ops.length);
        var mine = new Cursor(this);
        var theirs = new Cursor(other);
        while (mine.kind != END) {
            if (mine.kind == INSERT && (side == Side.LEFT || theirs.kind != INSERT)) {
                out.insertLength(mine.left, mine.set());
                mine.skip(mine.left);
            } else if (theirs.kind == INSERT) {
                out.retain(theirs.left);
                theirs.skip(theirs.left);
            } else {
                int n = Math.min(mine.left, theirs.left);
                if (theirs.kind != DELETE) {
                    if (mine.kind == DELETE) {
                        out.delete(n);
                    } else {
                        out.retain(n, side == Side.LEFT ? mine.set().yieldingTo(theirs.set()) : mine.set());
                    }
                }
                mine.skip(n);
                theirs.skip(n);
            }
        }
        return out.build(other.targetLength, inserted);
    }

    /// Where `position` (0 to `baseLength`) of the old text is in the new one.
    public int mapPosition(int position, Bias bias) {
        if (position < 0 || position > baseLength) {
            throw new DeltaMismatchException("position " + position + " in a text of " + baseLength + " units");
        }
        int at = 0;
        int mapped = position;
        for (int i = 0; i < ops.length && at <= position; i++) {
            int length = ops[i] >>> 2;
            switch (ops[i] & 3) {
                case INSERT -> mapped += at < position || bias == Bias.AFTER ? length : 0;
                case DELETE -> {
                    mapped -= Math.min(length, position - at);
                    at += length;
                }
                default -> at += length;
            }
        }
        return mapped;
    }

    /// The first and the rest of a change that is too large to be sent at once:
    /// `first.compose(rest)` equals the whole.
    public record Split(Delta first, Delta rest) {}

    /// Cuts off the longest beginning of at most `maxComponents` components and `maxInserted`
    /// inserted units (at least 3 and 2). Never cuts a surrogate pair, and never between a delete
    /// and the insert behind it: composing would put that insert in front. `rest` is the identity
    /// where everything fits.
    public Split split(int maxComponents, int maxInserted) {
        if (maxComponents < 3 || maxInserted < 2) {
            throw new IllegalArgumentException("split needs room for three components and two units");
        }
        if (ops.length <= maxComponents && inserted.length() <= maxInserted) {
            return new Split(this, identity(targetLength));
        }
        int end = 0; // components that go whole into the first part
        int text = 0;
        while (end < Math.min(ops.length, maxComponents)) {
            int units = (ops[end] & 3) == INSERT ? ops[end] >>> 2 : 0;
            if (text + units > maxInserted) {
                break;
            }
            text += units;
            end++;
        }
        int part = 0; // units of component `end` that go into the first part as well
        if (end < ops.length && (ops[end] & 3) == INSERT && end < maxComponents) {
            part = wholePairs(text, maxInserted - text);
        }
        if (part == 0 && end < ops.length && end > 0 && (ops[end] & 3) == INSERT && (ops[end - 1] & 3) == DELETE) {
            end--; // the delete goes with its insert
        }
        var first = new DeltaBuilder(end + 1);
        var rest = new DeltaBuilder(ops.length - end + 1);
        int at = 0;
        for (int i = 0; i < ops.length; i++) {
            int length = ops[i] >>> 2;
            int into = i < end ? length : i == end ? part : 0;
            put(first, i, at, into);
            if (i < end || into > 0) {
                rest.retain((ops[i] & 3) == DELETE ? 0 : into);
            }
            put(rest, i, at + into, length - into);
            at += (ops[i] & 3) == INSERT ? length : 0;
        }
        Delta begun = first.build(baseLength);
        return new Split(begun, rest.build(begun.targetLength));
    }

    private int wholePairs(int from, int units) {
        return units > 0 && Character.isHighSurrogate(inserted.charAt(from + units - 1)) ? units - 1 : units;
    }

    private void put(DeltaBuilder out, int index, int text, int length) {
        switch (ops[index] & 3) {
            case RETAIN -> out.retain(length, attributes(index));
            case INSERT -> out.insert(inserted, text, text + length, attributes(index));
            default -> out.delete(length);
        }
    }

    /// All of a run, composed as a balanced tree: a left fold costs the square of its length. At
    /// least one change.
    public static Delta composeAll(List<Delta> run) {
        if (run.isEmpty()) {
            throw new IllegalArgumentException("nothing to compose");
        }
        return composeRange(run, 0, run.size());
    }

    private static Delta composeRange(List<Delta> run, int from, int to) {
        if (to - from == 1) {
            return run.get(from);
        }
        int middle = (from + to) >>> 1;
        return composeRange(run, from, middle).compose(composeRange(run, middle, to));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Delta that
                        && baseLength == that.baseLength
                        && Arrays.equals(ops, that.ops)
                        && inserted.equals(that.inserted)
                        && Arrays.equals(attributes, that.attributes));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(ops) + inserted.hashCode()) + baseLength;
    }

    /// As `4 +'hi'{bold} -2 3{italic} @9`, the base's length last; for people and tests, not for
    /// the wire.
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Op op : ops()) {
            switch (op) {
                case Op.Retain(int length, Attributes set) ->
                    text.append(length).append(set.isEmpty() ? "" : set);
                case Op.Insert(String value, Attributes set) ->
                    text.append('+').append(Attributes.quoted(value)).append(set.isEmpty() ? "" : set);
                case Op.Delete(int length) -> text.append('-').append(length);
            }
            text.append(' ');
        }
        return text.append('@').append(baseLength).toString();
    }

    /// Walks the components, any number of units at a time; behind the last one it keeps for ever.
    private static final class Cursor {
        private final Delta delta;
        private int index = -1;
        private int kind;
        private int left;
        private int text;

        Cursor(Delta delta) {
            this.delta = delta;
            advance();
        }

        private void advance() {
            index++;
            if (index < delta.ops.length) {
                kind = delta.ops[index] & 3;
                left = delta.ops[index] >>> 2;
            } else {
                kind = END;
                left = Integer.MAX_VALUE;
            }
        }

        void skip(int n) {
            text += kind == INSERT ? n : 0;
            if (kind != END) {
                left -= n;
                if (left == 0) {
                    advance();
                }
            }
        }

        Attributes set() {
            return kind == END || kind == DELETE ? Attributes.NONE : delta.attributes(index);
        }
    }
}
