package coscribe.relay.store.embedded;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore.Page;
import coscribe.relay.store.Shelf;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When each person used each document last. Hints: one that is damaged or gone is nobody's
/// trouble, and the next time the document is entered it is right again. On the thread of the
/// connection it is given.
final class Shelves {
    private static final Logger LOG = LoggerFactory.getLogger(Shelves.class);

    private final Sql sql;

    Shelves(Sql sql) {
        this.sql = sql;
    }

    /// Within the transaction of whoever makes or enters the document.
    void use(PersonId person, DocumentId document, Instant now) throws SQLException {
        long at = now.toEpochMilli();
        try {
            sql.update(
                    "INSERT INTO used (person, document, at, seal) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO UPDATE SET at = excluded.at, seal = excluded.seal",
                    person.hex(),
                    document.hex(),
                    at,
                    seal(person.hex(), document.hex(), at));
        } catch (SQLException e) {
            if (!Failures.isCorrupt(e)) {
                throw e;
            }
            LOG.warn("event=use_not_noted doc={}", document, e);
        }
    }

    private static long seal(String person, String document, long at) {
        return Seal.of("used", person, document, at);
    }

    Page list(PersonId person, Optional<ListPlace> after, int most) throws SQLException {
        var hints = hints(person, after, most + 1);
        var listed = new ArrayList<ListedDocument>();
        for (ListPlace hint : hints.subList(0, Math.min(most, hints.size()))) {
            look(person, hint).ifPresent(listed::add);
        }
        return new Page(listed, Shelf.next(hints, most));
    }

    private List<ListPlace> hints(PersonId person, Optional<ListPlace> after, int most) throws SQLException {
        var hints = new ArrayList<ListPlace>();
        sql.each(
                "SELECT document, at, seal FROM used WHERE person = ? AND (at, document) < (?, ?)"
                        + " ORDER BY at DESC, document DESC",
                row -> {
                    var document = Sql.text(row, 1);
                    long at = row.getLong(2);
                    if (row.getLong(3) == seal(person.hex(), document, at)) {
                        hints.add(new ListPlace(at, new DocumentId(document)));
                    }
                    return hints.size() < most;
                },
                person.hex(),
                after.map(ListPlace::usedAtMillis).orElse(Long.MAX_VALUE),
                after.map(place -> place.document().hex()).orElse(""));
        return hints;
    }

    private Optional<ListedDocument> look(PersonId person, ListPlace hint) throws SQLException {
        var id = hint.document();
        try {
            var row = DocumentRow.find(sql, id);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            return DocumentParts.role(sql, id, row.get().key(), person)
                    .map(role -> new ListedDocument(id, row.get().title(), role, hint.usedAtMillis()));
        } catch (DamagedDocumentException e) {
            LOG.debug("event=not_listed doc={}", id, e); // whoever opens it is told
            return Optional.empty();
        }
    }
}
