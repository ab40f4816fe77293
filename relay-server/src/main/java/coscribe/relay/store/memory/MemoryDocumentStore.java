package coscribe.relay.store.memory;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.Shelf;
import coscribe.relay.store.StoreUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// One relay's access to a {@link MemoryStore}.
final class MemoryDocumentStore implements DocumentStore {
    private final MemoryStore store;
    private volatile boolean closed;

    MemoryDocumentStore(MemoryStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner) {
        return run(() -> {
            if (store.documents.containsKey(document)) {
                return Creation.EXISTED;
            }
            store.documents.put(document, new MemoryDocument(document, epoch, title, owner));
            store.shelves.use(owner, document, store.clock.instant());
            return Creation.CREATED;
        });
    }

    @Override
    public CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant) {
        return with(
                document,
                d -> {
                    var result = d.join(person, device, fresh, resume, grant);
                    if (result instanceof JoinResult.Joined) {
                        store.shelves.use(person, document, store.clock.instant());
                    }
                    return result;
                },
                JoinResult.NoAccess::new);
    }

    @Override
    public CompletionStage<LoadResult> load(DocumentId document) {
        return with(document, MemoryDocument::load, LoadResult.Absent::new);
    }

    @Override
    public CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return with(document, d -> d.read(after, maxEntries, maxBytes), ReadResult.Absent::new);
    }

    @Override
    public CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        var batch = List.copyOf(entries);
        CompletionStage<CommitResult> committed =
                with(document, d -> d.commit(relay, expected, batch, store.clock.instant()), CommitResult.Absent::new);
        return committed.thenApply(result -> {
            if (result instanceof CommitResult.Appended) {
                store.feeds.committed(document, logged(expected.revision(), batch));
            }
            return result;
        });
    }

    private static List<LogEntry> logged(Revision after, List<Entry> entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> new LogEntry(
                        after.plus(i + 1),
                        entries.get(i).chain(),
                        entries.get(i).bytes()))
                .toList();
    }

    @Override
    public CompletionStage<Boolean> takeTurn(DocumentId document, String relay) {
        return with(document, d -> d.takeTurn(relay, store.clock.instant()), () -> false);
    }

    @Override
    public CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        return with(
                        document,
                        d -> {
                            d.keepSnapshot(revision, chain, bytes);
                            return true;
                        },
                        () -> false)
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document) {
        return with(document, MemoryDocument::snapshotRevision, Optional::empty);
    }

    @Override
    public CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents) {
        var asked = List.copyOf(documents);
        return run(() -> {
            var seen = new HashMap<DocumentId, HeadSeen>();
            for (DocumentId id : asked) {
                var document = store.documents.get(id);
                if (document != null) {
                    seen.put(id, document.seen());
                }
            }
            return Map.copyOf(seen);
        });
    }

    @Override
    public CompletionStage<Access> access(DocumentId document) {
        return with(document, MemoryDocument::access, () -> Access.NONE);
    }

    @Override
    public CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role) {
        CompletionStage<Boolean> granted = with(
                document,
                d -> {
                    d.setRole(person, role);
                    return true;
                },
                () -> false);
        return granted.thenApply(known -> {
            if (known) {
                store.feeds.accessChanged(document);
            }
            return known;
        });
    }

    @Override
    public CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title) {
        CompletionStage<Renaming> renamed = with(document, d -> d.rename(person, title), () -> Renaming.ABSENT);
        return renamed.thenApply(result -> {
            if (result == Renaming.RENAMED) {
                store.feeds.accessChanged(document);
            }
            return result;
        });
    }

    @Override
    public CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        return run(() -> Shelf.page(
                store.shelves.after(person, after, most + 1),
                most,
                place -> Optional.ofNullable(store.documents.get(place.document()))
                        .flatMap(document -> document.listed(person, place.usedAtMillis()))));
    }

    @Override
    public CompletionStage<Void> ping() {
        return run(() -> true).thenAccept(_ -> {});
    }

    @Override
    public void close() {
        closed = true;
    }

    private <T> CompletionStage<T> with(
            DocumentId document, Function<MemoryDocument, ? extends T> known, Supplier<? extends T> unknown) {
        return run(() -> {
            var found = store.documents.get(document);
            return found == null ? unknown.get() : known.apply(found);
        });
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        return Stages.run(store.executor, store.lock, () -> {
            if (closed) {
                throw new StoreUnavailableException("the store is closed");
            }
            return work.get();
        });
    }
}
