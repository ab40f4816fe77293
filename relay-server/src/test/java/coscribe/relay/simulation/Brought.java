package coscribe.relay.simulation;

import coscribe.ot.protocol.Revision;
import coscribe.relay.store.LogEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which commits one relay was brought by other ways than by reading the log: what it loaded, what
/// the store answered, what the feed said. So a read that fills a gap can be told from one that
/// finds nothing new.
final class Brought {
    private final Set<Revision> singly = new HashSet<>();
    private Optional<Revision> loaded = Optional.empty();
    private int reading;

    /// What there was of a copy is gone; it is loaded behind this.
    void follows() {
        loaded = Optional.empty();
        singly.clear();
    }

    void loadedTo(Revision head) {
        if (loaded.filter(before -> !head.isAfter(before)).isEmpty()) {
            loaded = Optional.of(head);
        }
    }

    void by(List<LogEntry> entries) {
        entries.forEach(entry -> by(entry.revision()));
    }

    void by(Revision revision) {
        singly.add(revision);
    }

    void reads() {
        reading++;
    }

    void hasRead() {
        reading--;
    }

    /// Whether something is missing before this commit, and nobody reads it.
    boolean isUnreadBefore(Revision told) {
        if (loaded.isEmpty() || reading > 0) {
            return false;
        }
        for (long at = loaded.get().number() + 1; at < told.number(); at++) {
            if (!singly.contains(new Revision(at))) {
                return true;
            }
        }
        return false;
    }

    /// Whether a read brought what nothing else had.
    boolean fills(List<LogEntry> read) {
        boolean fills = read.stream()
                .map(LogEntry::revision)
                .anyMatch(revision -> revision.isAfter(loaded.orElse(Revision.ZERO)) && !singly.contains(revision));
        by(read);
        return fills;
    }
}
