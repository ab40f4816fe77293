package coscribe.ot.wire;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Range;
import coscribe.ot.protocol.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a composed run of commits into frames: first the text's change, by {@link Delta#split},
/// then the thread events, which keep their order.
final class RangeCutter {
    /// Room for the fields around a piece, and for what a cut adds to it.
    private static final int ENVELOPE = 512;
    private static final int ROOM = Limits.PART_BYTES - ENVELOPE;

    private RangeCutter() {}

    static List<Range> cut(Revision from, Revision to, Change change, ContentHash contentHash) {
        var pieces = pieces(change);
        var parts = new ArrayList<Range>();
        for (Change piece : pieces) {
            boolean last = parts.size() == pieces.size() - 1;
            var hash = last ? Optional.of(contentHash) : Optional.<ContentHash>empty();
            parts.add(new Range(from, to, parts.size() + 1, pieces.size(), piece, hash));
        }
        return parts;
    }

    private static List<Change> pieces(Change change) {
        var pieces = new ArrayList<Change>();
        Delta rest = change.delta();
        while (true) {
            var split = Weight.split(rest, Integer.MAX_VALUE, Integer.MAX_VALUE, ROOM);
            if (split.rest().isIdentity()) {
                addEvents(pieces, split.first(), change.events());
                return pieces;
            }
            pieces.add(Change.of(split.first()));
            rest = split.rest();
        }
    }

    private static void addEvents(List<Change> pieces, Delta delta, List<ThreadEvent> events) {
        Delta beside = delta;
        long used = Weight.of(delta);
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
}
