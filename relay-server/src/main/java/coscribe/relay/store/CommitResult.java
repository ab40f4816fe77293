package coscribe.relay.store;

import coscribe.ot.protocol.Revision;
import java.util.List;

/// What became of a commit. Everything but `Appended` wrote nothing.
public sealed interface CommitResult {
    /// All entries are in the log, durable as the store promises: the first at `expected` + 1, the
    /// others behind it.
    record Appended(Head head) implements CommitResult {}

    /// Entry `index` was committed before, as `revision`; it is acknowledged whatever the role is
    /// now. Only a client's newest commit is remembered: for an older one, which nobody waits for,
    /// `revision` is that of the newest.
    record Duplicate(int index, Revision revision) implements CommitResult {}

    /// The client id of entry `index` was closed or was never issued to its author, or its seq is
    /// not the next one (`lastSeq` + 1, counting what is before it in the batch).
    record ClientClosed(int index) implements CommitResult {}

    /// The author of entry `index` may not do this.
    record RoleRefused(int index) implements CommitResult {}

    /// Others came first: what is missing between the expected revision and `head`, all of it if it
    /// is at most {@link DocumentStore#MISSING_ENTRIES}, else its beginning.
    record HeadMoved(Head head, List<LogEntry> missing) implements CommitResult {
        public HeadMoved {
            missing = List.copyOf(missing);
        }
    }

    /// Epoch or chain at the expected revision are not what the store holds: the relay's copy is of
    /// another history.
    record Forked(Head head) implements CommitResult {}

    /// Another relay has the document's turn for at most so long.
    record TurnTaken(long millis) implements CommitResult {}

    /// There is no such document.
    record Absent() implements CommitResult {}
}
