package coscribe.relay.store.memory;

import static java.util.Objects.requireNonNull;

import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A document as it was at some moment, to be put back: what a store does that promised less than it
/// was asked for, and what a backup does.
public final class Keepsake {
    private final MemoryStore store;
    private final HeldDocument held;
    private final List<LogEntry> log;
    private final Set<PersonId> authors;
    private final byte[] content;

    private Keepsake(MemoryStore store, HeldDocument held, List<LogEntry> log, Set<PersonId> authors, byte[] content) {
        this.store = store;
        this.held = held;
        this.log = log;
        this.authors = authors;
        this.content = content;
    }

    public static Keepsake of(MemoryStore store, DocumentId id) {
        synchronized (store.lock) {
            var document = requireNonNull(store.documents.get(id));
            var loaded = (LoadResult.Loaded) document.load();
            Document text = Wire.decodeDocument(loaded.snapshot().bytes());
            for (LogEntry entry : loaded.tail()) {
                text = text.apply(((Committed) Wire.decodeServer(entry.bytes())).change());
            }
            return new Keepsake(
                    store,
                    document.held(),
                    List.copyOf(document.log.values()),
                    Set.copyOf(loaded.authors()),
                    CanonicalForm.of(text));
        }
    }

    public Epoch epoch() {
        return held.head().epoch();
    }

    /// Whether the document has gone on since.
    public boolean isOld() {
        synchronized (store.lock) {
            return requireNonNull(store.documents.get(held.id()))
                    .held()
                    .head()
                    .revision()
                    .isAfter(held.head().revision());
        }
    }

    public void putBack(Epoch epoch) {
        synchronized (store.lock) {
            store.documents.put(held.id(), new MemoryDocument(held.in(epoch), log, authors, content));
        }
    }

    /// Forgets commits as a retention period does, and answers them.
    public static List<LogEntry> trim(MemoryStore store, DocumentId id, int newest) {
        synchronized (store.lock) {
            var document = requireNonNull(store.documents.get(id));
            var forgotten = new TreeMap<>(document.log);
            long head = document.held().head().revision().number();
            document.trim(new Revision(Math.max(0, head - newest)));
            forgotten.keySet().removeAll(document.log.keySet());
            return List.copyOf(forgotten.values());
        }
    }
}
