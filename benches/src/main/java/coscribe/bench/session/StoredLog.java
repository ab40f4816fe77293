package coscribe.bench.session;

import coscribe.bench.trace.Grid;
import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.embedded.EmbeddedSettings;
import coscribe.relay.store.embedded.EmbeddedStore;
import coscribe.relay.store.memory.MemoryFeedHub;
import coscribe.relay.store.redis.RedisSettings;
import coscribe.relay.store.redis.RedisStore;
import coscribe.relay.store.redis.RedisUrl;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// What the store holds of a document when all relays are gone: every commit there ever was, read
/// without a relay, and the text that they and the newest snapshot give.
public final class StoredLog {
    private static final int ENTRIES = 1_000;
    private static final int BYTES = 1 << 20;

    private final List<LogEntry> entries;
    private final List<Committed> commits;
    private final Document loaded;

    private StoredLog(List<LogEntry> entries, Document loaded) {
        this.entries = entries;
        this.commits = entries.stream()
                .map(entry -> Wire.decodeCommitted(entry.bytes()))
                .toList();
        this.loaded = loaded;
    }

    public static StoredLog ofEmbedded(Path directory, DocumentId document) {
        try (var store = EmbeddedStore.open(
                directory,
                EmbeddedSettings.DEFAULT,
                InstantSource.system(),
                Runnable::run,
                new MemoryFeedHub(Runnable::run))) {
            return read(store.documents(), document);
        }
    }

    public static StoredLog ofRedis(String url, DocumentId document) {
        try (var store = new RedisStore(
                RedisUrl.parse(url), RedisSettings.DEFAULT, new SecureRandom(), InstantSource.system())) {
            store.start();
            return read(store.documents(), document);
        }
    }

    private static StoredLog read(DocumentStore store, DocumentId document) {
        var loaded = (LoadResult.Loaded) await(store.load(document));
        Document text = Wire.decodeDocument(loaded.snapshot().bytes());
        for (LogEntry entry : loaded.tail()) {
            text = text.apply(Wire.decodeCommitted(entry.bytes()).change());
        }
        var all = new ArrayList<LogEntry>();
        Revision at = Revision.ZERO;
        while (!at.equals(loaded.head().revision())) {
            var piece = (ReadResult.Entries) await(store.read(document, at, ENTRIES, BYTES));
            all.addAll(piece.entries());
            at = all.getLast().revision();
        }
        return new StoredLog(all, text);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    long commits() {
        return commits.size();
    }

    /// Every commit, oldest first.
    public List<Committed> log() {
        return commits;
    }

    /// What the newest snapshot and the commits behind it give.
    public Document document() {
        return loaded;
    }

    /// Revisions are dense, the chain is whole, no submission stands there twice or is skipped, and
    /// the log gives the text of the newest snapshot. Throws {@link IllegalStateException}.
    public void verifyOrder() {
        var _ = replayed((_, _) -> {});
    }

    private interface Each {
        void committed(Committed commit, Document after);
    }

    private Document replayed(Each each) {
        ChainHash chain = ChainHash.START;
        Map<ClientId, Long> lastSeq = new HashMap<>();
        Document document = Document.EMPTY;
        for (int i = 0; i < commits.size(); i++) {
            var commit = commits.get(i);
            chain = chain.after(entries.get(i).bytes());
            require(commit.revision().number() == i + 1, "revision " + commit.revision() + " stands at " + (i + 1));
            require(chain.equals(entries.get(i).chain()), "the chain breaks at " + commit.revision());
            long last = lastSeq.getOrDefault(commit.client(), 0L);
            require(commit.seq() == last + 1, "a submission was committed twice or skipped: " + commit.revision());
            lastSeq.put(commit.client(), commit.seq());
            document = document.apply(commit.change());
            each.committed(commit, document);
        }
        require(document.equals(loaded), "the log gives another text than the newest snapshot");
        return document;
    }

    String text(int writers) {
        return Seats.text(loaded, writers);
    }

    /// Every commit once, in one chain; every keystroke of the recording once, in order; every
    /// character by whom it was typed.
    void verify(Recording recording) {
        int writers = recording.agents();
        int[] typed = new int[writers];
        String[] authors = new String[writers];
        Document document = replayed((commit, after) -> {
            for (int writer = 0; writer < writers && after.length() >= writers; writer++) {
                int now = Seats.typed(after, writer, writers);
                require(now >= typed[writer], "writer " + writer + " went back at " + commit.revision());
                if (now > typed[writer]) {
                    typed[writer] = now;
                    authors[writer] = commit.author().hex();
                }
            }
        });
        for (int writer = 0; writer < writers; writer++) {
            require(
                    typed[writer] == recording.count(writer),
                    "writer " + writer + " typed " + typed[writer] + " of " + recording.count(writer));
            long expected = survivors(recording, writer);
            long found = written(document, authors[writer], writers);
            require(expected == found, "writer " + writer + " has " + found + " characters, not " + expected);
        }
    }

    /// How many units of a writer's typing are in the recorded end.
    private static long survivors(Recording recording, int writer) {
        var grid = Grid.of(recording, agent -> Attributes.of(Schema.AUTHOR, new Value.Text(Integer.toString(agent))));
        var document = Document.EMPTY;
        if (!recording.start().isEmpty()) {
            document = document.apply(
                    Change.of(Delta.builder().insert(recording.start()).build(1)));
        }
        int[] made = new int[recording.agents()];
        for (Txn txn : recording.txns()) {
            document = document.apply(Change.of(grid.at(txn.agent(), txn.number(), made[1 - txn.agent()])));
            made[txn.agent()]++;
        }
        return written(document, Integer.toString(writer), 1);
    }

    private static long written(Document document, String author, int closing) {
        long[] units = new long[1];
        document.text().forEachRun(0, document.length() - closing, (_, from, to, attributes) -> {
            boolean theirs = attributes.get(Schema.AUTHOR).orElse(Value.TRUE) instanceof Value.Text(var stamp)
                    && stamp.equals(author);
            units[0] += theirs ? to - from : 0;
        });
        return units[0];
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("the store: " + otherwise);
        }
    }
}
