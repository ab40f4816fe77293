package coscribe.ot.document;

import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import java.util.ArrayList;
import java.util.List;

/// What one commit does to a document: a change of its text and what happened to its comment
/// threads.
public record Change(Delta delta, List<ThreadEvent> events) {
    public Change {
        events = List.copyOf(events);
    }

    public static Change of(Delta delta) {
        return new Change(delta, List.of());
    }

    /// Nothing, for a text of `length` units.
    public static Change identity(int length) {
        return of(Delta.identity(length));
    }

    public boolean isIdentity() {
        return delta.isIdentity() && events.isEmpty();
    }

    /// First this, then `after`; events in order.
    public Change compose(Change after) {
        if (after.events.isEmpty()) {
            return new Change(delta.compose(after.delta), events);
        }
        var all = new ArrayList<>(events);
        all.addAll(after.events);
        return new Change(delta.compose(after.delta), all);
    }

    /// This change as it reads after the concurrent `other`. Events do not move: their order is the
    /// log's.
    public Change transform(Change other, Side side) {
        return new Change(delta.transform(other.delta, side), events);
    }

    /// All of a run as one, composed as a balanced tree. At least one change.
    public static Change composeAll(List<Change> run) {
        var deltas = new ArrayList<Delta>(run.size());
        var events = new ArrayList<ThreadEvent>();
        for (Change change : run) {
            deltas.add(change.delta);
            events.addAll(change.events);
        }
        return new Change(Delta.composeAll(deltas), events);
    }
}
