package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ClientId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Forgets client ids that nobody used for 90 days, the reach of exactly-once, as every join issues
/// one. A commit does not note when it was made: each day in which a snapshot is kept, it is noted of
/// every id which commit is its newest, and since when. Hints: what is damaged or gone is
/// noted anew, and its id stays for longer. Within the transaction of the writer, a step at a time.
final class OldClients {
    static final Duration KEPT = Duration.ofDays(90);
    private static final Duration EVERY = Duration.ofDays(1);
    /// Below that it is not worth looking for old ones.
    private static final int FEW = 256;
    private static final int STEP = 1_000;
    private static final String FIRST = "";

    private final Sql sql;

    OldClients(Sql sql) {
        this.sql = sql;
    }

    /// @param seen      the newest commit when it was noted; -1 where nothing was, or not rightly
    /// @param sinceSeen when that was
    private record Row(ClientId id, long newest, long seen, long sinceSeen) {}

    /// Whether a document's ids are to be looked at now.
    boolean begins(DocumentState document, Instant now) throws SQLException {
        long clients = sql.number("SELECT count(*) FROM client WHERE document = ?", document.key());
        if (clients < FEW) {
            return false;
        }
        var last = sql.first(
                "SELECT at FROM client_seen WHERE document = ? AND id = ?",
                row -> row.getLong(1),
                document.key(),
                FIRST);
        if (last.filter(at -> at > now.minus(EVERY).toEpochMilli()).isPresent()) {
            return false;
        }
        note(document, FIRST, 0, now);
        return true;
    }

    /// @param after  the last id that was looked at
    /// @return the same of this step; empty: that was all
    Optional<String> step(DocumentState document, String after, Instant now) throws SQLException {
        var rows = sql.list(
                "SELECT c.id, c.last_revision, s.revision, s.at, s.seal FROM client c LEFT JOIN client_seen s"
                        + " ON s.document = c.document AND s.id = c.id WHERE c.document = ? AND c.id > ?"
                        + " ORDER BY c.id LIMIT " + STEP,
                row -> {
                    String id = Sql.text(row, 1);
                    long seen = row.getLong(3);
                    long at = row.getLong(4);
                    boolean noted = row.getLong(5) == seal(document, id, seen, at);
                    return new Row(new ClientId(id), row.getLong(2), noted ? seen : -1, at);
                },
                document.key(),
                after);
        for (Row row : rows) {
            if (row.newest() != row.seen()) {
                note(document, row.id().hex(), row.newest(), now);
            } else if (row.sinceSeen() < now.minus(KEPT).toEpochMilli() && document.forgetClient(row.id())) {
                sql.update(
                        "DELETE FROM client_seen WHERE document = ? AND id = ?",
                        document.key(),
                        row.id().hex());
            }
        }
        return rows.size() < STEP
                ? Optional.empty()
                : Optional.of(rows.getLast().id().hex());
    }

    private void note(DocumentState document, String id, long newest, Instant now) throws SQLException {
        long at = now.toEpochMilli();
        sql.update(
                "INSERT INTO client_seen (document, id, revision, at, seal) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                        + " SET revision = excluded.revision, at = excluded.at, seal = excluded.seal",
                document.key(),
                id,
                newest,
                at,
                seal(document, id, newest, at));
    }

    private static long seal(DocumentState document, String id, long newest, long at) {
        return Seal.of("client_seen", document.key(), id, newest, at);
    }
}
