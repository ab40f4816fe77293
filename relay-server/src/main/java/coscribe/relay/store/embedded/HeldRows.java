package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.LogEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A document as rows, read and written as a whole. On the thread of the connection.
final class HeldRows {
    private static final List<String> TABLES = List.of(
            "document",
            "log",
            "segment",
            "snapshot",
            "client",
            "role",
            "author",
            "identity",
            "account",
            "device",
            "credential",
            "invite",
            "redemption",
            "used",
            "client_seen");

    private HeldRows() {}

    static Optional<HeldDocument> read(Sql sql, DocumentId id) throws SQLException {
        var found = DocumentRow.find(sql, id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var row = found.get();
        var access = new Access(row.aclVersion(), row.title(), DocumentParts.roles(sql, id, row));
        return Optional.of(new HeldDocument(id, row.head(), access, DocumentParts.clients(sql, id, row)));
    }

    static void clear(Sql sql) throws SQLException {
        for (var table : TABLES) {
            sql.update("DELETE FROM " + table);
        }
    }

    /// A run that will never be among the newest commits goes into a segment at once.
    static void putLog(Sql sql, EmbeddedSettings settings, HeldDocument document, ChainHash before, List<LogEntry> run)
            throws SQLException {
        long key = key(sql, document.id());
        long last = run.getLast().revision().number();
        boolean whole = run.size() == settings.segmentCommits();
        if (whole && last <= document.head().revision().number() - settings.newestCommits()) {
            DocumentWrites.putSegment(sql, key, Segments.pack(before, run));
            return;
        }
        for (var entry : run) {
            sql.update(
                    "INSERT INTO log (document, revision, chain, bytes) VALUES (?, ?, ?, ?)",
                    key,
                    entry.revision().number(),
                    DocumentRow.bytes(entry.chain()),
                    entry.bytes());
        }
    }

    static void put(Sql sql, HeldDocument document, Set<PersonId> authors, byte[] content) throws SQLException {
        long key = key(sql, document.id());
        var head = document.head();
        var sums = new DocumentRow.Sums(
                putRoles(sql, key, document), putAuthors(sql, key, authors), putClients(sql, key, document.clients()));
        DocumentWrites.putSnapshot(sql, key, head.revision().number(), head.chain(), content);
        var access = document.access();
        DocumentRow.of(key, document.id(), access.title(), head, access.version(), sums)
                .insert(sql);
        sql.update("DELETE FROM coming WHERE id = ?", document.id().hex());
    }

    /// The rows of a log point to a document that is not there yet: its key is kept until it is.
    private static long key(Sql sql, DocumentId id) throws SQLException {
        sql.run("CREATE TEMP TABLE IF NOT EXISTS coming (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)");
        var known = sql.first("SELECT key FROM coming WHERE id = ?", row -> row.getLong(1), id.hex());
        if (known.isPresent()) {
            return known.get();
        }
        long key = 1
                + sql.number("SELECT max(ifnull((SELECT max(key) FROM document), 0),"
                        + " ifnull((SELECT max(key) FROM coming), 0))");
        sql.update("INSERT INTO coming (key, id) VALUES (?, ?)", key, id.hex());
        return key;
    }

    private static long putRoles(Sql sql, long key, HeldDocument document) throws SQLException {
        long sum = 0;
        for (var role : document.roles().entrySet()) {
            var person = role.getKey().hex();
            var word = role.getValue().word();
            long seal = DocumentParts.roleSeal(key, person, word);
            sql.update("INSERT INTO role (document, person, role, seal) VALUES (?, ?, ?, ?)", key, person, word, seal);
            sum += seal;
        }
        return sum;
    }

    private static long putAuthors(Sql sql, long key, Set<PersonId> authors) throws SQLException {
        long sum = 0;
        for (var author : authors) {
            long seal = DocumentParts.authorSeal(key, author.hex());
            sql.update("INSERT INTO author (document, person, seal) VALUES (?, ?, ?)", key, author.hex(), seal);
            sum += seal;
        }
        return sum;
    }

    private static long putClients(Sql sql, long key, Map<ClientId, ClientRecord> clients) throws SQLException {
        long sum = 0;
        for (var client : clients.entrySet()) {
            var record = client.getValue();
            long seal = DocumentParts.clientSeal(key, client.getKey(), record);
            sql.update(
                    "INSERT INTO client (document, id, person, device, open, last_seq, last_revision, seal)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    key,
                    client.getKey().hex(),
                    record.person().hex(),
                    record.device().hex(),
                    record.open() ? 1L : 0L,
                    record.lastSeq(),
                    record.lastRevision().number(),
                    seal);
            sum += seal;
        }
        return sum;
    }
}
