package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.LogEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Keeps snapshots, and moves the log behind them into segments: whole runs which are older than
/// the snapshot and than the newest `keptSingle` commits. Several relays may do it at once.
final class Archive {
    private final CommandLine bulk;
    private final RedisLog log;
    private final long keptSingle;

    Archive(CommandLine bulk, RedisLog log, long keptSingle) {
        this.bulk = bulk;
        this.log = log;
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
                        : CompletableFuture.completedStage(false))
                .thenAccept(_ -> {});
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
