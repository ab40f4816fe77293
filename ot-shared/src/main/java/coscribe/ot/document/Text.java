package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.DeltaMismatchException;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Formatted characters, immutable. Versions share what they have in common: where one writes on
/// in one place, a keystroke copies one chunk of at most 128 characters, and elsewhere two short
/// tables as well, whatever the length. Positions are UTF-16 code units.
public final class Text {
    public static final Text EMPTY = of(new Block[] {Block.of(new Chunk[] {Chunk.EMPTY})});

    // The tables, at least one block; they do not know what was written at the focus.
    private final Block[] blocks;
    private final int[] ends; // where each block ends

    // The chunk where the last change was made: in the place of the one that the tables have there.
    private final Place at; // by the tables
    private final Chunk focus;
    private final int grown; // by how much it is longer than the one in the tables

    // The last unit, for a document looks at it after each change; anything in an empty text.
    private final char last;

    private Text(Block[] blocks, int[] ends, Place at, Chunk focus, char last) {
        this.blocks = blocks;
        this.ends = ends;
        this.at = at;
        this.focus = focus;
        this.grown = focus.length() - at.units();
        this.last = last;
    }

    /// With the focus, for want of a better place, at the beginning.
    private static Text settledIn(Block[] blocks, int[] ends) {
        Chunk first = blocks[0].chunks()[0];
        return new Text(blocks, ends, new Place(0, 0, 0, first.length()), first, blocks[blocks.length - 1].lastUnit());
    }

    private static Text of(Block[] blocks) {
        var ends = new int[blocks.length];
        int end = 0;
        for (int i = 0; i < blocks.length; i++) {
            end += blocks[i].length();
            ends[i] = end;
        }
        return settledIn(blocks, ends);
    }

    public int length() {
        return ends[ends.length - 1] + grown;
    }

    int blockCount() {
        return blocks.length;
    }

    int chunkCount(int block) {
        return blocks[block].chunks().length;
    }

    Chunk chunk(int block, int chunk) {
        return block == at.block() && chunk == at.chunk()
                ? focus
                : blocks[block].chunks()[chunk];
    }

    private Chunk chunk(Place place) {
        return chunk(place.block(), place.chunk());
    }

    private Place placeOf(int position) {
        if (position < at.start()) {
            return tabled(position, 0);
        }
        return position < at.end() + grown ? at.stretched(grown) : tabled(position - grown, grown);
    }

    private Place tabled(int position, int shift) {
        int block = Ends.find(ends, position);
        int start = Ends.startOf(ends, block);
        int[] chunkEnds = blocks[block].ends();
        int chunk = Ends.find(chunkEnds, position - start);
        return new Place(
                block, chunk, start + Ends.startOf(chunkEnds, chunk) + shift, start + chunkEnds[chunk] + shift);
    }

    /// The text after `delta`. Costs what the change touches, not what the text holds.
    public Text apply(Delta delta) {
        requireBase(delta);
        if (delta.isIdentity()) {
            return this;
        }
        int from = delta.untouchedAtStart();
        int more = delta.targetLength() - delta.baseLength();
        var set = formattingOfOneReplacement(delta);
        int to = set == null ? length() - delta.untouchedAtEnd() : from + delta.insertedLength() - more;
        if (holds(from, to, more)) {
            return changed(delta, set, from, to, more);
        }
        if (from > at.start() && to <= at.end() + grown) {
            return rewritten(delta, from, to, more); // the focus is among what is written anew
        }
        var here = settled().focusedOn(Math.max(0, from - 1));
        return here.holds(from, to, more)
                ? here.changed(delta, set, from, to, more)
                : here.rewritten(delta, from, to, more);
    }

    /// How all that is inserted is formatted, if the change replaces one stretch and does nothing
    /// else, as a keystroke does.
    private static @Nullable Attributes formattingOfOneReplacement(Delta delta) {
        Attributes set = null;
        for (int i = delta.untouchedAtStart() > 0 ? 1 : 0; i < delta.size(); i++) {
            if (delta.isRetain(i) || (delta.isInsert(i) && set != null && !set.equals(delta.attributes(i)))) {
                return null;
            }
            set = delta.isInsert(i) ? delta.attributes(i) : set;
        }
        return set == null ? Attributes.NONE : set;
    }

    /// Whether a change of `[from, to)` leaves the focus a chunk of a good size and touches no
    /// other.
    private boolean holds(int from, int to, int more) {
        int units = focus.length() + more;
        return from >= at.start() && to <= at.end() + grown && units >= Chunk.MIN && units <= Chunk.MAX;
    }

    /// @param set  how what is inserted is formatted, where the change replaces one stretch
    private Text changed(Delta delta, @Nullable Attributes set, int from, int to, int more) {
        Chunk changed = changedFocus(delta, set, from, to, more);
        return new Text(blocks, ends, at, changed, to < length() ? last : changed.lastUnit());
    }

    private Chunk changedFocus(Delta delta, @Nullable Attributes set, int from, int to, int more) {
        if (set != null) {
            int offset = from - at.start();
            int run = focus.runThatHolds(offset, to - from, delta.insertedLength(), set);
            if (run >= 0) {
                return focus.replaced(run, offset, to - from, delta.insertedText());
            }
        }
        return written(delta, at, to, at.end() + grown, focus.length() + more).finishSingle();
    }

    /// The same text, with what was written at the focus in its tables.
    private Text settled() {
        if (blocks[at.block()].chunks()[at.chunk()] == focus) {
            return this;
        }
        var next = blocks.clone();
        next[at.block()] = blocks[at.block()].with(at.chunk(), focus);
        return new Text(next, Ends.grown(ends, at.block(), grown), at.stretched(grown), focus, last);
    }

    /// The same text, ready to be changed in the chunk that holds `position`.
    private Text focusedOn(int position) {
        var place = placeOf(position);
        return new Text(blocks, ends, place, chunk(place), last);
    }

    /// The chunks from the one with the unit in front of the change to the one with its last unit
    /// are written anew, and neighbours with them where too little would be left for a chunk of
    /// its own. The focus is settled, or it is one of these chunks.
    private Text rewritten(Delta delta, int from, int to, int more) {
        var first = placeOf(Math.max(0, from - 1));
        var last = to <= first.end() ? first : placeOf(to - 1);
        int units = last.end() - first.start() + more;
        while (units < Chunk.MIN && (first.start() > 0 || last.end() < length())) {
            if (last.end() < length()) {
                last = placeOf(last.end());
                units += last.units();
            } else {
                first = placeOf(first.start() - 1);
                units += first.units();
            }
        }
        Chunk[] fresh = written(delta, first, to, last.end(), units).finish();
        return spliced(first, last, fresh).focusedOn(Math.max(0, to + more - 1));
    }

    private ChunkWriter written(Delta delta, Place first, int to, int end, int units) {
        var writer = new ChunkWriter(this, first, units);
        writer.write(delta);
        writer.copy(end - to, Attributes.NONE);
        return writer;
    }

    private Text spliced(Place first, Place last, Chunk[] fresh) {
        int from = first.block();
        int to = last.block() + 1;
        int inBlock = blocks[from].chunks().length + fresh.length - (last.chunk() + 1 - first.chunk());
        if (to == from + 1 && inBlock >= Block.MIN && inBlock <= Block.MAX) {
            var next = blocks.clone();
            next[from] = blocks[from].spliced(first.chunk(), last.chunk() + 1, fresh);
            return settledIn(next, Ends.grown(ends, from, next[from].length() - blocks[from].length()));
        }
        Chunk[] before = blocks[from].chunks();
        Chunk[] after = blocks[last.block()].chunks();
        int behind = after.length - last.chunk() - 1;
        Chunk[] all = Arrays.copyOf(before, first.chunk() + fresh.length + behind);
        System.arraycopy(fresh, 0, all, first.chunk(), fresh.length);
        System.arraycopy(after, last.chunk() + 1, all, first.chunk() + fresh.length, behind);
        while (all.length < Block.MIN && (from > 0 || to < blocks.length)) {
            all = to < blocks.length ? joined(all, blocks[to++].chunks()) : joined(blocks[--from].chunks(), all);
        }
        if (all.length == 0) {
            return EMPTY;
        }
        Block[] middle = Block.allOf(all);
        var next = new Block[from + middle.length + blocks.length - to];
        System.arraycopy(blocks, 0, next, 0, from);
        System.arraycopy(middle, 0, next, from, middle.length);
        System.arraycopy(blocks, to, next, from + middle.length, blocks.length - to);
        return of(next);
    }

    private static Chunk[] joined(Chunk[] front, Chunk[] back) {
        var all = Arrays.copyOf(front, front.length + back.length);
        System.arraycopy(back, 0, all, front.length, back.length);
        return all;
    }

    /// This text with another one behind it.
    public Text plus(Text behind) {
        var out = new DeltaBuilder().retain(length());
        behind.forEachRun(0, behind.length(), out::insert);
        return apply(out.build());
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
        if (delta.baseLength() != length()) {
            throw new DeltaMismatchException("a change for " + delta.baseLength() + " units met a text of " + length());
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
        Objects.checkFromToIndex(start, end, length());
        int done = start;
        while (done < end) {
            var place = placeOf(done);
            Chunk chunk = chunk(place);
            var view = CharBuffer.wrap(chunk.text());
            int stop = Math.min(end, place.end()) - place.start();
            int from = done - place.start();
            for (int run = chunk.runAt(from); from < stop; run++) {
                int to = Math.min(stop, chunk.runEnd(run));
                visitor.run(view, from, to, chunk.attributes()[run]);
                from = to;
            }
            done = place.start() + stop;
        }
    }

    /// The last unit. The text must not be empty.
    char last() {
        return last;
    }

    public char charAt(int position) {
        int offset = position - at.start();
        if (offset >= 0 && offset < focus.length()) {
            return focus.text()[offset];
        }
        var place = placeOf(Objects.checkIndex(position, length()));
        return chunk(place).text()[position - place.start()];
    }

    /// Whether `position` (0 to the length) lies inside of a surrogate pair.
    boolean cutsPair(int position) {
        int offset = position - at.start();
        if (offset > 0 && offset < focus.length()) {
            char[] text = focus.text();
            return Character.isLowSurrogate(text[offset]) && Character.isHighSurrogate(text[offset - 1]);
        }
        return position > 0
                && position < length()
                && Character.isLowSurrogate(charAt(position))
                && Character.isHighSurrogate(charAt(position - 1));
    }

    /// The formatting of the unit at `position`.
    public Attributes attributesAt(int position) {
        var place = placeOf(Objects.checkIndex(position, length()));
        Chunk chunk = chunk(place);
        return chunk.attributes()[chunk.runAt(position - place.start())];
    }

    public String substring(int start, int end) {
        var text = new StringBuilder(end - start);
        forEachRun(start, end, (source, from, to, ignored) -> text.append(source, from, to));
        return text.toString();
    }

    /// The characters without their formatting. Linear; not for every keystroke.
    public String plain() {
        return substring(0, length());
    }

    /// For tests of how a text is cut.
    List<Chunk> chunks() {
        return Stream.of(settled().blocks)
                .flatMap(block -> Stream.of(block.chunks()))
                .toList();
    }

    /// How many units, up to `most`, are the same from the beginning of both texts on, characters and
    /// formatting.
    public int sharedAtStart(Text other, int most) {
        int done = 0;
        while (done < most) {
            var here = placeOf(done);
            var there = other.placeOf(done);
            int units = Math.min(most, Math.min(here.end(), there.end())) - done;
            int same = Likeness.forwards(
                    chunk(here), done - here.start(), other.chunk(there), done - there.start(), units);
            done += same;
            if (same < units) {
                break;
            }
        }
        return done;
    }

    /// How many units, up to `most`, are the same in front of `end` and of `otherEnd` in the other
    /// text, from there back.
    public int sharedInFrontOf(int end, Text other, int otherEnd, int most) {
        int done = 0;
        while (done < most) {
            var here = placeOf(end - done - 1);
            var there = other.placeOf(otherEnd - done - 1);
            int behindHere = end - done - here.start();
            int behindThere = otherEnd - done - there.start();
            int units = Math.min(most - done, Math.min(behindHere, behindThere));
            int same = Likeness.backwards(chunk(here), behindHere, other.chunk(there), behindThere, units);
            done += same;
            if (same < units) {
                break;
            }
        }
        return done;
    }

    /// This text as one change to nothing.
    public Delta asDelta() {
        var out = new DeltaBuilder();
        forEachRun(0, length(), out::insert);
        return out.build();
    }

    /// Same characters, same formatting; how they are cut into chunks does not matter.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Text that && length() == that.length() && isAllSharedWith(that));
    }

    private boolean isAllSharedWith(Text other) {
        return sharedAtStart(other, length()) == length();
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
