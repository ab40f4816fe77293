package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Everything that a store holds, for backups and moves: read while relays work on it, written
/// where nobody else does. Threads and errors as for {@link DocumentStore}.
public interface Holdings {
    /// How many commits a run has: the first of each is one more than a multiple of it.
    int RUN_COMMITS = 256;

    /// A page of the documents; from page to page each that is there all the time comes at least
    /// once.
    ///
    /// @param after  empty for the first page, else what the page before said
    CompletionStage<Ids> documents(String after);

    /// @param next  empty: that was all
    record Ids(Set<DocumentId> ids, Optional<String> next) {
        public Ids {
            ids = Set.copyOf(ids);
        }
    }

    /// All that is kept of a document beside its text and its log, of one moment; empty where there
    /// is no such document.
    CompletionStage<Optional<HeldDocument>> document(DocumentId document);

    /// Each person, device and invite of one moment.
    CompletionStage<HeldPeople> people();

    /// Takes away everything, the relay's identity too.
    CompletionStage<Void> clear();

    /// Writes a run of a document's log. Nobody sees it until {@link #putDocument}. Runs come in
    /// order; each but the last is whole.
    ///
    /// @param document  whose log it is, with its last revision
    /// @param before    the chain hash before the run
    CompletionStage<Void> putLog(HeldDocument document, ChainHash before, List<LogEntry> run);

    /// Writes the rest of a document, whose whole log was put; now it is there.
    ///
    /// @param authors  everybody who ever committed to it, and when first
    /// @param content  the canonical form at its head
    CompletionStage<Void> putDocument(HeldDocument document, Map<PersonId, Revision> authors, byte[] content);

    /// Notes when somebody used a document last.
    CompletionStage<Void> putUse(PersonId person, DocumentId document, Instant when);

    /// Writes people, where nobody is yet.
    CompletionStage<Void> putPeople(HeldPeople people);
}
