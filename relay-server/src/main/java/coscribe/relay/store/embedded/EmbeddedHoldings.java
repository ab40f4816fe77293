package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.LogEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Everything in the database: what reads goes to the reader, each request in one transaction of
/// its own, so that a backup holds nothing up; what writes goes to the writer.
final class EmbeddedHoldings implements Holdings {
    private static final int PAGE = 1_000;

    private final Writer writer;
    private final Reader reader;
    private final Connections reading;
    private final Connections writing;
    private final DocumentWrites writes;
    private final EmbeddedSettings settings;

    /// The same things over one connection.
    record Connections(Sql sql, People people) {}

    EmbeddedHoldings(
            Writer writer,
            Reader reader,
            Connections writing,
            Connections reading,
            DocumentWrites writes,
            EmbeddedSettings settings) {
        this.writer = writer;
        this.reader = reader;
        this.writing = writing;
        this.reading = reading;
        this.writes = writes;
        this.settings = settings;
    }

    private static Function<SQLException, RuntimeException> about(DocumentId document) {
        return failure -> Failures.isCorrupt(failure)
                ? new DamagedDocumentException(document, "SQLite says: " + failure.getMessage())
                : Failures.of(failure);
    }

    @Override
    public CompletionStage<Ids> documents(String after) {
        return reader.read(
                () -> {
                    var ids = new LinkedHashSet<DocumentId>();
                    var last = new String[] {after};
                    reading.sql()
                            .each(
                                    "SELECT id FROM document WHERE id > ? ORDER BY id LIMIT " + PAGE,
                                    row -> {
                                        last[0] = Sql.text(row, 1);
                                        return ids.add(new DocumentId(last[0]));
                                    },
                                    after);
                    return new Ids(ids, ids.size() < PAGE ? Optional.empty() : Optional.of(last[0]));
                },
                Failures::of);
    }

    @Override
    public CompletionStage<Optional<HeldDocument>> document(DocumentId document) {
        return reader.read(() -> HeldRows.read(reading.sql(), document), about(document));
    }

    @Override
    public CompletionStage<HeldPeople> people() {
        return reader.read(() -> reading.people().all(), Failures::of);
    }

    @Override
    public CompletionStage<Void> clear() {
        return write(() -> {
            writes.forget();
            HeldRows.clear(writing.sql());
        });
    }

    @Override
    public CompletionStage<Void> putLog(HeldDocument document, ChainHash before, List<LogEntry> run) {
        var entries = List.copyOf(run);
        return write(() -> HeldRows.putLog(writing.sql(), settings, document, before, entries));
    }

    @Override
    public CompletionStage<Void> putDocument(HeldDocument document, Map<PersonId, Revision> authors, byte[] content) {
        return write(() -> HeldRows.put(writing.sql(), document, authors.keySet(), content));
    }

    @Override
    public CompletionStage<Void> putUse(PersonId person, DocumentId document, Instant when) {
        return write(() -> new Shelves(writing.sql()).use(person, document, when));
    }

    @Override
    public CompletionStage<Void> putPeople(HeldPeople people) {
        return write(() -> writing.people().putAll(people));
    }

    @FunctionalInterface
    private interface Act {
        void run() throws SQLException;
    }

    private CompletionStage<Void> write(Act act) {
        return writer.write(
                        () -> {
                            act.run();
                            return true;
                        },
                        Failures::of)
                .thenAccept(_ -> {});
    }
}
