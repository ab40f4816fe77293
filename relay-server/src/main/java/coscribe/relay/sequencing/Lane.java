package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.sequencing.SequenceEvent.CommitFailure;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One document's lane at this relay: feeds events to the pure step and performs its effects.
/// Everything about the document, its members too, happens in the lane, one thing after the other;
/// nothing in it blocks.
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int READ_ENTRIES = 1_000;
    private static final int READ_BYTES = 1 << 20;

    private final DocumentId document;
    private final LaneContext context;
    private final Sequencer sequencer;
    private final LaneListener listener;
    private final Serial serial;
    private final Snapshots snapshots;
    private Sequence sequence = Sequence.EMPTY;

    /// What all lanes of a relay share.
    ///
    /// @param relay       this relay's name, for the turn
    /// @param executor    runs lanes: direct, or a scheduler's
    /// @param background  runs what takes long: encoding snapshots
    /// @param random      jitter; thread-safe
    public record LaneContext(
            String relay,
            DocumentStore store,
            DocumentFeed feed,
            CommitCodec codec,
            SequenceLimits limits,
            Executor executor,
            Executor background,
            Timers timers,
            InstantSource clock,
            RandomGenerator random) {}

    public Lane(DocumentId document, LaneContext context, LaneListener listener) {
        this.document = document;
        this.context = context;
        this.listener = listener;
        this.serial = new Serial(context.executor(), "doc=" + document);
        this.snapshots = new Snapshots(document, context, this::run);
        this.sequencer = new Sequencer(context.codec()::encode, context.limits());
    }

    /// Runs something in the lane.
    public void run(Runnable task) {
        serial.execute(task);
    }

    /// The relay's copy. Only in the lane.
    public Sequence sequence() {
        return sequence;
    }

    /// Feeds an event. Only in the lane; from elsewhere through {@link #run}.
    public void feed(SequenceEvent event) {
        take(stepOf(event));
    }

    /// A mistake of ours must not leave the document half-way: its copy is dropped and everybody comes in anew.
    private Sequencer.Step stepOf(SequenceEvent event) {
        long now = context.clock().millis();
        try {
            return sequencer.step(sequence, event, now);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "event=step_failed doc={} on={}", document, event.getClass().getSimpleName(), e);
            return sequencer.step(sequence, new SequenceEvent.Broke(Optional.of(event)), now);
        }
    }

    private void take(Sequencer.Step step) {
        sequence = step.sequence();
        for (SequenceEffect effect : step.effects()) {
            try {
                perform(effect);
            } catch (RuntimeException | Error e) {
                LOG.error(
                        "event=effect_failed doc={} of={}",
                        document,
                        effect.getClass().getSimpleName(),
                        e);
                failed(effect);
            }
        }
    }

    /// What an effect would have led to will not be told.
    private void failed(SequenceEffect effect) {
        switch (effect) {
            case SequenceEffect.Load _ ->
                broke(Optional.of(new SequenceEvent.LoadFailed(Unavailable.DAMAGED, Unavailable.DAMAGED_SENTENCE)));
            case SequenceEffect.Commit _ -> broke(Optional.of(new SequenceEvent.CommitFailed(CommitFailure.AWAY)));
            case SequenceEffect.Read _ -> broke(Optional.of(new SequenceEvent.ReadFailed(true)));
            case SequenceEffect.TakeTurn _ -> broke(Optional.of(new SequenceEvent.TurnAnswered(false)));
            case SequenceEffect.RetryAfter _ -> broke(Optional.of(new SequenceEvent.RetryDue()));
            case SequenceEffect.Deliver _, SequenceEffect.Refuse _, SequenceEffect.Ready _ -> broke(Optional.empty());
            case SequenceEffect.GiveUp _,
                    SequenceEffect.Expel _,
                    SequenceEffect.Report _,
                    SequenceEffect.KeepSnapshot _ -> {} // what comes next does not go by them
        }
    }

    private void broke(Optional<SequenceEvent> unheard) {
        later(new SequenceEvent.Broke(unheard));
    }

    /// Stops following the document. Only in the lane, when nobody is in it.
    public void close() {
        context.feed().unfollow(document);
    }

    private void later(SequenceEvent event) {
        run(() -> feed(event));
    }

    private void perform(SequenceEffect effect) {
        switch (effect) {
            case SequenceEffect.Load() -> load();
            case SequenceEffect.Commit(var expected, var entries) -> commit(expected, entries);
            case SequenceEffect.Read(var after) -> read(after);
            case SequenceEffect.TakeTurn() -> takeTurn();
            case SequenceEffect.RetryAfter(var bound) ->
                context.timers().after(jitter(bound), () -> later(new SequenceEvent.RetryDue()));
            case SequenceEffect.Deliver(var commits) -> listener.deliver(commits);
            case SequenceEffect.Refuse(var client, long seq, var reason, var sentence, var retryAfter) ->
                listener.refuse(client, seq, reason, sentence, retryAfter);
            case SequenceEffect.Ready() -> listener.ready();
            case SequenceEffect.GiveUp(var why, var sentence) -> listener.unavailable(why, sentence);
            case SequenceEffect.Expel(var sentence) -> listener.expel(sentence);
            case SequenceEffect.Report(var mistake) -> LOG.error("event=change_not_merged doc={}", document, mistake);
            case SequenceEffect.KeepSnapshot due -> snapshots.due(due);
        }
    }

    private Duration jitter(Duration bound) {
        return Duration.ofNanos(context.random().nextLong(bound.toNanos() + 1));
    }

    // --- loading

    private void load() {
        context.feed()
                .follow(document, new FromFeed())
                .thenCompose(followed -> context.store().load(document))
                .thenApply(this::decoded)
                .exceptionally(this::loadFailure)
                .thenAccept(this::later);
    }

    private SequenceEvent decoded(LoadResult result) {
        return switch (result) {
            case LoadResult.Absent() -> new SequenceEvent.LoadFailed(Unavailable.ABSENT, "There is no such document.");
            case LoadResult.Loaded(var head, var snapshot, var tail, var authors) -> {
                try {
                    var text = context.codec().decodeDocument(snapshot.bytes());
                    var commits = decode(tail);
                    requireFits(text, commits);
                    var snapshotAt = new Head(head.epoch(), snapshot.revision(), snapshot.chain());
                    yield new SequenceEvent.Loaded(snapshotAt, text, commits, authors);
                } catch (IllegalArgumentException e) {
                    throw new DamagedDocumentException(document, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    /// What is damaged is to be found here, where it can be told, and not within a step.
    private static void requireFits(Document snapshot, List<KnownCommit> commits) {
        Document text = snapshot;
        for (KnownCommit commit : commits) {
            text = text.apply(commit.committed().change());
        }
    }

    private SequenceEvent loadFailure(Throwable failure) {
        Throwable cause = Unavailable.cause(failure);
        if (cause instanceof StoreUnavailableException) {
            LOG.warn("event=load_failed doc={} cause=store_away", document);
            return new SequenceEvent.LoadFailed(
                    Unavailable.AWAY, "The relay's store does not answer. Nothing was changed.");
        }
        LOG.error("event=load_failed doc={}", document, cause);
        return new SequenceEvent.LoadFailed(Unavailable.DAMAGED, Unavailable.DAMAGED_SENTENCE);
    }

    private List<KnownCommit> decode(List<LogEntry> entries) {
        var commits = new ArrayList<KnownCommit>(entries.size());
        for (LogEntry entry : entries) {
            var committed = context.codec().decode(entry.bytes());
            if (!committed.revision().equals(entry.revision())) {
                throw new IllegalArgumentException("entry " + entry.revision() + " says " + committed.revision());
            }
            commits.add(new KnownCommit(committed, entry.bytes(), entry.chain()));
        }
        return commits;
    }

    // --- committing and reading

    private void commit(Head expected, List<Entry> entries) {
        context.store()
                .commit(document, context.relay(), expected, entries)
                .<SequenceEvent>thenApply(result -> new SequenceEvent.Answered(result, missing(result)))
                .exceptionally(failure -> {
                    LOG.warn(
                            "event=commit_unknown doc={} cause={}",
                            document,
                            Unavailable.cause(failure).getMessage());
                    return new SequenceEvent.CommitFailed(failureOf(Unavailable.cause(failure)));
                })
                .thenAccept(this::later);
    }

    private static CommitFailure failureOf(Throwable cause) {
        return switch (cause) {
            case StoreFullException _ -> CommitFailure.FULL;
            case StoreUnsafeException _ -> CommitFailure.UNSAFE;
            case DamagedDocumentException _ -> CommitFailure.DAMAGED;
            default -> CommitFailure.AWAY;
        };
    }

    private List<KnownCommit> missing(CommitResult result) {
        return result instanceof CommitResult.HeadMoved moved ? decode(moved.missing()) : List.of();
    }

    private void read(Revision after) {
        context.store()
                .read(document, after, READ_ENTRIES, READ_BYTES)
                .<List<SequenceEvent>>thenApply(result -> switch (result) {
                    case ReadResult.Entries(var head, var entries) ->
                        List.of(
                                new SequenceEvent.Announced(decode(entries)),
                                new SequenceEvent.ReadEnded(head.revision()));
                    case ReadResult.OutOfReach ignored -> List.of(new SequenceEvent.ReadFailed(false));
                    case ReadResult.Absent() -> List.of(new SequenceEvent.ReadFailed(false));
                })
                .exceptionally(failure -> List.of(
                        new SequenceEvent.ReadFailed(Unavailable.cause(failure) instanceof StoreUnavailableException)))
                .thenAccept(events -> run(() -> fill(events)));
    }

    private void fill(List<SequenceEvent> read) {
        long before = knownTo();
        read.forEach(this::feed);
        if (knownTo() > before && before >= 0) { // else it is loaded anew
            listener.gapFilled(Math.toIntExact(knownTo() - before));
        }
    }

    private long knownTo() {
        return sequence.isReady() ? sequence.head().revision().number() : -1;
    }

    private void takeTurn() {
        context.store()
                .takeTurn(document, context.relay())
                .exceptionally(failure -> false)
                .thenAccept(granted -> later(new SequenceEvent.TurnAnswered(granted)));
    }

    private final class FromFeed implements DocumentFeed.Listener {
        @Override
        public void committed(List<LogEntry> entries) {
            try {
                later(new SequenceEvent.Announced(decode(entries)));
            } catch (IllegalArgumentException e) {
                LOG.warn("event=feed_garbled doc={} cause={}", document, e.getMessage());
                later(new SequenceEvent.Interrupted());
            }
        }

        @Override
        public void headMoved(Revision head) {
            later(new SequenceEvent.RevisionSeen(head));
        }

        @Override
        public void presence(byte[] message) {
            run(() -> listener.presence(message));
        }

        @Override
        public void accessChanged() {
            run(listener::accessChanged);
        }

        @Override
        public void interrupted() {
            later(new SequenceEvent.Interrupted());
            run(listener::interrupted);
        }
    }
}
