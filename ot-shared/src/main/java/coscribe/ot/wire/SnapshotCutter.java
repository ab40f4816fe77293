package coscribe.ot.wire;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Document;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.SnapshotPart;
import coscribe.ot.protocol.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Cuts a document into frames, in one pass over it: first the text, then the comment threads. A
/// thread that does not fit goes on in the next piece, under the same id.
final class SnapshotCutter {
    /// Room for the fields around a piece.
    private static final int ENVELOPE = 256;
    private static final int ROOM = Limits.PART_BYTES - ENVELOPE;

    private record Piece(Delta text, Threads threads) {}

    private final List<Piece> done = new ArrayList<>();
    private DeltaBuilder text = new DeltaBuilder();
    private SortedMap<String, Threads.Thread> threads = new TreeMap<>();
    private long used;

    private SnapshotCutter() {}

    static List<SnapshotPart> cut(Document document, Revision revision) {
        var cutter = new SnapshotCutter();
        cutter.text(document.text().asDelta());
        document.threads().byId().forEach(cutter::thread);
        cutter.flush();
        var parts = new ArrayList<SnapshotPart>();
        for (Piece piece : cutter.done) {
            parts.add(new SnapshotPart(revision, parts.size() + 1, cutter.done.size(), piece.text(), piece.threads()));
        }
        return parts;
    }

    private void flush() {
        done.add(new Piece(text.build(), new Threads(threads)));
        text = new DeltaBuilder();
        threads = new TreeMap<>();
        used = 0;
    }

    private void require(long bytes) {
        if (used > 0 && used + bytes > ROOM) {
            flush();
        }
    }

    private void text(Delta whole) {
        whole.forEach(new Delta.Visitor() {
            @Override
            public void retain(int length, Attributes set) {
                throw new IllegalStateException("a text retains nothing");
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                run(source, from, to, set);
            }

            @Override
            public void delete(int length) {
                throw new IllegalStateException("a text deletes nothing");
            }
        });
    }

    private void run(String source, int from, int to, Attributes set) {
        long around = Weight.of("") + Weight.of(set);
        int at = from;
        while (at < to) {
            require(around + 4);
            used += around;
            int end = at;
            while (end < to) {
                int pair = Character.isHighSurrogate(source.charAt(end)) && end + 1 < to ? 2 : 1;
                int bytes = Weight.of(source.charAt(end)) * pair;
                if (end > at && used + bytes > ROOM) {
                    break;
                }
                used += bytes;
                end += pair;
            }
            text.insert(source, at, end, set);
            at = end;
        }
    }

    private void thread(String id, Threads.Thread thread) {
        long around = Weight.of(id) + 16;
        var comments = new ArrayList<Threads.Comment>();
        require(around);
        used += around;
        for (Threads.Comment comment : thread.comments()) {
            long bytes = Weight.of(comment);
            if (used + bytes > ROOM) {
                threads.put(id, new Threads.Thread(thread.resolved(), comments));
                flush();
                used += around;
                comments.clear();
            }
            used += bytes;
            comments.add(comment);
        }
        threads.put(id, new Threads.Thread(thread.resolved(), comments));
    }
}
