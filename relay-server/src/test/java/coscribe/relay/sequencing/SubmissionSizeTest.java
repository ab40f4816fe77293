package coscribe.relay.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Submission;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.Head;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is committed must fit into one frame: a commit is delivered alone to its author, and a log
/// entry that nobody can be sent would lock the document for ever.
class SubmissionSizeTest {
    private static final PersonId MARA = new PersonId("a".repeat(32));

    @Test
    void a_commit_that_fits_no_frame_is_refused_for_good_and_the_next_one_goes_on() {
        var preparation = preparation();
        preparation.add(submission(1, manyLinks(3_000)));
        preparation.add(submission(2, typed("hi")));
        assertThat(preparation.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.TOO_LARGE);
            assertThat(refused.waiting().submission().seq()).isEqualTo(1);
        });
        assertThat(preparation.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.seq()).isEqualTo(2);
            assertThat(Wire.decodeCommitted(entry.bytes()).revision()).isEqualTo(new Revision(1));
            assertThat(entry.chain()).isEqualTo(ChainHash.START.after(entry.bytes()));
        });
        assertThat(preparation.prepared().getFirst().after().text().plain()).isEqualTo("hi\n");
    }

    @Test
    void more_text_than_a_submission_may_insert_is_refused_for_good() {
        var preparation = preparation();
        preparation.add(submission(1, typed("x".repeat(Limits.SUBMISSION_UNITS))));
        preparation.add(submission(2, typed("x".repeat(Limits.SUBMISSION_UNITS + 1))));
        assertThat(preparation.entries()).singleElement().matches(entry -> entry.seq() == 1);
        assertThat(preparation.refused()).singleElement().matches(refused -> refused.reason() == Refusal.TOO_LARGE);
    }

    private static Preparation preparation() {
        var head = new Head(new Epoch("e".repeat(32)), Revision.ZERO, ChainHash.START);
        var limits = SequenceLimits.DEFAULT;
        var copy = new Copy(
                head,
                Document.EMPTY,
                Recent.from(Revision.ZERO, Document.EMPTY, limits.baseAge(), limits.recentBytes()),
                Set.of(),
                Revision.ZERO,
                0);
        return new Preparation(Wire::encode, limits, copy, 1_000, 0);
    }

    private static Waiting submission(long seq, Delta delta) {
        return new Waiting(
                new ClientId("c".repeat(32)),
                MARA,
                new Submission(seq, Revision.ZERO, Intent.EDIT, Change.of(delta), Optional.empty()));
    }

    private static Delta typed(String text) {
        return Delta.builder().insert(text, mine()).build(1);
    }

    private static Delta manyLinks(int count) {
        var out = new DeltaBuilder();
        for (int i = 0; i < count; i++) {
            out.insert("x", mine().with("link", Value.of("https://example.org/" + i + "/" + "y".repeat(400))));
        }
        return out.build(1);
    }

    private static Attributes mine() {
        return Attributes.of(Schema.AUTHOR, Value.of(MARA.hex()));
    }
}
