package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is kept of a document.
public sealed interface LoadResult {
    /// The newest snapshot and every commit after it up to `head`. Complete and dense, or the load
    /// fails.
    ///
    /// @param snapshot  the document's canonical form
    /// @param authors   everybody who ever committed to it
    record Loaded(Head head, Snapshot snapshot, List<LogEntry> tail, Set<PersonId> authors) implements LoadResult {
        public Loaded {
            tail = List.copyOf(tail);
            authors = Collections.unmodifiableSet(new LinkedHashSet<>(authors)); // in one order on every run
        }
    }

    /// The canonical form at a revision. The bytes must not be changed.
    record Snapshot(Revision revision, ChainHash chain, byte[] bytes) {}

    record Absent() implements LoadResult {}
}
