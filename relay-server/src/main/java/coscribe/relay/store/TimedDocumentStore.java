package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A store that tells how long it took to answer, whatever the answer was, and what became of commits.
public final class TimedDocumentStore implements DocumentStore {
    private final DocumentStore store;
    private final LongSupplier nanoTime;
    private final Times times;

    /// Told on the thread that answers, so it must be cheap.
    public interface Times {
        /// @param call  a word for what was asked: `commit`, `load`, …
        void took(String call, Duration time);

        /// A commit of so many entries was answered.
        void committed(int entries, CommitResult result);
    }

    public TimedDocumentStore(DocumentStore store, LongSupplier nanoTime, Times times) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.times = times;
    }

    private <T> CompletionStage<T> timed(String call, Supplier<CompletionStage<T>> answer) {
        long asked = nanoTime.getAsLong();
        return answer.get().whenComplete((_, _) -> times.took(call, Duration.ofNanos(nanoTime.getAsLong() - asked)));
    }

    @Override
    public CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner) {
        return timed("create", () -> store.create(document, epoch, title, owner));
    }

    @Override
    public CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant) {
        return timed("join", () -> store.join(document, person, device, fresh, resume, grant));
    }

    @Override
    public CompletionStage<LoadResult> load(DocumentId document) {
        return timed("load", () -> store.load(document));
    }

    @Override
    public CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return timed("read", () -> store.read(document, after, maxEntries, maxBytes));
    }

    @Override
    public CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        return timed(
                "commit",
                () -> store.commit(document, relay, expected, entries).thenApply(result -> {
                    times.committed(entries.size(), result);
                    return result;
                }));
    }

    @Override
    public CompletionStage<Boolean> takeTurn(DocumentId document, String relay) {
        return timed("turn", () -> store.takeTurn(document, relay));
    }

    @Override
    public CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        return timed("snapshot", () -> store.keepSnapshot(document, revision, chain, bytes));
    }

    @Override
    public CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document) {
        return timed("snapshot_revision", () -> store.snapshotRevision(document));
    }

    @Override
    public CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title) {
        return timed("rename", () -> store.rename(document, person, title));
    }

    @Override
    public CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents) {
        return timed("heads", () -> store.heads(documents));
    }

    @Override
    public CompletionStage<Access> access(DocumentId document) {
        return timed("access", () -> store.access(document));
    }

    @Override
    public CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role) {
        return timed("grant", () -> store.grant(document, person, role));
    }

    @Override
    public CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        return timed("list", () -> store.list(person, after, most));
    }

    @Override
    public CompletionStage<Void> ping() {
        return timed("ping", store::ping);
    }

    @Override
    public void close() {
        store.close();
    }
}
