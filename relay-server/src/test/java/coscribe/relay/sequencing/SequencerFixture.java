package coscribe.relay.sequencing;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Submission;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/// The words in which a document's sequence is told events and is asked what it wants done. Store and feed are the
/// test itself.
abstract class SequencerFixture {
    static final Epoch LIFE = new Epoch("e".repeat(32));
    static final SequenceLimits LIMITS =
            new SequenceLimits(1_000, 3, 2, 10, 1 << 20, 3, 1 << 20, 64, Duration.ofSeconds(1));
    static final Writer ALICE = new Writer(new ClientId("1".repeat(32)), new PersonId("a".repeat(32)));
    static final Writer BOB = new Writer(new ClientId("2".repeat(32)), new PersonId("b".repeat(32)));
    static final Writer CAROL = new Writer(new ClientId("3".repeat(32)), new PersonId("c".repeat(32)));

    private final Sequencer sequencer = new Sequencer(Wire::encode, LIMITS);
    Sequence sequence = Sequence.EMPTY;
    List<SequenceEffect> effects = List.of();

    record Writer(ClientId client, PersonId person) {
        Waiting submits(long seq, long base, Delta delta) {
            return new Waiting(
                    client,
                    person,
                    new Submission(seq, new Revision(base), Intent.EDIT, Change.of(delta), Optional.empty()));
        }

        Delta insert(int at, String text, int length) {
            return Delta.builder()
                    .retain(at)
                    .insert(text, Attributes.of(Schema.AUTHOR, Value.of(person.hex())))
                    .build(length);
        }
    }

    @BeforeEach
    void the_document_is_loaded() {
        tell(new SequenceEvent.Opened());
        tell(new SequenceEvent.Loaded(
                new Head(LIFE, Revision.ZERO, ChainHash.START),
                new Document(coscribe.ot.kit.Notation.plain("ab\n"), Threads.NONE),
                List.of(),
                Set.of()));
    }

    void tell(SequenceEvent event) {
        var step = sequencer.step(sequence, event, 1_000);
        sequence = step.sequence();
        effects = step.effects();
    }

    void submitted(Waiting waiting) {
        tell(new SequenceEvent.Submitted(waiting));
    }

    <T extends SequenceEffect> List<T> wanted(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    SequenceEffect.Commit commit() {
        return wanted(SequenceEffect.Commit.class).getFirst();
    }

    static Head headAfter(SequenceEffect.Commit commit) {
        return new Head(
                LIFE,
                commit.expected().revision().plus(commit.entries().size()),
                commit.entries().getLast().chain());
    }

    void appended(SequenceEffect.Commit commit) {
        tell(new SequenceEvent.Answered(new CommitResult.Appended(headAfter(commit)), List.of()));
    }

    /// Somebody else's commit, as the log or the feed tells it.
    KnownCommit foreign(Head before, Writer writer, Delta delta) {
        var committed = new Committed(
                before.revision().next(),
                writer.person,
                writer.client,
                1,
                Intent.EDIT,
                0,
                Change.of(delta),
                Optional.empty(),
                Optional.empty());
        byte[] bytes = Wire.encode(committed);
        return new KnownCommit(committed, bytes, before.chain().after(bytes));
    }

    String text() {
        return sequence.document().text().plain();
    }

    /// One after the other, each on top of the one before.
    List<KnownCommit> foreign(int count) {
        var run = new ArrayList<KnownCommit>();
        var head = sequence.head();
        int length = sequence.document().text().length();
        for (int i = 0; i < count; i++) {
            var next = foreign(head, BOB, BOB.insert(0, "b", length + i));
            run.add(next);
            head = new Head(LIFE, next.revision(), next.chain());
        }
        return run;
    }
}
