package coscribe.relay.backup;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Writes what comes out of a backup into an empty store, and reads each document back. Each gets a
/// new epoch, so that whoever has a copy of the old life loads it again. Blocks.
public final class Restore implements Taker {
    private static final int LOG_BYTES = 4 << 20;

    private final DocumentStore documents;
    private final Holdings holdings;
    private final RandomGenerator random;
    private final Set<DocumentId> damaged;
    /// Documents that are coming: every run of a log names the same epoch.
    private final Map<DocumentId, Epoch> epochs = new HashMap<>();

    /// @param damaged  documents of which the backup holds no end ({@link Summary#damaged})
    public Restore(DocumentStore documents, Holdings holdings, RandomGenerator random, Collection<DocumentId> damaged) {
        this.documents = documents;
        this.holdings = holdings;
        this.random = random;
        this.damaged = Set.copyOf(damaged);
    }

    /// Whether the store holds nothing that anybody could miss: a relay that was started once has an
    /// identity and an invite for its owner, and no more.
    public static boolean isEmpty(Holdings holdings) {
        if (!Waiting.on(holdings.people()).accounts().isEmpty()) {
            return false;
        }
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = Waiting.on(holdings.documents(after.get()));
            if (!page.ids().isEmpty()) {
                return false;
            }
            after = page.next();
        }
        return true;
    }

    /// Takes away everything that the store holds.
    public static void clear(Holdings holdings) {
        Waiting.until(holdings.clear());
    }

    private HeldDocument inNewLife(HeldDocument document) {
        return document.in(epochs.computeIfAbsent(document.id(), _ -> Epoch.random(random)));
    }

    @Override
    public void log(HeldDocument document, ChainHash before, List<LogEntry> run) {
        if (!damaged.contains(document.id())) {
            Waiting.until(holdings.putLog(inNewLife(document), before, run));
        }
    }

    @Override
    public void document(HeldDocument document, Map<PersonId, Revision> authors, byte[] content) {
        var restored = inNewLife(document);
        Waiting.until(holdings.putDocument(restored, authors, content));
        verify(restored, content);
        epochs.remove(document.id());
    }

    private void verify(HeldDocument document, byte[] content) {
        var id = document.id();
        var head = document.head();
        if (!(Waiting.on(documents.load(id)) instanceof LoadResult.Loaded loaded)
                || !loaded.head().equals(head)
                || !loaded.tail().isEmpty()
                || !Arrays.equals(loaded.snapshot().bytes(), content)) {
            throw new DamagedDocumentException(id, "the store does not give back what it was given");
        }
        var at = Revision.ZERO;
        while (head.revision().isAfter(at)) {
            // The store verifies what it reads against the chain, and the last of it against the head.
            if (!(Waiting.on(documents.read(id, at, Holdings.RUN_COMMITS, LOG_BYTES))
                            instanceof ReadResult.Entries read)
                    || read.entries().isEmpty()) {
                throw new DamagedDocumentException(id, "the store does not give back revision " + at.next());
            }
            at = read.entries().getLast().revision();
        }
        if (!Waiting.on(holdings.document(id)).equals(Optional.of(document))) {
            throw new DamagedDocumentException(id, "the store does not give back its roles and clients");
        }
    }

    @Override
    public void use(PersonId person, DocumentId document, Instant when) {
        Waiting.until(holdings.putUse(person, document, when));
    }

    @Override
    public void people(HeldPeople people) {
        Waiting.until(holdings.putPeople(people));
    }
}
