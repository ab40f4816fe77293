package coscribe.relay.store.embedded;

import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// The SQLite file: how it is opened, laid out and judged before anything is read from it.
final class Database {
    /// "CoSc", so that nobody's other database is taken for ours.
    private static final int APPLICATION = 0x436f5363;

    private static final int LAYOUT = 1;
    private static final int PAGE_BYTES = 4096;

    private static final List<String> TABLES =
            List.of("""
            CREATE TABLE meta (id INTEGER PRIMARY KEY, transactions INTEGER NOT NULL) STRICT""", """
            CREATE TABLE document (
                key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, title TEXT NOT NULL,
                revision INTEGER NOT NULL, chain BLOB NOT NULL, acl_version INTEGER NOT NULL,
                roles INTEGER NOT NULL, authors INTEGER NOT NULL, clients INTEGER NOT NULL,
                seal INTEGER NOT NULL) STRICT""", """
            CREATE TABLE log (
                document INTEGER NOT NULL, revision INTEGER NOT NULL, chain BLOB NOT NULL, bytes BLOB NOT NULL,
                PRIMARY KEY (document, revision)) STRICT, WITHOUT ROWID""", """
            CREATE TABLE segment (
                document INTEGER NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL,
                chain_before BLOB NOT NULL, chain BLOB NOT NULL, length INTEGER NOT NULL, bytes BLOB NOT NULL,
                PRIMARY KEY (document, last)) STRICT""", """
            CREATE TABLE snapshot (
                document INTEGER PRIMARY KEY, revision INTEGER NOT NULL, chain BLOB NOT NULL,
                sha256 BLOB NOT NULL, bytes BLOB NOT NULL) STRICT""", """
            CREATE TABLE client (
                document INTEGER NOT NULL, id TEXT NOT NULL, person TEXT NOT NULL, device TEXT NOT NULL,
                open INTEGER NOT NULL, last_seq INTEGER NOT NULL, last_revision INTEGER NOT NULL,
                seal INTEGER NOT NULL, PRIMARY KEY (document, id)) STRICT, WITHOUT ROWID""", """
            CREATE TABLE role (
                document INTEGER NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, seal INTEGER NOT NULL,
                PRIMARY KEY (document, person)) STRICT, WITHOUT ROWID""", """
            CREATE TABLE author (
                document INTEGER NOT NULL, person TEXT NOT NULL, seal INTEGER NOT NULL,
                PRIMARY KEY (document, person)) STRICT, WITHOUT ROWID""", """
            CREATE TABLE identity (
                id INTEGER PRIMARY KEY, relay TEXT NOT NULL, secret BLOB NOT NULL, seal INTEGER NOT NULL) STRICT""", """
            CREATE TABLE account (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, standing TEXT NOT NULL, disabled INTEGER NOT NULL,
                token_version INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE device (
                id TEXT PRIMARY KEY, person TEXT NOT NULL, newest TEXT NOT NULL, expires INTEGER NOT NULL,
                previous TEXT NOT NULL, previous_until INTEGER NOT NULL, seal INTEGER NOT NULL)
                STRICT, WITHOUT ROWID""", """
            CREATE TABLE credential (
                hash TEXT PRIMARY KEY, device TEXT NOT NULL, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE INDEX credential_device ON credential (device)""", """
            CREATE TABLE invite (
                code TEXT PRIMARY KEY, document TEXT NOT NULL, grants TEXT NOT NULL, expires INTEGER NOT NULL,
                uses INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE redemption (
                code TEXT NOT NULL, device TEXT NOT NULL, person TEXT NOT NULL, seal INTEGER NOT NULL,
                PRIMARY KEY (code, device)) STRICT, WITHOUT ROWID""", """
            INSERT INTO meta (id, transactions) VALUES (0, 0)""");

    /// What later versions keep beside it, and older ones do without: no layout of its own.
    private static final List<String> HINTS = List.of("""
            CREATE TABLE IF NOT EXISTS used (
                person TEXT NOT NULL, document TEXT NOT NULL, at INTEGER NOT NULL, seal INTEGER NOT NULL,
                PRIMARY KEY (person, document)) STRICT, WITHOUT ROWID""", """
            CREATE INDEX IF NOT EXISTS used_last ON used (person, at, document)""", """
            CREATE TABLE IF NOT EXISTS client_seen (
                document INTEGER NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL,
                seal INTEGER NOT NULL, PRIMARY KEY (document, id)) STRICT, WITHOUT ROWID""");

    private final Path file;
    private final EmbeddedSettings settings;

    Database(Path file, EmbeddedSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    /// The connection that writes, after everything was checked over one that cannot: what is
    /// refused stays as it is, the write-ahead log too.
    ///
    /// @param mark  what is known of how it was left; empty where nothing is
    /// @throws StoreUnavailableException  with a sentence for an administrator, where it is not in
    ///         the state that was acknowledged
    Sql openForWriting(Optional<Mark.Content> mark) throws IOException {
        boolean existed = Files.exists(file);
        if (mark.isPresent() && !existed) {
            throw refused("it is missing, though " + mark.get().transactions() + " transactions were written to it");
        }
        try {
            if (existed && Files.size(file) > 0) {
                try (var sql = inspect()) {
                    check(sql, mark);
                }
            }
            var sql = connect();
            if (sql.number("PRAGMA user_version") == 0) {
                layOut(sql);
            }
            for (String hints : HINTS) {
                sql.run(hints);
            }
            return sql;
        } catch (SQLException e) {
            throw refused("SQLite says: " + e.getMessage(), e);
        }
    }

    private Sql inspect() throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        var sql = new Sql(config.createConnection("jdbc:sqlite:" + file));
        sql.run("PRAGMA cell_size_check = ON");
        return sql;
    }

    /// A connection that only reads.
    Sql openForReading() {
        try {
            var sql = connect();
            sql.run("PRAGMA query_only = ON");
            return sql;
        } catch (SQLException e) {
            throw refused("SQLite says: " + e.getMessage(), e);
        }
    }

    private Sql connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPageSize(PAGE_BYTES);
        config.setBusyTimeout(10_000);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-16 * 1024);
        config.setJournalSizeLimit(64 << 20);
        var sql = new Sql(config.createConnection("jdbc:sqlite:" + file));
        sql.run("PRAGMA cell_size_check = ON");
        sql.run("PRAGMA trusted_schema = OFF");
        if (settings.maxBytes() > 0) {
            sql.run("PRAGMA max_page_count = " + Math.max(1, settings.maxBytes() / PAGE_BYTES));
        }
        return sql;
    }

    private void check(Sql sql, Optional<Mark.Content> mark) throws SQLException, IOException {
        long layout = sql.number("PRAGMA user_version");
        if (layout > LAYOUT) {
            throw refused("its layout " + layout + " is of a newer Coscribe; this one knows layouts up to " + LAYOUT
                    + ". Install the newer version again, or restore a backup of before");
        }
        if (layout < LAYOUT || sql.number("PRAGMA application_id") != APPLICATION) {
            throw refused("it is not a database of Coscribe's, or its first page is damaged");
        }
        if (!isAsItWasClosed(mark)) {
            var verdict = sql.list("PRAGMA quick_check(5)", row -> Sql.text(row, 1));
            if (!verdict.equals(List.of("ok"))) {
                throw refused("SQLite finds it damaged: " + String.join("; ", verdict));
            }
        }
        long transactions = sql.number("SELECT transactions FROM meta WHERE id = 0");
        long promised = mark.map(Mark.Content::transactions).orElse(0L);
        if (transactions < promised) {
            throw refused("it holds " + transactions + " transactions, and " + promised
                    + " were acknowledged: its write-ahead log was damaged or removed");
        }
        requireEveryDocument(sql);
        new People(sql).requireSealed();
    }

    private boolean isAsItWasClosed(Optional<Mark.Content> mark) throws IOException {
        return mark.isPresent() && mark.get().closedAtBytes() == Files.size(file);
    }

    /// A document whose record is damaged would be absent, and absent must mean that nobody made
    /// it.
    private void requireEveryDocument(Sql sql) throws SQLException {
        var rows = DocumentRow.all(sql);
        for (DocumentRow row : rows) {
            row.requireSealed(() -> damagedRecord(row.key()));
            var found = sql.first("SELECT key FROM document WHERE id = ?", r -> r.getLong(1), row.id());
            if (!found.equals(Optional.of(row.key()))) {
                throw damagedRecord(row.key());
            }
        }
        if (sql.number("SELECT count(*) FROM document INDEXED BY sqlite_autoindex_document_1") != rows.size()) {
            throw refused("its list of documents is damaged");
        }
    }

    private StoreUnavailableException damagedRecord(long key) {
        return refused("the record of a document does not verify, row " + key);
    }

    private static void layOut(Sql sql) throws SQLException {
        sql.run("BEGIN IMMEDIATE");
        for (String table : TABLES) {
            sql.run(table);
        }
        sql.run("PRAGMA application_id = " + APPLICATION);
        sql.run("PRAGMA user_version = " + LAYOUT);
        sql.run("COMMIT");
    }

    StoreUnavailableException refused(String why) {
        return new StoreUnavailableException(sentence(why));
    }

    private StoreUnavailableException refused(String why, Throwable cause) {
        return new StoreUnavailableException(sentence(why), cause);
    }

    private String sentence(String why) {
        return "the database " + file + " cannot be used: " + why
                + ". Nothing was changed. Put a backup in its place: coscribe-relay restore FILE --force keeps it aside.";
    }
}
