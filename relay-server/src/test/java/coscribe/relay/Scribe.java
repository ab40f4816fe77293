package coscribe.relay;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Fills a store with documents that somebody wrote, with real commits and without a relay.
final class Scribe {
    private static final String WORDS = "ünï 🖋 text\tand\nmore ";

    final PersonId person;
    private final Stores stores;
    private final SplittableRandom random;

    Scribe(Stores stores, long seed) {
        this.stores = stores;
        this.random = new SplittableRandom(seed);
        this.person = PersonId.random(random);
        stores.people()
                .putAccount(new Account(person, "Mara", Standing.ADMIN, false, 0))
                .toCompletableFuture()
                .join();
    }

    /// A document as it was written.
    record Work(DocumentId id, String title, Head head, Document text) {}

    Work writes(String title, int commits) {
        var documents = stores.documents();
        var id = DocumentId.random(random);
        var head = new Head(Epoch.random(random), Revision.ZERO, ChainHash.START);
        var _ = Stores.wait(documents.create(id, head.epoch(), title, person));
        var device = DeviceId.random(random);
        var client = ClientId.random(random);
        var _ = Stores.wait(documents.join(id, person, device, client, Optional.empty(), Optional.empty()));
        var text = Document.EMPTY;
        for (int done = 0; done < commits; ) {
            var batch = new ArrayList<Entry>();
            var chain = head.chain();
            for (int i = 0; i < Math.min(100, commits - done); i++) {
                long seq = done + i + 1L;
                var change = change(text);
                var bytes = Wire.encode(new Committed(
                        new Revision(seq),
                        person,
                        client,
                        seq,
                        Intent.EDIT,
                        seq,
                        change,
                        Optional.empty(),
                        Optional.empty()));
                chain = chain.after(bytes);
                batch.add(new Entry(client, seq, person, Role.EDITOR, bytes, chain));
                text = text.apply(change);
            }
            head = appended(documents, id, head, batch);
            done += batch.size();
        }
        return new Work(id, title, head, text);
    }

    private Change change(Document text) {
        int at = random.nextInt(4) == 0 ? random.nextInt(text.length()) : 0;
        if (at > 0 && Character.isLowSurrogate(text.text().charAt(at))) {
            at--; // a pair is never cut
        }
        return Change.of(Delta.replacement(text.length(), at, 0, at > 0 ? "-" : WORDS, Attributes.NONE));
    }

    private static Head appended(DocumentStore documents, DocumentId id, Head head, List<Entry> batch) {
        return switch (Stores.wait(documents.commit(id, "scribe", head, batch))) {
            case CommitResult.Appended(var next) -> next;
            case CommitResult other -> throw new AssertionError("not appended: " + other);
        };
    }
}
