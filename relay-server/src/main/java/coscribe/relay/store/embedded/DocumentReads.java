package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.DocumentStore.HeadSeen;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.embedded.Segments.Segment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What asks about documents, each method within one transaction and so at one moment. Only on the
/// reader's thread.
final class DocumentReads {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentReads.class);

    private final Sql sql;

    DocumentReads(Sql sql) {
        this.sql = sql;
    }

    boolean ping() throws SQLException {
        return sql.number("SELECT 1") == 1;
    }

    LoadResult load(DocumentId id) throws SQLException {
        var found = DocumentRow.find(sql, id);
        if (found.isEmpty()) {
            return new LoadResult.Absent();
        }
        var document = found.get();
        var snapshot = snapshot(id, document.key());
        var tail =
                new LogRows(sql, id, document).read(snapshot.revision().number(), Integer.MAX_VALUE, Integer.MAX_VALUE);
        LogCheck.requireUpToHead(id, snapshot.revision(), snapshot.chain(), tail, document.head());
        return new LoadResult.Loaded(document.head(), snapshot, tail, DocumentParts.authors(sql, id, document));
    }

    private LoadResult.Snapshot snapshot(DocumentId id, long key) throws SQLException {
        return sql.first(
                        "SELECT revision, chain, sha256, bytes FROM snapshot WHERE document = ?",
                        row -> {
                            long revision = row.getLong(1);
                            var bytes = Sql.bytes(row, 4);
                            var chain = Sql.bytes(row, 2);
                            if (chain.length != 32
                                    || !MessageDigest.isEqual(
                                            Sql.bytes(row, 3),
                                            snapshotSum(key, revision, DocumentRow.chain(chain), bytes))) {
                                throw new DamagedDocumentException(id, "the snapshot");
                            }
                            return new LoadResult.Snapshot(new Revision(revision), DocumentRow.chain(chain), bytes);
                        },
                        key)
                .orElseThrow(() -> new DamagedDocumentException(id, "the snapshot is missing"));
    }

    Optional<Revision> snapshotRevision(DocumentId id) throws SQLException {
        var document = DocumentRow.find(sql, id);
        return document.isEmpty()
                ? Optional.empty()
                : sql.first(
                        "SELECT revision FROM snapshot WHERE document = ?",
                        row -> new Revision(row.getLong(1)),
                        document.get().key());
    }

    /// SHA-256 of the snapshot's row.
    static byte[] snapshotSum(long key, long revision, ChainHash chain, byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(16).putLong(key).putLong(revision).flip());
            digest.update(DocumentRow.bytes(chain));
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    ReadResult read(DocumentId id, Revision after, int maxEntries, int maxBytes) throws SQLException {
        var document = DocumentRow.find(sql, id);
        if (document.isEmpty()) {
            return new ReadResult.Absent();
        }
        var head = document.get().head();
        if (after.isAfter(head.revision())) {
            return new ReadResult.OutOfReach(head);
        }
        return new ReadResult.Entries(
                head, new LogRows(sql, id, document.get()).read(after.number(), Math.max(1, maxEntries), maxBytes));
    }

    Map<DocumentId, HeadSeen> heads(List<DocumentId> ids) throws SQLException {
        var seen = new HashMap<DocumentId, HeadSeen>();
        for (DocumentId id : ids) {
            try {
                DocumentRow.find(sql, id)
                        .ifPresent(document -> seen.put(id, new HeadSeen(document.head(), document.aclVersion())));
            } catch (DamagedDocumentException e) {
                LOG.debug("head left out, document={}", id, e); // whoever opens it is told
            }
        }
        return seen;
    }

    Access access(DocumentId id) throws SQLException {
        var document = DocumentRow.find(sql, id);
        return document.isEmpty()
                ? Access.NONE
                : new Access(
                        document.get().aclVersion(),
                        document.get().title(),
                        DocumentParts.roles(sql, id, document.get()));
    }

    /// The next stretch of log that may become a segment: a whole one, covered by the snapshot and
    /// older than the newest commits. Empty where there is none.
    Optional<Segment> nextSegment(DocumentId id, EmbeddedSettings settings) throws SQLException {
        var document = DocumentRow.find(sql, id);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        long key = document.get().key();
        long after = sql.number("SELECT ifnull(max(last), 0) FROM segment WHERE document = ?", key);
        long last = after + settings.segmentCommits();
        long snapshot = snapshot(id, key).revision().number();
        if (last > snapshot || last > document.get().revision() - settings.newestCommits()) {
            return Optional.empty();
        }
        var log = new LogRows(sql, id, document.get());
        List<LogEntry> entries = log.read(after, settings.segmentCommits(), Integer.MAX_VALUE);
        return Optional.of(Segments.pack(log.chainAt(after), entries));
    }
}
