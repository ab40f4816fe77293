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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A document's own row, as it stands in the database and not yet believed.
record DocumentRow(
        long key,
        String id,
        String epoch,
        String title,
        long revision,
        byte[] chain,
        long aclVersion,
        Sums sums,
        long seal) {
    private static final String COLUMNS =
            "key, id, epoch, title, revision, chain, acl_version, roles, authors, clients, seal";

    /// For each table whose rows belong to the document the sum of their seals: a row that is gone,
    /// because a bit of its key flipped, is so noticed too.
    record Sums(long roles, long authors, long clients) {
        static final Sums NONE = new Sums(0, 0, 0);
    }

    static DocumentRow read(ResultSet row) throws SQLException {
        return new DocumentRow(
                row.getLong(1),
                Sql.text(row, 2),
                Sql.text(row, 3),
                Sql.text(row, 4),
                row.getLong(5),
                Sql.bytes(row, 6),
                row.getLong(7),
                new Sums(row.getLong(8), row.getLong(9), row.getLong(10)),
                row.getLong(11));
    }

    static DocumentRow of(long key, DocumentId id, String title, Head head, long aclVersion, Sums sums) {
        var epoch = head.epoch().hex();
        long revision = head.revision().number();
        var chain = bytes(head.chain());
        return new DocumentRow(
                key,
                id.hex(),
                epoch,
                title,
                revision,
                chain,
                aclVersion,
                sums,
                seal(key, id.hex(), epoch, title, revision, chain, aclVersion, sums));
    }

    private static long seal(
            long key, String id, String epoch, String title, long revision, byte[] chain, long aclVersion, Sums sums) {
        return Seal.of(
                "document",
                key,
                id,
                epoch,
                title,
                revision,
                chain,
                aclVersion,
                sums.roles(),
                sums.authors(),
                sums.clients());
    }

    /// Every row of the table, none of them verified.
    static List<DocumentRow> all(Sql sql) throws SQLException {
        return sql.list("SELECT " + COLUMNS + " FROM document NOT INDEXED", DocumentRow::read);
    }

    /// @throws DamagedDocumentException  where it does not verify
    static Optional<DocumentRow> find(Sql sql, DocumentId id) throws SQLException {
        var found = sql.first("SELECT " + COLUMNS + " FROM document WHERE id = ?", DocumentRow::read, id.hex());
        found.ifPresent(row -> row.requireSealed(() -> new DamagedDocumentException(id, "its record")));
        return found;
    }

    void requireSealed(Supplier<? extends RuntimeException> damaged) {
        if (seal != seal(key, id, epoch, title, revision, chain, aclVersion, sums)) {
            throw damaged.get();
        }
    }

    void insert(Sql sql) throws SQLException {
        sql.update(
                "INSERT INTO document (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                key,
                id,
                epoch,
                title,
                revision,
                chain,
                aclVersion,
                sums.roles(),
                sums.authors(),
                sums.clients(),
                seal);
    }

    void update(Sql sql) throws SQLException {
        sql.update(
                "UPDATE document SET title = ?, revision = ?, chain = ?, acl_version = ?, roles = ?, authors = ?, clients = ?,"
                        + " seal = ? WHERE key = ?",
                title,
                revision,
                chain,
                aclVersion,
                sums.roles(),
                sums.authors(),
                sums.clients(),
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
