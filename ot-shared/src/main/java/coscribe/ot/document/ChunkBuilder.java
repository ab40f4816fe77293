package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import java.util.Arrays;

/// Makes the chunks of a new text from left to right, taking over whole chunks of the old one where
/// it can.
final class ChunkBuilder {
    private static final int ROOM = 2 * Chunk.MAX;

    private Chunk[] done;
    private int count;
    private final char[] text = new char[ROOM];
    private int length;
    private int[] runEnds = new int[16];
    private Attributes[] runs = new Attributes[16];
    private int runCount;

    ChunkBuilder(int expectedChunks) {
        done = new Chunk[expectedChunks + 4];
    }

    /// `from[start, end)` of the old text, formatted further by `set`.
    void copy(Text from, int start, int end, Attributes set) {
        int at = start;
        int index = at < end ? from.chunkAt(at) : 0;
        while (at < end) {
            Chunk chunk = from.chunk(index);
            int chunkStart = from.startOf(index);
            int stop = Math.min(end, chunkStart + chunk.length());
            if (set.isEmpty() && at == chunkStart && stop == chunkStart + chunk.length() && readyToShare(chunk)) {
                // as many whole chunks in one go as there are
                int last = index + 1;
                while (last < from.chunkCount()
                        && from.startOf(last) + from.chunk(last).length() <= end) {
                    last++;
                }
                share(from, index, last);
                index = last;
                at = last < from.chunkCount() ? from.startOf(last) : end;
                continue;
            }
            copyPart(chunk, at - chunkStart, stop - chunkStart, set);
            at = stop;
            index++;
        }
    }

    private boolean readyToShare(Chunk chunk) {
        if (length == 0) {
            return true;
        }
        if (length < Chunk.MIN && length + chunk.length() <= ROOM) {
            return false; // join the small rest with this neighbour
        }
        flush();
        return true;
    }

    private void share(Text from, int first, int end) {
        int n = end - first;
        ensure(n);
        from.copyChunks(first, end, done, count);
        count += n;
    }

    private void ensure(int more) {
        if (count + more > done.length) {
            done = Arrays.copyOf(done, Math.max(done.length * 2, count + more));
        }
    }

    private void copyPart(Chunk chunk, int start, int end, Attributes set) {
        int at = start;
        int run = chunk.runAt(at);
        while (at < end) {
            int stop = Math.min(end, chunk.runEnds()[run]);
            Attributes formatted = chunk.attributes()[run].thenOnText(set);
            int room = Math.min(stop - at, ROOM - length);
            System.arraycopy(chunk.text(), at, text, length, room);
            extendRun(room, formatted);
            at += room;
            if (at == chunk.runEnds()[run]) {
                run++;
            }
            if (length == ROOM) {
                flush();
            }
        }
    }

    void insert(String source, int from, int to, Attributes set) {
        int at = from;
        while (at < to) {
            int room = Math.min(to - at, ROOM - length);
            source.getChars(at, at + room, text, length);
            extendRun(room, set);
            at += room;
            if (length == ROOM) {
                flush();
            }
        }
    }

    private void extendRun(int units, Attributes set) {
        length += units;
        if (runCount > 0 && runs[runCount - 1].equals(set)) {
            runEnds[runCount - 1] = length;
            return;
        }
        if (runCount == runs.length) {
            runEnds = Arrays.copyOf(runEnds, runCount * 2);
            runs = Arrays.copyOf(runs, runCount * 2);
        }
        runEnds[runCount] = length;
        runs[runCount++] = set;
    }

    private void flush() {
        if (length == 0) {
            return;
        }
        ensure(2);
        if (length <= Chunk.MAX) {
            done[count++] = cut(0, length);
        } else {
            int middle = length >>> 1;
            done[count++] = cut(0, middle);
            done[count++] = cut(middle, length);
        }
        length = 0;
        runCount = 0;
    }

    private Chunk cut(int from, int to) {
        int first = 0;
        while (runEnds[first] <= from) {
            first++;
        }
        int last = first;
        while (runEnds[last] < to) {
            last++;
        }
        var ends = new int[last - first + 1];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Math.min(runEnds[first + i], to) - from;
        }
        return new Chunk(Arrays.copyOfRange(text, from, to), ends, Arrays.copyOfRange(runs, first, last + 1));
    }

    Text build() {
        if (length > 0 && length < Chunk.MIN && count > 0 && done[count - 1].length() + length <= Chunk.MAX) {
            joinWithLast();
        }
        flush();
        return new Text(done.length == count ? done : Arrays.copyOf(done, count));
    }

    private void joinWithLast() {
        Chunk last = done[--count];
        var restText = Arrays.copyOf(text, length);
        var restEnds = Arrays.copyOf(runEnds, runCount);
        var restRuns = Arrays.copyOf(runs, runCount);
        length = 0;
        runCount = 0;
        copyPart(last, 0, last.length(), Attributes.NONE);
        int at = 0;
        for (int i = 0; i < restEnds.length; i++) {
            System.arraycopy(restText, at, text, length, restEnds[i] - at);
            extendRun(restEnds[i] - at, restRuns[i]);
            at = restEnds[i];
        }
    }
}
