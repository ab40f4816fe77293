package coscribe.relay.backup;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.LoadResult.Snapshot;
import coscribe.relay.store.LogEntry;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A document as its log makes it, commit by commit.
final class Replay {
    private final DocumentId id;
    private final Map<PersonId, Revision> authors = new LinkedHashMap<>();
    private final Map<ClientId, Newest> newest = new HashMap<>();
    private Document document;
    private Revision revision;
    private ChainHash chain;

    /// A client id's newest commit.
    private record Newest(long seq, Revision revision) {}

    /// From the beginning.
    Replay(DocumentId id) {
        this.id = id;
        this.document = Document.EMPTY;
        this.revision = Revision.ZERO;
        this.chain = ChainHash.START;
    }

    /// @throws DamagedDocumentException  where the snapshot is none
    Replay(DocumentId id, Snapshot snapshot) {
        this.id = id;
        try {
            this.document = Wire.decodeDocument(snapshot.bytes());
        } catch (RuntimeException e) {
            throw damaged("its snapshot can't be read (" + e.getMessage() + ")");
        }
        this.revision = snapshot.revision();
        this.chain = snapshot.chain();
    }

    private DamagedDocumentException damaged(String what) {
        return new DamagedDocumentException(id, what);
    }

    /// @throws DamagedDocumentException  where it is not the next commit, or no change of this text
    void take(LogEntry entry) {
        var next = revision.next();
        var after = chain.after(entry.bytes());
        if (!entry.revision().equals(next) || !entry.chain().equals(after)) {
            throw damaged("revision " + next + " is not what was stored");
        }
        try {
            Committed committed = Wire.decodeCommitted(entry.bytes());
            if (!committed.revision().equals(next)) {
                throw damaged("revision " + next + " says that it is " + committed.revision());
            }
            document = document.apply(committed.change());
            authors.putIfAbsent(committed.author(), next);
            newest.put(committed.client(), new Newest(committed.seq(), next));
        } catch (DamagedDocumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged("revision " + next + " can't be applied (" + e.getMessage() + ")");
        }
        revision = next;
        chain = after;
    }

    Revision revision() {
        return revision;
    }

    ChainHash chain() {
        return chain;
    }

    /// Those of whom a commit was taken, and their first one.
    Map<PersonId, Revision> authors() {
        return Collections.unmodifiableMap(authors);
    }

    /// What is remembered of clients is what they committed, up to this revision and not beyond it.
    ///
    /// @throws DamagedDocumentException  else
    void require(Map<ClientId, ClientRecord> clients) {
        clients.forEach((client, record) -> {
            var committed = newest.getOrDefault(client, new Newest(0, Revision.ZERO));
            if (!committed.equals(new Newest(record.lastSeq(), record.lastRevision()))) {
                throw damaged("what is remembered of a client is of another revision than its log");
            }
        });
    }

    int length() {
        return document.length();
    }

    /// The canonical form.
    byte[] content() {
        return Wire.encodeDocument(document);
    }
}
