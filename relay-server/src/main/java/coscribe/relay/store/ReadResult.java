package coscribe.relay.store;

import java.util.List;

/// A stretch of the log.
public sealed interface ReadResult {
    /// Dense, beginning right after the revision asked for; ends at `head` or at the bound.
    record Entries(Head head, List<LogEntry> entries) implements ReadResult {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /// The log no longer reaches back so far, or the revision asked for is beyond the head.
    record OutOfReach(Head head) implements ReadResult {}

    record Absent() implements ReadResult {}
}
