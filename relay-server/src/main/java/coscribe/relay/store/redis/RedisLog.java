package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.Head;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// Reads what may be large, on the connection for that: documents, stretches of the log, segments.
/// Everything it hands out was verified against the chain; where replicas confirm, they have it.
final class RedisLog {
    private static final int HASH = 64;
    private static final int TAIL_CHUNK = 512;
    private final Line bulk;

    RedisLog(Line bulk) {
        this.bulk = bulk;
    }

    /// A log entry as it is kept: its chain hash in hex, then its bytes.
    static LogEntry entry(DocumentId document, Revision revision, Reply kept) {
        if (kept.isNothing()) {
            throw new DamagedDocumentException(document, "revision " + revision + " is missing");
        }
        var value = kept.bytes();
        if (value.length < HASH) {
            throw new DamagedDocumentException(document, "revision " + revision + " is cut off");
        }
        return new LogEntry(
                revision,
                hash(document, new String(value, 0, HASH, StandardCharsets.US_ASCII)),
                Arrays.copyOfRange(value, HASH, value.length));
    }

    static ChainHash hash(DocumentId document, String hex) {
        try {
            return new ChainHash(hex);
        } catch (IllegalArgumentException _) {
            throw new DamagedDocumentException(document, "a chain hash is none");
        }
    }

    /// Three replies from `index` on.
    static Head head(Reply reply, int index) {
        return new Head(
                new Epoch(reply.at(index).text()),
                new Revision(reply.at(index + 1).number()),
                new ChainHash(reply.at(index + 2).text()));
    }

    static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// While a document is read in several steps, another relay may move what was to be read next
    /// into a segment; a second look then finds it whole.
    CompletionStage<LoadResult> load(DocumentId document) {
        return loadOnce(document)
                .exceptionallyCompose(failure -> failure.getCause() instanceof DamagedDocumentException
                        ? loadOnce(document)
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<LoadResult> loadOnce(DocumentId document) {
        var keys = new DocumentKeys(document);
        // In this order: a head is never older than the snapshot, and who is new since then is known.
        var snapshot = bulk.send(
                new Words(Command.HMGET)
                        .add(keys.snapshot())
                        .add("revision")
                        .add("chain")
                        .add("sum")
                        .add("bytes"),
                document,
                reply -> snapshot(document, reply));
        var remains = bulk.send(
                new Words(Command.EXISTS)
                        .add(keys.log())
                        .add(keys.segments())
                        .add(keys.snapshot())
                        .add(keys.clients())
                        .add(keys.acl())
                        .add(keys.people()),
                document,
                Reply::number);
        var head = bulk.confirmed(
                Script.HEAD.call(keys.head()).add(cover()),
                document,
                reply -> reply.at(0).isNothing() ? Optional.<Head>empty() : Optional.of(head(reply, 0)));
        var authors = bulk.send(new Words(Command.HKEYS).add(keys.people()), document, RedisLog::authors);
        return head.thenCombine(remains, (found, others) -> {
                    if (found.isEmpty() && others > 0) {
                        throw new DamagedDocumentException(document, "its head is missing");
                    }
                    return found;
                })
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(new LoadResult.Absent())
                        : snapshot.thenCompose(
                                s -> authors.thenCompose(people -> loaded(document, found.get(), s, people))));
    }

    /// Whether a script is to make sure that the `WAIT` behind it covers what it tells of.
    private String cover() {
        return bulk.confirms() ? "1" : "";
    }

    private static LoadResult.Snapshot snapshot(DocumentId document, Reply reply) {
        if (reply.at(0).isNothing() || reply.at(3).isNothing()) {
            throw new DamagedDocumentException(document, "the snapshot is missing");
        }
        var bytes = reply.at(3).bytes();
        if (!sum(bytes).equals(reply.at(2).text())) {
            throw new DamagedDocumentException(document, "the snapshot is not what was stored");
        }
        return new LoadResult.Snapshot(
                new Revision(reply.at(0).number()), hash(document, reply.at(1).text()), bytes);
    }

    private static Set<PersonId> authors(Reply reply) {
        var authors = new LinkedHashSet<PersonId>();
        reply.items().forEach(item -> authors.add(new PersonId(item.text())));
        return authors;
    }

    private CompletionStage<LoadResult> loaded(
            DocumentId document, Head head, LoadResult.Snapshot snapshot, Set<PersonId> authors) {
        return tail(document, snapshot.revision(), head.revision()).thenApply(tail -> {
            LogCheck.requireUpToHead(document, snapshot.revision(), snapshot.chain(), tail, head);
            return new LoadResult.Loaded(head, snapshot, tail, authors);
        });
    }

    private CompletionStage<List<LogEntry>> tail(DocumentId document, Revision after, Revision upTo) {
        CompletionStage<List<LogEntry>> tail = CompletableFuture.completedStage(new ArrayList<>());
        for (long first = after.number() + 1; first <= upTo.number(); first += TAIL_CHUNK) {
            long from = first;
            var words = new Words(Command.HMGET).add(new DocumentKeys(document).log());
            for (long r = from; r <= upTo.number() && r < from + TAIL_CHUNK; r++) {
                words.add(r);
            }
            var chunk = bulk.send(words, document, reply -> {
                var entries = new ArrayList<LogEntry>(reply.size());
                for (int i = 0; i < reply.size(); i++) {
                    entries.add(entry(document, new Revision(from + i), reply.at(i)));
                }
                return entries;
            });
            tail = tail.thenCombine(chunk, (all, more) -> {
                all.addAll(more);
                return all;
            });
        }
        return tail;
    }

    /// Entries after a revision with the chain hash there, dense and verified.
    record Stretch(Head head, ChainHash chain, List<LogEntry> entries) {}

    CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return page(document, after, maxEntries, maxBytes).thenCompose(page -> switch (page) {
            case Page.Absent() -> CompletableFuture.completedStage(new ReadResult.Absent());
            case Page.Beyond(var head) -> CompletableFuture.completedStage(new ReadResult.OutOfReach(head));
            case Page.Found found ->
                walk(new Walk(document, after, maxEntries, maxBytes), found)
                        .thenApply(stretch -> new ReadResult.Entries(stretch.head(), stretch.entries()));
        });
    }

    /// @throws DamagedDocumentException  in the stage, where there is no such revision
    CompletionStage<Stretch> stretch(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return page(document, after, maxEntries, maxBytes).thenCompose(page -> switch (page) {
            case Page.Found found -> walk(new Walk(document, after, maxEntries, maxBytes), found);
            case Page.Absent(), Page.Beyond _ ->
                throw new DamagedDocumentException(document, "revision " + after + " is gone");
        });
    }

    /// What the script of that name answers.
    private sealed interface Page {
        record Absent() implements Page {}

        record Beyond(Head head) implements Page {}

        /// @param base   up to it the log is in segments
        /// @param chain  at the revision asked for, unless that is in segments
        record Found(Head head, Revision base, Optional<ChainHash> chain, List<LogEntry> entries) implements Page {}
    }

    private CompletionStage<Page> page(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        var keys = new DocumentKeys(document);
        var words = Script.READ
                .call(keys.head(), keys.log())
                .add(after.number())
                .add(Math.max(1, maxEntries))
                .add(maxBytes)
                .add(cover());
        return bulk.confirmed(words, document, reply -> switch (reply.word()) {
            case "absent" -> new Page.Absent();
            case "beyond" -> new Page.Beyond(head(reply, 1));
            default -> {
                var entries = new ArrayList<LogEntry>();
                for (int i = 6; i < reply.size(); i++) {
                    entries.add(entry(document, after.plus(i - 5L), reply.at(i)));
                }
                var chain = reply.at(5);
                yield new Page.Found(
                        head(reply, 1),
                        new Revision(reply.at(4).number()),
                        chain.isNothing() ? Optional.empty() : Optional.of(hash(document, chain.text())),
                        entries);
            }
        });
    }

    /// A read on its way through segments into the log.
    private static final class Walk {
        final DocumentId document;
        final int maxEntries;
        final int maxBytes;
        final List<LogEntry> entries = new ArrayList<>();
        final Revision from;
        Optional<ChainHash> chain = Optional.empty();
        long bytes;

        Walk(DocumentId document, Revision from, int maxEntries, int maxBytes) {
            this.document = document;
            this.from = from;
            this.maxEntries = maxEntries;
            this.maxBytes = maxBytes;
        }

        Revision at() {
            return from.plus(entries.size());
        }

        /// Whether there was room for all of it.
        boolean take(List<LogEntry> more) {
            for (LogEntry entry : more) {
                boolean tooMuch = bytes + entry.bytes().length > maxBytes && !entries.isEmpty();
                if (tooMuch || entries.size() >= Math.max(1, maxEntries)) {
                    return false;
                }
                entries.add(entry);
                bytes += entry.bytes().length;
            }
            return entries.size() < maxEntries && bytes < maxBytes;
        }

        Stretch done(Head head) {
            var start = chain.orElseThrow(() -> new IllegalStateException("no chain hash at " + from));
            LogCheck.requireDense(document, from, start, entries);
            return new Stretch(head, start, entries);
        }
    }

    private CompletionStage<Stretch> walk(Walk walk, Page.Found page) {
        if (walk.chain.isEmpty()) {
            walk.chain = page.chain();
        }
        boolean archived = page.base().isAfter(walk.at());
        if (archived || walk.chain.isEmpty()) {
            long number = archived ? Segment.after(walk.at()) : Segment.of(walk.at());
            return segment(walk.document, number).thenCompose(segment -> {
                if (walk.chain.isEmpty()) {
                    walk.chain = Optional.of(segment.chainAt(walk.at()));
                }
                if (!archived) {
                    return walk(walk, page);
                }
                int skipped = (int) (walk.at().number() - segment.start().number());
                boolean more = walk.take(segment.entries().subList(skipped, Segment.SIZE));
                return more ? onwards(walk) : CompletableFuture.completedStage(walk.done(page.head()));
            });
        }
        boolean _ = walk.take(page.entries());
        return CompletableFuture.completedStage(walk.done(page.head()));
    }

    private CompletionStage<Stretch> onwards(Walk walk) {
        int entries = walk.maxEntries - walk.entries.size();
        int bytes = (int) (walk.maxBytes - walk.bytes);
        return page(walk.document, walk.at(), entries, bytes).thenCompose(next -> switch (next) {
            case Page.Found found -> walk(walk, found);
            case Page.Absent(), Page.Beyond _ ->
                throw new DamagedDocumentException(walk.document, "its head went back while it was read");
        });
    }

    private CompletionStage<Segment> segment(DocumentId document, long number) {
        var words = new Words(Command.HGET)
                .add(new DocumentKeys(document).segments())
                .add(number);
        return bulk.send(words, document, reply -> {
            if (reply.isNothing()) {
                throw new DamagedDocumentException(document, "segment " + number + " is missing");
            }
            return Segment.parse(document, number, reply.bytes());
        });
    }
}
