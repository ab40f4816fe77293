package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.embedded.Segments.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One document's log as it lies in the database: segments, then single rows. Reads only, over
/// whichever connection it is given.
final class LogRows {
    private final Sql sql;
    private final DocumentId id;
    private final DocumentRow document;

    LogRows(Sql sql, DocumentId id, DocumentRow document) {
        this.sql = sql;
        this.id = id;
        this.document = document;
    }

    /// Verified commits after `after`, dense: `maxEntries` of them or up to the head, or fewer
    /// where they are more than `maxBytes`.
    List<LogEntry> read(long after, int maxEntries, int maxBytes) throws SQLException {
        long last = Math.min(document.revision(), after + maxEntries);
        var entries = new ArrayList<LogEntry>();
        var budget = new Budget(maxBytes);
        long at = after;
        while (at < last && budget.open) {
            var segment = segmentHolding(at + 1);
            if (segment.isEmpty()) {
                break;
            }
            if (!entries.isEmpty()
                    && !segment.get().before().equals(entries.getLast().chain())) {
                throw new DamagedDocumentException(id, "the segments around revision " + at);
            }
            for (LogEntry entry : Segments.unpack(id, segment.get())) {
                long revision = entry.revision().number();
                if (revision > at && revision <= last && budget.take(entry)) {
                    entries.add(entry);
                    at = revision;
                }
            }
        }
        if (at < last && budget.open) {
            var rows = rows(at, last, budget);
            LogCheck.requireDense(id, new Revision(at), chainBefore(at, entries), rows);
            entries.addAll(rows);
            at += rows.size();
        }
        if (at < last && budget.open) {
            throw new DamagedDocumentException(id, "revision " + (at + 1) + " is missing");
        }
        if (at == document.revision() && !chainBefore(at, entries).equals(DocumentRow.chain(document.chain()))) {
            throw new DamagedDocumentException(id, "the log does not end at the head, " + at);
        }
        return entries;
    }

    private static final class Budget {
        private long left;
        private boolean any;
        private boolean open = true;

        Budget(long bytes) {
            this.left = bytes;
        }

        /// Whether this one may still come along; the first always may.
        boolean take(LogEntry entry) {
            left -= entry.bytes().length;
            open = open && (!any || left >= 0);
            any = true;
            return open;
        }
    }

    private ArrayList<LogEntry> rows(long after, long last, Budget budget) throws SQLException {
        var rows = new ArrayList<LogEntry>();
        sql.each(
                "SELECT revision, chain, bytes FROM log WHERE document = ? AND revision > ? AND revision <= ?"
                        + " ORDER BY revision",
                row -> {
                    var entry = entry(row);
                    if (budget.take(entry)) {
                        rows.add(entry);
                    }
                    return budget.open;
                },
                document.key(),
                after,
                last);
        return rows;
    }

    private LogEntry entry(ResultSet row) throws SQLException {
        return new LogEntry(new Revision(row.getLong(1)), chain(Sql.bytes(row, 2)), Sql.bytes(row, 3));
    }

    private ChainHash chain(byte[] bytes) {
        if (bytes.length != 32) {
            throw new DamagedDocumentException(id, "a chain hash");
        }
        return DocumentRow.chain(bytes);
    }

    private ChainHash chainBefore(long revision, List<LogEntry> before) throws SQLException {
        return before.isEmpty() ? chainAt(revision) : before.getLast().chain();
    }

    /// The chain hash at a revision that is not beyond the head.
    ///
    /// @throws DamagedDocumentException  where there is none
    ChainHash chainAt(long revision) throws SQLException {
        if (revision == 0) {
            return ChainHash.START;
        }
        if (revision == document.revision()) {
            return DocumentRow.chain(document.chain());
        }
        var row = sql.first(
                "SELECT chain FROM log WHERE document = ? AND revision = ?",
                r -> chain(Sql.bytes(r, 1)),
                document.key(),
                revision);
        if (row.isPresent()) {
            return row.get();
        }
        var segment = segmentHolding(revision)
                .orElseThrow(() -> new DamagedDocumentException(id, "revision " + revision + " is missing"));
        return segment.last() == revision
                ? segment.chain()
                : Segments.unpack(id, segment)
                        .get(Math.toIntExact(revision - segment.first()))
                        .chain();
    }

    private Optional<Segment> segmentHolding(long revision) throws SQLException {
        return sql.first(
                        "SELECT first, last, chain_before, chain, length, bytes FROM segment"
                                + " WHERE document = ? AND last >= ? ORDER BY last LIMIT 1",
                        row -> new Segment(
                                row.getLong(1),
                                row.getLong(2),
                                chain(Sql.bytes(row, 3)),
                                chain(Sql.bytes(row, 4)),
                                row.getInt(5),
                                Sql.bytes(row, 6)),
                        document.key(),
                        revision)
                .filter(segment -> segment.first() <= revision);
    }
}
