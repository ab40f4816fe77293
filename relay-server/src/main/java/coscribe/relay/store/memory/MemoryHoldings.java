package coscribe.relay.store.memory;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Everything in a {@link MemoryStore}, in one page.
final class MemoryHoldings implements Holdings {
    private final MemoryStore store;
    /// Logs of documents that are not there yet.
    private final Map<DocumentId, List<LogEntry>> coming = new HashMap<>();

    MemoryHoldings(MemoryStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Ids> documents(String after) {
        return Stages.run(
                store.executor, store.lock, () -> new Ids(store.documents.keySet(), Optional.<String>empty()));
    }

    @Override
    public CompletionStage<Optional<HeldDocument>> document(DocumentId document) {
        return Stages.run(
                store.executor,
                store.lock,
                () -> Optional.ofNullable(store.documents.get(document)).map(MemoryDocument::held));
    }

    @Override
    public CompletionStage<HeldPeople> people() {
        return Stages.run(store.executor, store.people, store.people::all);
    }

    @Override
    public CompletionStage<Void> clear() {
        var people = act(store.people, store.people::clear);
        return act(store.lock, () -> {
                    store.documents.clear();
                    store.shelves.clear();
                    coming.clear();
                })
                .thenCompose(_ -> people);
    }

    @Override
    public CompletionStage<Void> putLog(HeldDocument document, ChainHash before, List<LogEntry> run) {
        var entries = List.copyOf(run);
        return act(
                store.lock,
                () -> coming.computeIfAbsent(document.id(), _ -> new ArrayList<>())
                        .addAll(entries));
    }

    @Override
    public CompletionStage<Void> putDocument(HeldDocument document, Map<PersonId, Revision> authors, byte[] content) {
        return act(store.lock, () -> {
            var log = Optional.ofNullable(coming.remove(document.id())).orElse(List.of());
            store.documents.put(document.id(), new MemoryDocument(document, log, authors.keySet(), content));
        });
    }

    @Override
    public CompletionStage<Void> putUse(PersonId person, DocumentId document, Instant when) {
        return act(store.lock, () -> store.shelves.use(person, document, when));
    }

    @Override
    public CompletionStage<Void> putPeople(HeldPeople people) {
        return act(store.people, () -> store.people.putAll(people));
    }

    private CompletionStage<Void> act(Object lock, Runnable action) {
        return Stages.run(store.executor, lock, () -> {
                    action.run();
                    return true;
                })
                .thenAccept(_ -> {});
    }
}
