package coscribe.relay.store.embedded;

import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnavailableException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's failures mean to a relay.
final class Failures {
    private Failures() {}

    static StoreUnavailableException of(SQLException failure) {
        if (isFull(failure)) {
            return new StoreFullException(
                    "the disk of the database is full (or its quota): free some space; nothing that was"
                            + " acknowledged is lost, and reading goes on",
                    failure);
        }
        return new StoreUnavailableException("the database failed: " + failure.getMessage(), failure);
    }

    static boolean isFull(SQLException failure) {
        return code(failure) == SQLiteErrorCode.SQLITE_FULL || code(failure) == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    /// Whether the disk itself failed, so that nobody can tell what it holds.
    static boolean isBroken(SQLException failure) {
        return code(failure).name().startsWith("SQLITE_IOERR") && !isFull(failure);
    }

    static boolean isCorrupt(SQLException failure) {
        var name = code(failure).name();
        return name.startsWith("SQLITE_CORRUPT") || name.equals("SQLITE_NOTADB");
    }

    private static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
