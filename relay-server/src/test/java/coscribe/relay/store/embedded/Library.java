package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult.Joined;
import coscribe.relay.store.LoadResult.Loaded;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Some documents with one writer each, and what their store must still hold after whatever befell
/// it. Ids follow from a document's number, so that another process knows them too.
final class Library {
    /// What a store said of one document.
    ///
    /// @param snapshot  revision, chain and bytes
    record Kept(
            Head head,
            List<Object> snapshot,
            List<LogEntry> tail,
            Set<PersonId> authors,
            List<LogEntry> log,
            Access access,
            Resumed resumed) {}

    /// How a look at a document of a damaged store ended.
    enum Seen {
        WHOLE,
        REFUSED
    }

    final DocumentStore store;

    Library(DocumentStore store) {
        this.store = store;
    }

    static DocumentId document(int number) {
        return new DocumentId("d" + "%031x".formatted(number));
    }

    static PersonId person(int number) {
        return new PersonId("a" + "%031x".formatted(number));
    }

    static DeviceId device(int number) {
        return new DeviceId("e" + "%031x".formatted(number));
    }

    static ClientId client(int number, int life) {
        return new ClientId("c" + "%015x".formatted(life) + "%016x".formatted(number));
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /// Enters a document, which is created where it is missing, as its writer in one more life.
    ///
    /// @return where the document stands
    Head enter(int number, int life) {
        var epoch = new Epoch("f" + "%031x".formatted(number));
        var _ = join(store.create(document(number), epoch, "Document " + number, person(number)));
        var joined = join(store.join(
                document(number),
                person(number),
                device(number),
                client(number, life),
                Optional.empty(),
                Optional.empty()));
        return ((Joined) joined).head();
    }

    static Entry entry(int number, int life, long seq, Head head, int size) {
        var bytes = new byte[size];
        new SplittableRandom(31L * number + head.revision().number()).nextBytes(bytes);
        var chain = head.chain().after(bytes);
        return new Entry(client(number, life), seq, person(number), Role.EDITOR, bytes, chain);
    }

    /// @param firstSeq  of `count` commits, one by one
    Head write(int number, int life, Head from, long firstSeq, int count, int size) {
        var head = from;
        for (int i = 0; i < count; i++) {
            var entry = entry(number, life, firstSeq + i, head, size);
            head = ((Appended) join(store.commit(document(number), "relay", head, List.of(entry)))).head();
        }
        return head;
    }

    void snapshot(int number, Head at) {
        var bytes = new byte[3_000];
        new SplittableRandom(number).nextBytes(bytes);
        var _ = join(store.keepSnapshot(document(number), at.revision(), at.chain(), bytes)
                .thenApply(_ -> true));
    }

    List<LogEntry> log(int number) {
        var log = new ArrayList<LogEntry>();
        while (true) {
            var read = join(store.read(document(number), new Revision(log.size()), 50, 1 << 20));
            var entries = ((ReadResult.Entries) read).entries();
            if (entries.isEmpty()) {
                return log;
            }
            log.addAll(entries);
        }
    }

    /// Everything that a relay can ask of a document, after whose writer's life it asks too.
    Kept look(int number, int life) {
        var loaded = (Loaded) join(store.load(document(number)));
        var joined = (Joined) join(store.join(
                document(number),
                person(number),
                device(number),
                client(number, life + 1_000),
                Optional.of(client(number, life)),
                Optional.empty()));
        var snapshot = loaded.snapshot();
        return new Kept(
                loaded.head(),
                List.of(
                        snapshot.revision(),
                        snapshot.chain(),
                        new String(snapshot.bytes(), StandardCharsets.ISO_8859_1)),
                loaded.tail(),
                loaded.authors(),
                log(number),
                join(store.access(document(number))),
                joined.resumed());
    }

    /// Looks, and finds either exactly what was kept or a refusal; anything else fails the test.
    Seen lookAgain(int number, int life, Kept kept) {
        try {
            assertThat(look(number, life)).as("document %d", number).isEqualTo(kept);
            return Seen.WHOLE;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOfAny(DamagedDocumentException.class, StoreUnavailableException.class);
            return Seen.REFUSED;
        }
    }

    /// A chain hash as the last word of a line.
    static ChainHash chainOf(String line) {
        return new ChainHash(line.substring(line.lastIndexOf(' ') + 1));
    }
}
