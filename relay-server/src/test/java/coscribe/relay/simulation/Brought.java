package coscribe.relay.simulation;

import coscribe.ot.protocol.Revision;
import coscribe.relay.store.LogEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which commits one relay was brought by other ways than by reading the log: what it loaded, what
/// the store answered, what the feed said. So a read that fills a gap can be told from one that
/// finds nothing new.
final class Brought {
    private final Set<Revision> singly = new HashSet<>();
    private Revision loaded = Revision.ZERO;

    void loadedTo(Revision head) {
        if (head.isAfter(loaded)) {
            loaded = head;
        }
    }

    void by(List<LogEntry> entries) {
        entries.forEach(entry -> by(entry.revision()));
    }

    void by(Revision revision) {
        singly.add(revision);
    }

    /// Whether a read brought what nothing else had.
    boolean fills(List<LogEntry> read) {
        boolean fills = read.stream()
                .map(LogEntry::revision)
                .anyMatch(revision -> revision.isAfter(loaded) && !singly.contains(revision));
        by(read);
        return fills;
    }
}
