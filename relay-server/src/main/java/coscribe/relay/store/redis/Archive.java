package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.LogEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// Keeps snapshots, and moves the log behind them into segments: whole runs which are older than
/// the snapshot and than the newest `keptSingle` commits. Client ids that nobody used for 90 days,
/// the reach of exactly-once, are forgotten then, too. Several relays may do it at once.
final class Archive {
    private static final Duration CLIENT_KEPT = Duration.ofDays(90);
    /// Below that it is not worth looking for old ones.
    private static final int FEW_CLIENTS = 256;

    private final Line bulk;
    private final RedisLog log;
    private final InstantSource clock;
    private final long keptSingle;

    Archive(Line bulk, RedisLog log, InstantSource clock, long keptSingle) {
        this.bulk = bulk;
        this.log = log;
        this.clock = clock;
        this.keptSingle = keptSingle;
    }

    /// Done when the snapshot is kept and what lies behind it is moved, or neither was called for.
    CompletionStage<Void> keep(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        var keys = new DocumentKeys(document);
        var words = Script.SNAPSHOT
                .call(keys.head(), keys.log(), keys.snapshot())
                .add(revision.number())
                .add(chain.hex())
                .add(RedisLog.sum(bytes))
                .add(bytes);
        return bulk.send(words, document, reply -> reply)
                .thenCompose(reply -> reply.word().equals("kept")
                        ? move(
                                        document,
                                        new Revision(reply.at(2).number()),
                                        Math.min(revision.number(), reply.at(1).number() - keptSingle))
                                .thenCompose(_ -> prune(document))
                        : CompletableFuture.completedStage(0L))
                .thenAccept(_ -> {});
    }

    private CompletionStage<Long> prune(DocumentId document) {
        return bulk.send(new Words(Command.HLEN).add(new DocumentKeys(document).clients()), document, Reply::number)
                .thenCompose(clients -> clients < FEW_CLIENTS
                        ? CompletableFuture.completedStage(0L)
                        : prune(
                                document,
                                "0",
                                clock.instant().minus(CLIENT_KEPT).getEpochSecond()));
    }

    /// A few at a time; the last step answers the cursor 0.
    private CompletionStage<Long> prune(DocumentId document, String cursor, long before) {
        var words = Script.PRUNE
                .call(new DocumentKeys(document).clients())
                .add(cursor)
                .add(before);
        return bulk.send(words, document, Reply::text)
                .thenCompose(next ->
                        next.equals("0") ? CompletableFuture.completedStage(0L) : prune(document, next, before));
    }

    /// Whether anything is left to another relay.
    private CompletionStage<Boolean> move(DocumentId document, Revision base, long upTo) {
        var end = base.plus(Segment.SIZE);
        if (end.number() > upTo) {
            return CompletableFuture.completedStage(false);
        }
        return log.stretch(document, base, Segment.SIZE, Integer.MAX_VALUE)
                .thenCompose(run -> moved(document, Segment.of(document, base, run.chain(), run.entries())))
                .thenCompose(moved -> moved ? move(document, end, upTo) : CompletableFuture.completedStage(true));
    }

    /// False where another relay was quicker; it goes on with the rest, too.
    private CompletionStage<Boolean> moved(DocumentId document, Segment segment) {
        var keys = new DocumentKeys(document);
        var words = Script.ARCHIVE
                .call(keys.head(), keys.log(), keys.segments())
                .add(segment.start().number())
                .add(segment.start().plus(Segment.SIZE).number())
                .add(segment.number())
                .add(segment.bytes());
        for (LogEntry entry : segment.entries()) {
            words.add(entry.revision().number());
        }
        return bulk.send(words, document, reply -> reply.number() == 1);
    }
}
