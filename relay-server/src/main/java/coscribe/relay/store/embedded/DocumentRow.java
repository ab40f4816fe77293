package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.Head;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/// A document's own row, as it stands in the database and not yet believed.
record DocumentRow(
        long key, String id, String epoch, String title, long revision, byte[] chain, long aclVersion, long seal) {
    private static final String COLUMNS = "key, id, epoch, title, revision, chain, acl_version, seal";

    static DocumentRow read(ResultSet row) throws SQLException {
        return new DocumentRow(
                row.getLong(1),
                Sql.text(row, 2),
                Sql.text(row, 3),
                Sql.text(row, 4),
                row.getLong(5),
                Sql.bytes(row, 6),
                row.getLong(7),
                row.getLong(8));
    }

    static DocumentRow of(long key, DocumentId id, String title, Head head, long aclVersion) {
        var unsealed = new DocumentRow(
                key, id.hex(), head.epoch().hex(), title, head.revision().number(), bytes(head.chain()), aclVersion, 0);
        return new DocumentRow(
                key,
                unsealed.id,
                unsealed.epoch,
                title,
                unsealed.revision,
                unsealed.chain,
                aclVersion,
                unsealed.expectedSeal());
    }

    /// @throws DamagedDocumentException  where it does not verify
    static Optional<DocumentRow> find(Sql sql, DocumentId id) throws SQLException {
        var found = sql.first("SELECT " + COLUMNS + " FROM document WHERE id = ?", DocumentRow::read, id.hex());
        found.ifPresent(row -> row.requireSealed(() -> new DamagedDocumentException(id, "its record")));
        return found;
    }

    void requireSealed(Supplier<? extends RuntimeException> damaged) {
        if (seal != expectedSeal()) {
            throw damaged.get();
        }
    }

    private long expectedSeal() {
        return Seal.of("document", key, id, epoch, title, revision, chain, aclVersion);
    }

    void insert(Sql sql) throws SQLException {
        sql.update(
                "INSERT INTO document (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key,
                id,
                epoch,
                title,
                revision,
                chain,
                aclVersion,
                seal);
    }

    void update(Sql sql) throws SQLException {
        sql.update(
                "UPDATE document SET revision = ?, chain = ?, acl_version = ?, seal = ? WHERE key = ?",
                revision,
                chain,
                aclVersion,
                seal,
                key);
    }

    Head head() {
        return new Head(new Epoch(epoch), new Revision(revision), chain(chain));
    }

    static byte[] bytes(ChainHash chain) {
        return HexFormat.of().parseHex(chain.hex());
    }

    static ChainHash chain(byte[] bytes) {
        return new ChainHash(HexFormat.of().formatHex(bytes));
    }
}
