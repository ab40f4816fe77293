package coscribe.ot.document;

import java.util.Arrays;

/// Some neighbouring chunks. Two levels, so that a keystroke copies two short tables, however
/// long the text.
///
/// @param chunks  at least one
/// @param ends    where each chunk ends, counted from the block's beginning
record Block(Chunk[] chunks, int[] ends) {
    static final int MAX = 64;
    /// No block holds fewer chunks, but for a text that is smaller as a whole.
    static final int MIN = MAX / 4;

    static Block of(Chunk[] chunks) {
        var ends = new int[chunks.length];
        int at = 0;
        for (int i = 0; i < chunks.length; i++) {
            at += chunks[i].length();
            ends[i] = at;
        }
        return new Block(chunks, ends);
    }

    /// As few blocks as can hold these chunks, of about one size.
    static Block[] allOf(Chunk[] chunks) {
        int count = (chunks.length + MAX - 1) / MAX;
        if (count == 1) {
            return new Block[] {of(chunks)};
        }
        var blocks = new Block[count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) chunks.length * i / count);
            int to = (int) ((long) chunks.length * (i + 1) / count);
            blocks[i] = of(Arrays.copyOfRange(chunks, from, to));
        }
        return blocks;
    }

    int length() {
        return ends[ends.length - 1];
    }

    char lastUnit() {
        return chunks[chunks.length - 1].lastUnit();
    }

    /// This block with `fresh` in the place of the chunks from `from` up to `to`.
    Block spliced(int from, int to, Chunk[] fresh) {
        int behind = from + fresh.length;
        Chunk[] next = Arrays.copyOf(chunks, behind + chunks.length - to);
        int[] nextEnds = Arrays.copyOf(ends, next.length);
        int end = Ends.startOf(ends, from);
        for (int i = 0; i < fresh.length; i++) {
            next[from + i] = fresh[i];
            end += fresh[i].length();
            nextEnds[from + i] = end;
        }
        System.arraycopy(chunks, to, next, behind, chunks.length - to);
        int grown = end - Ends.startOf(ends, to);
        for (int i = to; i < chunks.length; i++) {
            nextEnds[behind + i - to] = ends[i] + grown;
        }
        return new Block(next, nextEnds);
    }

    /// This block with another chunk in the place of one.
    Block with(int index, Chunk chunk) {
        var next = chunks.clone();
        next[index] = chunk;
        return new Block(next, Ends.grown(ends, index, chunk.length() - chunks[index].length()));
    }
}
