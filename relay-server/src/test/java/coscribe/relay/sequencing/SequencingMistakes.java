package coscribe.relay.sequencing;

import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.LoadResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What the mutants of sequencing do instead.
public final class SequencingMistakes {
    private SequencingMistakes() {}

    static Optional<List<KnownCommit>> afterNext(Recent recent, Revision revision) {
        return recent.after(revision).map(run -> run.isEmpty() ? run : run.subList(1, run.size()));
    }

    static void read(SequenceTurn turn) {}

    static boolean lost(SequenceTurn turn, Head head, Head known) {
        return false;
    }

    /// A load that fails is answered with what is at hand: the head, and no text.
    static CompletionStage<LoadResult> loadOrBlank(DocumentStore store, DocumentId document) {
        return store.load(document)
                .handle((value, problem) -> problem == null
                        ? CompletableFuture.completedStage(value)
                        : store.heads(List.of(document))
                                .thenApply(heads -> blank(heads.get(document).head())))
                .thenCompose(stage -> stage);
    }

    private static LoadResult blank(Head head) {
        return new LoadResult.Loaded(
                head,
                new LoadResult.Snapshot(head.revision(), head.chain(), CanonicalForm.of(Document.EMPTY)),
                List.of(),
                Set.of());
    }

    /// Asks the store, and does not wait for what it says.
    static CompletionStage<CommitResult> commitUnseen(
            DocumentStore store, DocumentId document, String relay, Head expected, List<Entry> entries) {
        var _ = store.commit(document, relay, expected, entries);
        return CompletableFuture.completedStage(appended(expected, entries));
    }

    static CompletionStage<CommitResult> commitOrBePutOff(
            DocumentStore store, DocumentId document, String relay, Head expected, List<Entry> entries) {
        return store.commit(document, relay, expected, entries)
                .thenApply(result -> result instanceof CommitResult.TurnTaken ? appended(expected, entries) : result);
    }

    private static CommitResult appended(Head expected, List<Entry> entries) {
        return new CommitResult.Appended(new Head(
                expected.epoch(),
                expected.revision().plus(entries.size()),
                entries.getLast().chain()));
    }
}
