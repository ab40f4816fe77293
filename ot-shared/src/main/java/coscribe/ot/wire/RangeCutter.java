package coscribe.ot.wire;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a composed run of commits into frames: first the text's change, by {@link Delta#split},
/// then the thread events, which keep their order.
final class RangeCutter {
    /// Room for the fields around a piece, and for what a cut adds to it.
    private static final int ENVELOPE = 512;
    private static final int ROOM = Limits.PART_BYTES - ENVELOPE;
    private static final int LEAST_COMPONENTS = 3;
    private static final int LEAST_UNITS = 2;

    private RangeCutter() {}

    static List<Range> cut(Revision from, Revision to, Change change, Optional<ContentHash> contentHash) {
        var pieces = pieces(change);
        var parts = new ArrayList<Range>();
        for (Change piece : pieces) {
            boolean last = parts.size() == pieces.size() - 1;
            parts.add(
                    new Range(from, to, parts.size() + 1, pieces.size(), piece, last ? contentHash : Optional.empty()));
        }
        return parts;
    }

    private static List<Change> pieces(Change change) {
        var pieces = new ArrayList<Change>();
        Delta rest = change.delta();
        while (true) {
            var fits = new Beginning(rest);
            if (fits.whole()) {
                addEvents(pieces, rest, fits.bytes, change.events());
                return pieces;
            }
            var split = rest.split(Math.max(LEAST_COMPONENTS, fits.components), Math.max(LEAST_UNITS, fits.units));
            pieces.add(Change.of(split.first()));
            rest = split.rest();
        }
    }

    private static void addEvents(List<Change> pieces, Delta delta, long bytes, List<ThreadEvent> events) {
        Delta beside = delta;
        long used = bytes;
        var some = new ArrayList<ThreadEvent>();
        for (ThreadEvent event : events) {
            long more = Weight.of(event);
            if (used > 0 && used + more > ROOM) {
                pieces.add(new Change(beside, some));
                beside = Delta.identity(delta.targetLength());
                used = 0;
                some.clear();
            }
            used += more;
            some.add(event);
        }
        pieces.add(new Change(beside, some));
    }

    /// The longest beginning of a delta that fits into one frame.
    private static final class Beginning implements Delta.Visitor {
        private final int size;
        private long bytes;
        private int components;
        private int units;
        private boolean full;

        Beginning(Delta delta) {
            this.size = delta.size();
            delta.forEach(this);
        }

        boolean whole() {
            return !full && components == size;
        }

        private void component(long more) {
            full |= bytes + more > ROOM;
            if (!full) {
                bytes += more;
                components++;
            }
        }

        @Override
        public void retain(int length, Attributes set) {
            component(Weight.NUMBER + (set.isEmpty() ? 0 : Weight.of(set)));
        }

        @Override
        public void delete(int length) {
            component(Weight.NUMBER);
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            if (full) {
                return;
            }
            bytes += Weight.of("") + (set.isEmpty() ? 0 : Weight.of(set));
            for (int i = from; i < to; i++) {
                int more = Weight.of(source.charAt(i));
                if (bytes + more > ROOM) {
                    full = true;
                    components++; // its beginning goes with this piece
                    return;
                }
                bytes += more;
                units++;
            }
            components++;
        }
    }
}
