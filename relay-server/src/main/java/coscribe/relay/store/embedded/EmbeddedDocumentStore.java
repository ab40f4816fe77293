package coscribe.relay.store.embedded;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.Announcer;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents in the embedded store: what writes goes to the writer, what reads to the reader.
final class EmbeddedDocumentStore implements DocumentStore {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDocumentStore.class);

    private final Writer writer;
    private final Reader reader;
    private final DocumentWrites writes;
    private final DocumentReads reads;
    private final Shelves shelves;
    private final EmbeddedSettings settings;
    private final Announcer announcer;

    EmbeddedDocumentStore(
            Writer writer,
            Reader reader,
            DocumentWrites writes,
            DocumentReads reads,
            Shelves shelves,
            EmbeddedSettings settings,
            Announcer announcer) {
        this.writer = writer;
        this.reader = reader;
        this.writes = writes;
        this.reads = reads;
        this.shelves = shelves;
        this.settings = settings;
        this.announcer = announcer;
    }

    private static Function<SQLException, RuntimeException> about(DocumentId document) {
        return failure -> Failures.isCorrupt(failure)
                ? new DamagedDocumentException(document, "SQLite says: " + failure.getMessage())
                : Failures.of(failure);
    }

    @Override
    public CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner) {
        return writer.write(() -> writes.create(document, epoch, title, owner), about(document));
    }

    @Override
    public CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant) {
        return writer.write(() -> writes.join(document, person, device, fresh, resume, grant), about(document));
    }

    @Override
    public CompletionStage<LoadResult> load(DocumentId document) {
        return reader.read(() -> reads.load(document), about(document));
    }

    @Override
    public CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return reader.read(() -> reads.read(document, after, maxEntries, maxBytes), about(document));
    }

    @Override
    public CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        var batch = List.copyOf(entries);
        return writer.write(() -> writes.commit(document, relay, expected, batch), about(document))
                .thenApply(result -> {
                    if (result instanceof CommitResult.Appended) {
                        announcer.committed(document, logged(expected.revision(), batch));
                    }
                    return result;
                });
    }

    private static List<LogEntry> logged(Revision after, List<Entry> entries) {
        var logged = new ArrayList<LogEntry>(entries.size());
        for (Entry entry : entries) {
            logged.add(new LogEntry(after.plus(logged.size() + 1L), entry.chain(), entry.bytes()));
        }
        return logged;
    }

    @Override
    public CompletionStage<Boolean> takeTurn(DocumentId document, String relay) {
        return writer.write(() -> writes.takeTurn(document, relay), about(document));
    }

    @Override
    public CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        return writer.write(() -> writes.keepSnapshot(document, revision, chain, bytes), about(document))
                .thenAccept(kept -> {
                    if (kept) {
                        compact(document);
                        forgetOldClients(document, "");
                    }
                });
    }

    @Override
    public CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document) {
        return reader.read(() -> reads.snapshotRevision(document), about(document));
    }

    /// Moves old log into segments, one after the other, behind everybody's back: packing is done
    /// by the reader, so that the writer is only held up by the exchange of rows.
    private void compact(DocumentId document) {
        var _ = reader.read(() -> reads.nextSegment(document, settings), about(document))
                .thenCompose(segment -> segment.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : writer.write(() -> writes.replaceRows(document, segment.get()), about(document)))
                .whenComplete((again, failure) -> {
                    if (writer.isClosed()) {
                        LOG.debug("old log stays as it is until the next snapshot, document={}", document);
                    } else if (failure != null) {
                        LOG.warn("old log stays as it is, document={}", document, failure);
                    } else if (again) {
                        compact(document);
                    }
                });
    }

    private void forgetOldClients(DocumentId document, String after) {
        var _ = writer.write(() -> writes.forgetOldClients(document, after), about(document))
                .whenComplete((next, failure) -> {
                    if (failure != null) {
                        LOG.debug("old client ids stay until the next snapshot, document={}", document, failure);
                    } else {
                        next.ifPresent(last -> forgetOldClients(document, last));
                    }
                });
    }

    @Override
    public CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents) {
        var asked = List.copyOf(documents);
        return reader.read(() -> reads.heads(asked), Failures::of);
    }

    @Override
    public CompletionStage<Access> access(DocumentId document) {
        return reader.read(() -> reads.access(document), about(document));
    }

    @Override
    public CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role) {
        return writer.write(() -> writes.grant(document, person, role), about(document))
                .thenApply(known -> {
                    if (known) {
                        announcer.accessChanged(document);
                    }
                    return known;
                });
    }

    @Override
    public CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title) {
        return writer.write(() -> writes.rename(document, person, title), about(document))
                .thenApply(result -> {
                    if (result == Renaming.RENAMED) {
                        announcer.accessChanged(document);
                    }
                    return result;
                });
    }

    @Override
    public CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        return reader.read(() -> shelves.list(person, after, most), Failures::of);
    }

    @Override
    public CompletionStage<Void> ping() {
        return reader.read(reads::ping, Failures::of)
                .thenCombine(writer.write(() -> true, Failures::of), (_, _) -> true)
                .thenAccept(_ -> {});
    }

    /// Does nothing: the database is closed with the {@link EmbeddedStore}.
    @Override
    public void close() {}
}
