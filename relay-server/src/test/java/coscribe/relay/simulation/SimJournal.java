package coscribe.relay.simulation;

import coscribe.ot.document.Document;
import coscribe.ot.session.JournalRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A journal on a disk that may lose what was not forced.
final class SimJournal {
    private final List<JournalRecord> records = new ArrayList<>();
    /// What was shown when the journal had so many records.
    private final Map<Integer, Document> shownAt = new HashMap<>();
    private int forced;
    /// How many records were written before the newest compaction.
    private long before;

    void append(JournalRecord entry) {
        records.add(entry);
    }

    void force() {
        forced = records.size();
    }

    /// A step is over.
    void shows(Document shown) {
        shownAt.put(records.size(), shown);
    }

    long position() {
        return before + records.size();
    }

    boolean isForced() {
        return forced == records.size();
    }

    int forced() {
        return forced;
    }

    int size() {
        return records.size();
    }

    /// Begins anew, forced.
    void rewrite(List<JournalRecord> fresh) {
        before = position() - fresh.size();
        records.clear();
        records.addAll(fresh);
        shownAt.clear();
        force();
    }

    /// The machine lost everything after `kept` records (at least what was forced).
    void loseAfter(int kept) {
        while (records.size() > kept) {
            shownAt.remove(records.size());
            records.removeLast();
        }
        forced = Math.min(forced, kept);
    }

    List<JournalRecord> records() {
        return List.copyOf(records);
    }

    Optional<Document> shownNow() {
        return Optional.ofNullable(shownAt.get(records.size()));
    }
}
