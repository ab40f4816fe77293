package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.DeltaMismatchException;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Formatted characters, immutable. Versions share the chunks they have in common, so a keystroke
/// copies about a thousand characters and a table of chunk references, whatever the length.
/// Positions are UTF-16 code units.
public final class Text {
    public static final Text EMPTY = new Text(new Chunk[0]);

    private final Chunk[] chunks;
    private final int[] starts;
    private final int length;

    Text(Chunk[] chunks) {
        this.chunks = chunks;
        this.starts = new int[chunks.length];
        int at = 0;
        for (int i = 0; i < chunks.length; i++) {
            starts[i] = at;
            at += chunks[i].length();
        }
        this.length = at;
    }

    public int length() {
        return length;
    }

    Chunk chunk(int index) {
        return chunks[index];
    }

    int startOf(int index) {
        return starts[index];
    }

    int chunkCount() {
        return chunks.length;
    }

    void copyChunks(int from, int to, Chunk[] target, int at) {
        System.arraycopy(chunks, from, target, at, to - from);
    }

    int chunkAt(int position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : -found - 2;
    }

    /// The text after `delta`.
    public Text apply(Delta delta) {
        requireBase(delta);
        if (delta.isIdentity()) {
            return this;
        }
        var out = new ChunkBuilder(chunks.length + delta.insertedLength() / Chunk.MIN);
        var walk = new Delta.Visitor() {
            private int at;

            @Override
            public void retain(int units, Attributes set) {
                out.copy(Text.this, at, at + units, set);
                at += units;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                out.insert(source, from, to, set);
            }

            @Override
            public void delete(int units) {
                at += units;
            }
        };
        delta.forEach(walk);
        out.copy(this, walk.at, length, Attributes.NONE);
        return out.build();
    }

    /// This text with another one behind it.
    public Text plus(Text behind) {
        var out = new ChunkBuilder(chunks.length + behind.chunks.length);
        out.copy(this, 0, length, Attributes.NONE);
        out.copy(behind, 0, behind.length, Attributes.NONE);
        return out.build();
    }

    /// The change that takes `delta` back: `t.apply(d).apply(t.invert(d))` equals `t`, text and
    /// formatting.
    public Delta invert(Delta delta) {
        requireBase(delta);
        var out = new DeltaBuilder();
        delta.forEach(new Delta.Visitor() {
            private int at;

            @Override
            public void retain(int units, Attributes set) {
                if (set.isEmpty()) {
                    out.retain(units);
                } else {
                    forEachRun(at, at + units, (source, from, to, had) -> out.retain(to - from, had.backFrom(set)));
                }
                at += units;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                out.delete(to - from);
            }

            @Override
            public void delete(int units) {
                forEachRun(at, at + units, (source, from, to, had) -> out.insert(source, from, to, had));
                at += units;
            }
        });
        return out.build(delta.targetLength());
    }

    private void requireBase(Delta delta) {
        if (delta.baseLength() != length) {
            throw new DeltaMismatchException("a change for " + delta.baseLength() + " units met a text of " + length);
        }
    }

    /// Receives `source[from, to)`, a run of one formatting. Neighbouring runs may be formatted
    /// alike.
    @FunctionalInterface
    public interface RunVisitor {
        void run(CharSequence source, int from, int to, Attributes attributes);
    }

    /// The runs of `[start, end)`, cut at its ends.
    public void forEachRun(int start, int end, RunVisitor visitor) {
        if (start < 0 || end > length || start > end) {
            throw new IndexOutOfBoundsException("[" + start + ", " + end + ") of " + length + " units");
        }
        int at = start;
        for (int index = start < end ? chunkAt(start) : 0; at < end; index++) {
            Chunk chunk = chunks[index];
            var view = CharBuffer.wrap(chunk.text());
            int stop = Math.min(end - starts[index], chunk.length());
            int from = at - starts[index];
            for (int run = chunk.runAt(from); from < stop; run++) {
                int to = Math.min(stop, chunk.runEnds()[run]);
                visitor.run(view, from, to, chunk.attributes()[run]);
                from = to;
            }
            at = starts[index] + stop;
        }
    }

    public char charAt(int position) {
        int index = chunkAt(position);
        return chunks[index].text()[position - starts[index]];
    }

    /// The formatting of the unit at `position`.
    public Attributes attributesAt(int position) {
        int index = chunkAt(position);
        Chunk chunk = chunks[index];
        return chunk.attributes()[chunk.runAt(position - starts[index])];
    }

    public String substring(int start, int end) {
        var text = new StringBuilder(end - start);
        forEachRun(start, end, (source, from, to, ignored) -> text.append(source, from, to));
        return text.toString();
    }

    /// The characters without their formatting. Linear; not for every keystroke.
    public String plain() {
        return substring(0, length);
    }

    /// This text as one change to nothing.
    public Delta asDelta() {
        var out = new DeltaBuilder();
        forEachRun(0, length, out::insert);
        return out.build();
    }

    /// Same characters, same formatting; how they are cut into chunks does not matter.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Text that
                        && length == that.length
                        && asDelta().equals(that.asDelta()));
    }

    @Override
    public int hashCode() {
        return asDelta().hashCode();
    }

    @Override
    public String toString() {
        return asDelta().toString();
    }
}
