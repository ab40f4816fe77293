package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import java.util.Arrays;

/// Writes some neighbouring chunks of a text anew, as a change leaves them. Chunks in between
/// that the change keeps as they are are taken over. Not thread-safe; one use.
final class ChunkWriter {
    /// What is read in bulk is cut into chunks that are three quarters full, so that there is
    /// room for typing.
    private static final int ROOM = Chunk.MAX * 3 / 2;
    private static final Attributes[] NO_RUNS = {};

    private final Text old;
    private int block;
    private int chunk;
    private Chunk reading;
    private int offset; // in `reading`
    private int untilWindow; // units of the change's first retain that lie in front of the window

    private final boolean single; // everything fits into one chunk
    private char[] text;
    private int length;
    private int[] cuts = Chunk.NO_CUTS;
    private Attributes[] runs = NO_RUNS;
    private int runCount;

    private Chunk[] done = {};
    private int count;
    private Attributes[] common; // the attributes of a chunk read or written before, to be shared

    /// @param from    the first chunk of the window
    /// @param length  of the window after the change, in units
    ChunkWriter(Text old, Place from, int length) {
        this.old = old;
        this.block = from.block();
        this.chunk = from.chunk();
        this.reading = old.chunk(block, chunk);
        this.common = reading.attributes();
        this.untilWindow = from.start();
        this.single = length <= Chunk.MAX;
        this.text = new char[Math.min(length, ROOM)];
    }

    void write(Delta delta) {
        String inserted = delta.insertedText();
        int at = 0;
        for (int i = 0; i < delta.size(); i++) {
            int units = delta.length(i);
            if (delta.isInsert(i)) {
                insert(inserted, at, at += units, delta.attributes(i));
            } else if (delta.isDelete(i)) {
                skip(units);
            } else {
                copy(units - untilWindow, delta.attributes(i));
                untilWindow = 0;
            }
        }
    }

    private void insert(String source, int from, int to, Attributes set) {
        int at = from;
        while (at < to) {
            int n = Math.min(to - at, room());
            source.getChars(at, at + n, text, length);
            extendRun(n, set);
            at += n;
        }
    }

    private void skip(int units) {
        int left = units;
        while (left > 0) {
            int n = Math.min(left, reading.length() - offset);
            left -= n;
            advance(n);
        }
    }

    /// Takes over so many units of the old text, formatted further by `set`.
    void copy(int units, Attributes set) {
        int left = units;
        while (left > 0) {
            int n = Math.min(left, reading.length() - offset);
            if (n == reading.length() && set.isEmpty() && readyToShare()) {
                add(reading);
            } else {
                copyPart(reading, offset, offset + n, set);
            }
            left -= n;
            advance(n);
        }
    }

    private void advance(int units) {
        offset += units;
        if (offset == reading.length()) {
            offset = 0;
            chunk++;
            if (chunk == old.chunkCount(block) && block + 1 < old.blockCount()) {
                chunk = 0;
                block++;
            }
            if (chunk < old.chunkCount(block)) {
                reading = old.chunk(block, chunk);
            }
        }
    }

    private boolean readyToShare() {
        if (single || reading.length() < Chunk.MIN || (length > 0 && length < Chunk.MIN)) {
            return false; // what is small is joined with what follows
        }
        flush();
        return true;
    }

    private void copyPart(Chunk from, int start, int end, Attributes set) {
        int at = start;
        int run = from.runAt(at);
        while (at < end) {
            int n = Math.min(Math.min(end, from.runEnd(run)) - at, room());
            System.arraycopy(from.text(), at, text, length, n);
            extendRun(n, from.attributes()[run].thenOnText(set));
            at += n;
            if (at == from.runEnd(run)) {
                run++;
            }
        }
    }

    private int room() {
        if (length == text.length) {
            flush();
        }
        return text.length - length;
    }

    private void extendRun(int units, Attributes set) {
        if (runCount == 0 || !runs[runCount - 1].equals(set)) {
            if (runCount == runs.length) {
                // mostly, a chunk has the runs that the one before it had, or a few more
                runs = Arrays.copyOf(runs, runCount == 0 ? common.length + 2 : runCount * 2);
                cuts = runCount == 0 ? cuts : Arrays.copyOf(cuts, runs.length);
            }
            if (runCount > 0) {
                cuts = cuts.length == 0 ? new int[runs.length] : cuts;
                cuts[runCount - 1] = length;
            }
            runs[runCount++] = set;
        }
        length += units;
    }

    private void flush() {
        if (length == 0) {
            return;
        }
        if (length <= Chunk.MAX) {
            add(cut(0, length));
        } else {
            int middle = length >>> 1;
            add(cut(0, middle));
            add(cut(middle, length));
        }
        length = 0;
        runCount = 0;
    }

    private Chunk cut(int from, int to) {
        int first = from == 0 ? 0 : Ends.find(cuts, runCount - 1, from);
        int last = to == length ? runCount - 1 : Ends.find(cuts, runCount - 1, to - 1);
        int[] inner = last == first ? Chunk.NO_CUTS : Arrays.copyOfRange(cuts, first, last);
        for (int i = 0; i < inner.length; i++) {
            inner[i] -= from;
        }
        if (!Arrays.equals(runs, first, last + 1, common, 0, common.length)) {
            common = Arrays.copyOfRange(runs, first, last + 1);
        }
        return new Chunk(single ? text : Arrays.copyOfRange(text, from, to), inner, common);
    }

    private void add(Chunk next) {
        if (count == done.length) {
            done = Arrays.copyOf(done, count * 2 + 1);
        }
        done[count++] = next;
    }

    /// The chunks of the window, all of a good size where the window is large enough for one.
    Chunk[] finish() {
        if (length > 0 && length < Chunk.MIN && count > 0) {
            joinWithLast();
        }
        flush();
        return done.length == count ? done : Arrays.copyOf(done, count);
    }

    /// The one chunk of a window that fits into one.
    Chunk finishSingle() {
        return length == 0 ? Chunk.EMPTY : cut(0, length);
    }

    private void joinWithLast() {
        Chunk last = done[--count];
        var rest = new Chunk(
                Arrays.copyOf(text, length), Arrays.copyOf(cuts, runCount - 1), Arrays.copyOf(runs, runCount));
        length = 0;
        runCount = 0;
        text = new char[last.length() + rest.length()];
        copyPart(last, 0, last.length(), Attributes.NONE);
        copyPart(rest, 0, rest.length(), Attributes.NONE);
    }
}
