package coscribe.bench.relay;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A document that somebody typed in for years: written straight into a store, by real commits of one
/// character, with the snapshots that a relay would keep. Once it is so long as it is to be, a
/// character goes for each that comes.
final class LongDocument {
    private static final int SNAPSHOT_EVERY = 5_000;

    private final DocumentStore store;
    private final RandomGenerator random;
    private final int characters;
    private final int batch;
    private final DocumentId id;
    private final PersonId author;
    private final ClientId client;
    private Head head;
    private Document text = Document.EMPTY;

    /// Makes it, empty.
    ///
    /// @param batch  commits in one call of the store
    LongDocument(DocumentStore store, RandomGenerator random, int characters, int batch) {
        this.store = store;
        this.random = random;
        this.characters = characters;
        this.batch = batch;
        this.id = DocumentId.random(random);
        this.author = PersonId.random(random);
        this.client = ClientId.random(random);
        this.head = new Head(Epoch.random(random), Revision.ZERO, ChainHash.START);
        var _ = await(store.create(id, head.epoch(), "Long", author));
        var _ = await(store.join(id, author, DeviceId.random(random), client, Optional.empty(), Optional.empty()));
    }

    DocumentId id() {
        return id;
    }

    long commits() {
        return head.revision().number();
    }

    /// Commits on, up to so many in all.
    void writeTo(long commits) {
        while (commits() < commits) {
            commit((int) Math.min(batch, commits - commits()));
            if (commits() % SNAPSHOT_EVERY == 0) {
                var _ = await(store.keepSnapshot(id, head.revision(), head.chain(), Wire.encodeDocument(text))
                        .thenApply(_ -> true));
            }
        }
    }

    /// Commits something of this size that is no change: nobody can open it any more.
    void writeBytes(int size) {
        long revision = commits() + 1;
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        head = appended(List.of(new Entry(
                client, revision, author, Role.EDITOR, bytes, head.chain().after(bytes))));
    }

    private void commit(int count) {
        var entries = new ArrayList<Entry>();
        var chain = head.chain();
        long revision = commits();
        for (int i = 0; i < count; i++) {
            revision++;
            var change = change();
            byte[] bytes = Wire.encode(new Committed(
                    new Revision(revision),
                    author,
                    client,
                    revision,
                    Intent.EDIT,
                    1_700_000_000_000L + revision * 200,
                    change,
                    Optional.empty(),
                    Optional.empty()));
            chain = chain.after(bytes);
            entries.add(new Entry(client, revision, author, Role.EDITOR, bytes, chain));
            text = text.apply(change);
        }
        head = appended(entries);
    }

    private Change change() {
        int at = random.nextInt(text.length());
        if (text.length() <= characters || at == text.length() - 1) {
            var stamp = Attributes.of(Schema.AUTHOR, new Value.Text(author.hex()));
            return Change.of(Delta.replacement(text.length(), at, 0, "x", stamp));
        }
        return Change.of(Delta.replacement(text.length(), at, 1, "", Attributes.NONE));
    }

    private Head appended(List<Entry> entries) {
        return switch (await(store.commit(id, "bench", head, entries))) {
            case CommitResult.Appended(var next) -> next;
            case CommitResult other -> throw new IllegalStateException("not appended: " + other);
        };
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
