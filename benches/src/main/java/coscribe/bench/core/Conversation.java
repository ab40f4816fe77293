package coscribe.bench.core;

import coscribe.bench.trace.Grid;
import coscribe.bench.trace.Recording;
import coscribe.bench.trace.Recording.Txn;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.session.Effect;
import coscribe.ot.session.Event;
import coscribe.ot.session.Session;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Sequence;
import coscribe.relay.sequencing.SequenceEffect;
import coscribe.relay.sequencing.SequenceEvent;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.sequencing.Sequencer;
import coscribe.relay.sequencing.Waiting;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A recorded session of two writers through two client sessions and the relay's sequencer, all of
/// them the pure steps that the product runs, in one thread and without a wire. Each writer hears
/// of the other exactly as far as it had when it typed, so what is concurrent in the recording is
/// concurrent here.
final class Conversation {
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final int UNDO_STEP = 20;

    private final Grid grid;
    private final Sequencer sequencer;
    private final List<Writer> writers = new ArrayList<>();
    private Sequence sequence = Sequence.EMPTY;
    private long nowMillis = START_MILLIS;
    private int commits;

    private final class Writer {
        final int agent;
        final ClientId client;
        Session session;
        final Deque<Committed> inbox = new ArrayDeque<>();
        final Map<Long, Integer> typedAt = new HashMap<>(); // seq -> how many transactions it ends with
        int typed;
        int heard; // of the other's

        Writer(int agent) {
            this.agent = agent;
            this.client = new ClientId(Integer.toHexString(agent + 1).repeat(32));
            this.session = Session.fresh(Stamps.person(agent), new DocumentId("d".repeat(32)));
        }

        void join(Document document, Epoch epoch) {
            step(new Event.Started());
            step(new Event.LinkUp());
            receive(new ServerMessage.Joined(
                    session.document(),
                    "",
                    client,
                    Role.EDITOR,
                    epoch,
                    Revision.ZERO,
                    Revision.ZERO,
                    document.contentHash(),
                    true,
                    new ServerMessage.Resumed.Nothing(),
                    List.of(),
                    ServerMessage.Durability.VOLATILE));
            receive(new ServerMessage.SnapshotPart(
                    Revision.ZERO, 1, 1, document.text().asDelta(), Threads.NONE));
        }

        void type(int number) {
            Change change = Change.of(grid.at(agent, number, heard));
            typed = number;
            step(new Event.Edited(change, Intent.EDIT, number % UNDO_STEP != 1, Optional.empty()));
        }

        void receive(ServerMessage message) {
            step(new Event.Received(message));
        }

        private void step(Event event) {
            var step = session.step(event);
            session = step.session();
            for (Effect effect : step.effects()) {
                switch (effect) {
                    case Effect.Send(ClientMessage.Submit(var submission)) -> {
                        typedAt.putIfAbsent(submission.seq(), typed);
                        relay(new SequenceEvent.Submitted(new Waiting(client, session.person(), submission)));
                    }
                    case Effect.KeepCopy(var _, var reason) ->
                        throw new IllegalStateException("a session gave up: " + reason);
                    case Effect.Disconnect(var why) -> throw new IllegalStateException("a session hung up: " + why);
                    case Effect.Connect _,
                            Effect.Send _,
                            Effect.Write _,
                            Effect.RetryAfter _,
                            Effect.ResendAfter _,
                            Effect.RenameAfter _,
                            Effect.RenameRefused _,
                            Effect.Show _ -> {}
                }
            }
        }
    }

    private Conversation(Recording recording, Grid grid, Function<Committed, byte[]> encoder) {
        this.grid = grid;
        this.sequencer = new Sequencer(encoder, SequenceLimits.DEFAULT);
        Document start = Replay.start(recording);
        var epoch = new Epoch("e".repeat(32));
        var head = new Head(epoch, Revision.ZERO, ChainHash.START);
        relay(new SequenceEvent.Opened());
        relay(new SequenceEvent.Loaded(head, start, List.of(), Set.of()));
        for (int agent = 0; agent < 2; agent++) {
            var writer = new Writer(agent);
            writers.add(writer);
            writer.join(start, epoch);
        }
    }

    /// What came of it.
    ///
    /// @param texts    each writer's shown text, and the relay's
    /// @param commits  how many; fewer than transactions where typing went on while one was under
    ///     way
    record Outcome(List<String> texts, int commits) {}

    static Outcome hold(Recording recording, Grid grid, Function<Committed, byte[]> encoder) {
        var conversation = new Conversation(recording, grid, encoder);
        for (Txn txn : recording.txns()) {
            var writer = conversation.writers.get(txn.agent());
            conversation.hear(writer, txn.seen());
            writer.type(txn.number());
            conversation.nowMillis += 20;
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Writer writer : conversation.writers) {
                more |= !writer.inbox.isEmpty();
                conversation.hear(writer, Integer.MAX_VALUE);
            }
        }
        return new Outcome(
                List.of(
                        conversation.writers.get(0).session.shown().text().plain(),
                        conversation.writers.get(1).session.shown().text().plain(),
                        conversation.sequence.document().text().plain()),
                conversation.commits);
    }

    /// Hands a writer what was committed until it knows of `enough` of the other's transactions,
    /// and its own that come next.
    private void hear(Writer writer, int enough) {
        Writer other = writers.get(1 - writer.agent);
        while (!writer.inbox.isEmpty()) {
            Committed next = writer.inbox.peek();
            boolean own = next.client().equals(writer.client);
            if (!own && writer.heard >= enough) {
                return;
            }
            writer.inbox.remove();
            if (!own) {
                writer.heard = other.typedAt.getOrDefault(next.seq(), 0);
            }
            writer.receive(next);
        }
        if (writer.heard < enough && enough != Integer.MAX_VALUE) {
            // What the writer had seen waits in the other's hands for an acknowledgement.
            hear(other, Integer.MAX_VALUE);
            if (writer.inbox.isEmpty() && other.session.allSaved()) {
                // The rest was taken back before it could be sent: it never travels.
                writer.heard = other.typed;
                return;
            }
            hear(writer, enough);
        }
    }

    private void relay(SequenceEvent event) {
        var step = sequencer.step(sequence, event, nowMillis);
        sequence = step.sequence();
        for (SequenceEffect effect : step.effects()) {
            switch (effect) {
                case SequenceEffect.Commit(var expected, var entries) -> {
                    commits += entries.size();
                    var head = new Head(
                            expected.epoch(),
                            expected.revision().plus(entries.size()),
                            entries.getLast().chain());
                    relay(new SequenceEvent.Answered(new CommitResult.Appended(head), List.of()));
                }
                case SequenceEffect.Deliver(var delivered) -> {
                    for (KnownCommit commit : delivered) {
                        writers.forEach(writer -> writer.inbox.add(commit.committed()));
                    }
                }
                case SequenceEffect.Refuse(var _, long seq, var reason, var sentence, var _) ->
                    throw new IllegalStateException("submission " + seq + " was refused: " + reason + ", " + sentence);
                case SequenceEffect.Load _,
                        SequenceEffect.Read _,
                        SequenceEffect.TakeTurn _,
                        SequenceEffect.RetryAfter _,
                        SequenceEffect.Ready _,
                        SequenceEffect.Report _,
                        SequenceEffect.GiveUp _,
                        SequenceEffect.Expel _,
                        SequenceEffect.KeepSnapshot _ -> {}
            }
        }
    }
}
