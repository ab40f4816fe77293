package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.LogCheck;
import coscribe.relay.store.LogEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// Calls the script `commit` and makes results of its answers.
final class Commits {
    /// More would not fit on Lua's stack.
    static final int MAX_ENTRIES = 1000;

    private final Line commits;
    private final Line commands;
    private final RedisLog log;
    private final InstantSource clock;

    /// @param commits   where commits are confirmed by replicas, if they have to be
    /// @param commands  where is published what was confirmed
    Commits(Line commits, Line commands, RedisLog log, InstantSource clock) {
        this.commits = commits;
        this.commands = commands;
        this.log = log;
        this.clock = clock;
    }

    CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        try {
            LogCheck.requireSound(expected, entries);
            if (entries.size() > MAX_ENTRIES) {
                throw new IllegalArgumentException(entries.size() + " entries in one commit");
            }
        } catch (IllegalArgumentException bug) {
            return CompletableFuture.failedStage(bug);
        }
        var end = new Head(
                expected.epoch(),
                expected.revision().plus(entries.size()),
                entries.getLast().chain());
        return commits.confirmed(
                        words(document, relay, expected, entries),
                        document,
                        reply -> answer(document, expected, end, reply))
                .thenApply(answer -> {
                    publish(document, expected, entries, answer);
                    return answer;
                })
                .thenCompose(answer -> switch (answer) {
                    case Answer.Is(var result) -> CompletableFuture.completedStage(result);
                    case Answer.Again again -> CompletableFuture.completedStage(again.duplicate());
                    case Answer.Archived() -> fromSegments(document, expected);
                });
    }

    private Words words(DocumentId document, String relay, Head expected, List<Entry> entries) {
        var keys = new DocumentKeys(document);
        var words = Script.COMMIT
                .call(keys.head(), keys.log(), keys.clients(), keys.acl(), keys.people(), keys.turn())
                .add(relay)
                .add(expected.epoch().hex())
                .add(expected.revision().number())
                .add(expected.chain().hex())
                .add(commits.confirms() ? Words.NONE : keys.channel())
                .add(clock.instant().getEpochSecond());
        long revision = expected.revision().number();
        for (Entry entry : entries) {
            revision++;
            words.add(entry.client().hex())
                    .add(entry.seq())
                    .add(entry.seq() - 1)
                    .add(entry.author().hex())
                    .add(entry.needs().word())
                    .add(revision)
                    .add(entry.chain().hex())
                    .add(entry.bytes());
        }
        return words;
    }

    /// Where replicas had to confirm first, the script did not publish. What was committed before and is
    /// confirmed only now may never have been told either.
    private void publish(DocumentId document, Head expected, List<Entry> entries, Answer answer) {
        if (!commits.confirms()) {
            return;
        }
        switch (answer) {
            case Answer.Is(CommitResult.Appended _) ->
                publish(document, FeedMessage.appended(expected.revision(), entries));
            case Answer.Again(var duplicate, var head, var chain) ->
                publish(document, FeedMessage.headMoved(duplicate.revision(), head, chain));
            case Answer.Is _, Answer.Archived _ -> {}
        }
    }

    private void publish(DocumentId document, byte[] message) {
        var _ = commands.send(new Words(Command.PUBLISH)
                .add(new DocumentKeys(document).channel())
                .add(message));
    }

    private sealed interface Answer {
        record Is(CommitResult result) implements Answer {}

        /// Committed before; `head` and `chain` are where the log ends now.
        record Again(CommitResult.Duplicate duplicate, Revision head, ChainHash chain) implements Answer {}

        /// The head moved; what is missing is in segments, or more than the connection for commits
        /// should carry.
        record Archived() implements Answer {}
    }

    private static Answer answer(DocumentId document, Head expected, Head end, Reply reply) {
        return switch (reply.word()) {
            case "appended" -> new Answer.Is(new CommitResult.Appended(end));
            case "duplicate" ->
                new Answer.Again(
                        new CommitResult.Duplicate(
                                (int) reply.at(1).number(),
                                new Revision(reply.at(2).number())),
                        new Revision(reply.at(3).number()),
                        RedisLog.hash(document, reply.at(4).text()));
            case "closed" ->
                new Answer.Is(new CommitResult.ClientClosed((int) reply.at(1).number()));
            case "refused" ->
                new Answer.Is(new CommitResult.RoleRefused((int) reply.at(1).number()));
            case "moved" -> new Answer.Is(moved(document, expected, reply));
            case "forked" -> new Answer.Is(new CommitResult.Forked(RedisLog.head(reply, 1)));
            case "turn" ->
                new Answer.Is(new CommitResult.TurnTaken(Math.max(1, reply.at(1).number())));
            case "absent" -> new Answer.Is(new CommitResult.Absent());
            case "archived" -> new Answer.Archived();
            default ->
                throw new DamagedDocumentException(document, "at " + reply.at(1).text());
        };
    }

    private static CommitResult moved(DocumentId document, Head expected, Reply reply) {
        var missing = new ArrayList<LogEntry>(reply.size() - 4);
        for (int i = 4; i < reply.size(); i++) {
            missing.add(RedisLog.entry(document, expected.revision().plus(i - 3L), reply.at(i)));
        }
        LogCheck.requireDense(document, expected.revision(), expected.chain(), missing);
        return new CommitResult.HeadMoved(RedisLog.head(reply, 1), missing);
    }

    private CompletionStage<CommitResult> fromSegments(DocumentId document, Head expected) {
        return log.stretch(document, expected.revision(), DocumentStore.MISSING_ENTRIES, Integer.MAX_VALUE)
                .thenApply(stretch -> stretch.chain().equals(expected.chain())
                        ? new CommitResult.HeadMoved(stretch.head(), stretch.entries())
                        : new CommitResult.Forked(stretch.head()));
    }
}
