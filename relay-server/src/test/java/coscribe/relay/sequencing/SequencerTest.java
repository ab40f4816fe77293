package coscribe.relay.sequencing;

import static coscribe.ot.kit.Notation.d;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Submission;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A document's sequence is told events and is asked what it wants done.
class SequencerTest extends SequencerFixture {
    @Test
    void a_submission_is_committed_and_delivered_only_when_the_store_has_it() {
        submitted(ALICE.submits(1, 0, ALICE.insert(1, "X", 3)));
        var commit = commit();
        assertThat(wanted(SequenceEffect.Deliver.class)).isEmpty();
        appended(commit);
        assertThat(wanted(SequenceEffect.Deliver.class))
                .singleElement()
                .satisfies(deliver -> assertThat(deliver.commits().getFirst().bytes())
                        .isEqualTo(commit.entries().getFirst().bytes()));
        assertThat(text()).isEqualTo("aXb\n");
    }

    @Test
    void a_late_submission_is_rebased_over_what_was_committed() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "XX", 3)));
        appended(commit());
        submitted(BOB.submits(1, 0, BOB.insert(1, "Y", 3)));
        appended(commit());
        assertThat(text()).isEqualTo("XXaYb\n");
    }

    @Test
    void what_comes_while_a_commit_is_under_way_goes_as_one_batch() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        var first = commit();
        submitted(BOB.submits(1, 0, BOB.insert(0, "B", 3)));
        submitted(CAROL.submits(1, 0, CAROL.insert(0, "C", 3)));
        assertThat(effects).isEmpty();
        appended(first);
        assertThat(commit().entries()).hasSize(2);
        appended(commit());
        assertThat(text()).isEqualTo("ABCab\n");
    }

    @Test
    void a_copy_of_what_is_under_way_is_not_taken_twice() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        assertThat(effects).isEmpty();
    }

    @Test
    void the_feed_and_the_answer_are_spliced_by_revision() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        var commit = commit();
        var entry = commit.entries().getFirst();
        var known = new KnownCommit(Wire.decodeCommitted(entry.bytes()), entry.bytes(), entry.chain());
        tell(new SequenceEvent.Announced(List.of(known)));
        assertThat(wanted(SequenceEffect.Deliver.class)).hasSize(1);
        appended(commit);
        assertThat(wanted(SequenceEffect.Deliver.class)).isEmpty();
        assertThat(sequence.head().revision()).isEqualTo(new Revision(1));
    }

    @Test
    void a_gap_is_read_from_the_log() {
        Head head = sequence.head();
        var first = foreign(head, BOB, BOB.insert(0, "1", 3));
        var second = foreign(new Head(LIFE, first.revision(), first.chain()), BOB, BOB.insert(0, "2", 4));
        tell(new SequenceEvent.Announced(List.of(second)));
        assertThat(effects).containsExactly(new SequenceEffect.Read(Revision.ZERO));
        tell(new SequenceEvent.Announced(List.of(first, second)));
        assertThat(wanted(SequenceEffect.Deliver.class))
                .singleElement()
                .satisfies(deliver -> assertThat(deliver.commits()).hasSize(2));
    }

    @Test
    void a_lost_race_brings_what_is_missing_and_asks_again_and_after_two_for_the_turn() {
        submitted(ALICE.submits(1, 0, ALICE.insert(2, "A", 3)));
        for (int race = 0; race < 2; race++) {
            assertThat(wanted(SequenceEffect.Commit.class)).hasSize(1);
            var theirs = foreign(sequence.head(), BOB, BOB.insert(0, "b", 3 + race));
            var head = new Head(LIFE, theirs.revision(), theirs.chain());
            tell(new SequenceEvent.Answered(new CommitResult.HeadMoved(head, List.of()), List.of(theirs)));
        }
        assertThat(wanted(SequenceEffect.TakeTurn.class)).hasSize(1);
        tell(new SequenceEvent.TurnAnswered(true));
        appended(commit());
        assertThat(text()).isEqualTo("bbabA\n");
    }

    @Test
    void one_who_may_not_is_taken_out_and_the_others_go_on() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        var first = commit();
        submitted(BOB.submits(1, 0, BOB.insert(0, "B", 3)));
        submitted(CAROL.submits(1, 0, CAROL.insert(0, "C", 3)));
        appended(first);
        tell(new SequenceEvent.Answered(new CommitResult.RoleRefused(0), List.of()));
        assertThat(wanted(SequenceEffect.Refuse.class)).singleElement().satisfies(refused -> {
            assertThat(refused.client()).isEqualTo(BOB.client());
            assertThat(refused.reason()).isEqualTo(Refusal.ROLE);
        });
        appended(commit());
        assertThat(text()).isEqualTo("ACab\n");
    }

    @Test
    void a_poisoned_change_is_refused_alone() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        var first = commit();
        submitted(BOB.submits(1, 0, d("2 -1")));
        submitted(CAROL.submits(1, 0, CAROL.insert(0, "C", 3)));
        appended(first);
        assertThat(wanted(SequenceEffect.Refuse.class)).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.INVALID);
            assertThat(refused.sentence()).contains("closing newline");
        });
        appended(commit());
        assertThat(text()).isEqualTo("ACab\n");
    }

    static Stream<Arguments> badChanges() {
        return Stream.of(
                Arguments.of("past the end", ALICE.insert(9, "A", 9), Refusal.INVALID, "the text has 6"),
                Arguments.of("through a surrogate pair", ALICE.insert(2, "A", 6), Refusal.INVALID, "surrogate pair"),
                Arguments.of("half a character", ALICE.insert(0, "\ud83d", 6), Refusal.INVALID, "well-formed"),
                Arguments.of("a control character", ALICE.insert(0, "\u0007", 6), Refusal.INVALID, "control"),
                Arguments.of("an unknown attribute", d("1{shiny} 5"), Refusal.INVALID, "'shiny' is unknown"),
                Arguments.of("behind the newline", ALICE.insert(6, "A", 6), Refusal.INVALID, "closing newline"),
                Arguments.of("without a stamp", d("+'A' 6"), Refusal.INVALID, "stamped"),
                Arguments.of("too long a text", ALICE.insert(0, "A".repeat(999), 6), Refusal.TOO_LARGE, "1000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChanges")
    void a_bad_change_is_refused_with_its_reason_and_the_next_one_goes_on(
            String what, Delta bad, Refusal reason, String word) {
        submitted(BOB.submits(1, 0, BOB.insert(1, "😀x", 3)));
        appended(commit());
        submitted(ALICE.submits(1, 1, bad));
        assertThat(wanted(SequenceEffect.Commit.class)).isEmpty();
        assertThat(wanted(SequenceEffect.Refuse.class)).singleElement().satisfies(refused -> {
            assertThat(refused.client()).isEqualTo(ALICE.client());
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.sentence()).contains(word);
        });
        submitted(CAROL.submits(1, 1, CAROL.insert(0, "C", 6)));
        appended(commit());
        assertThat(text()).isEqualTo("Ca😀xb\n");
    }

    @Test
    void somebody_elses_stamp_is_refused_in_an_edit() {
        submitted(new Waiting(
                ALICE.client(),
                ALICE.person(),
                new Submission(1, Revision.ZERO, Intent.EDIT, Change.of(BOB.insert(0, "B", 3)), Optional.empty())));
        assertThat(wanted(SequenceEffect.Refuse.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.INVALID));
    }

    @Test
    void an_unknown_outcome_is_told_and_then_the_log_is_asked() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        var commit = commit();
        tell(new SequenceEvent.CommitFailed(SequenceEvent.CommitFailure.AWAY));
        assertThat(wanted(SequenceEffect.Refuse.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.STORE_AWAY));
        tell(new SequenceEvent.RetryDue());
        assertThat(effects).containsExactly(new SequenceEffect.Read(Revision.ZERO));
        var entry = commit.entries().getFirst();
        tell(new SequenceEvent.Announced(
                List.of(new KnownCommit(Wire.decodeCommitted(entry.bytes()), entry.bytes(), entry.chain()))));
        assertThat(wanted(SequenceEffect.Deliver.class)).hasSize(1);
    }

    @Test
    void another_history_drops_the_copy_and_sends_everybody_away() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        tell(new SequenceEvent.Answered(new CommitResult.Forked(sequence.head()), List.of()));
        assertThat(wanted(SequenceEffect.Expel.class)).hasSize(1);
        assertThat(sequence.isReady()).isFalse();
    }

    @Test
    void a_mistake_after_an_answer_leaves_nothing_under_way_and_the_document_can_be_loaded() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        var answer = new SequenceEvent.Answered(new CommitResult.Appended(headAfter(commit())), List.of());

        tell(new SequenceEvent.Broke(Optional.of(answer)));

        assertThat(wanted(SequenceEffect.Expel.class)).hasSize(1);
        assertThat(sequence.isIdle()).isTrue();
        tell(new SequenceEvent.Opened());
        assertThat(effects).containsExactly(new SequenceEffect.Load());
    }

    @Test
    void a_mistake_with_a_submission_refuses_it_for_good() {
        tell(new SequenceEvent.Broke(
                Optional.of(new SequenceEvent.Submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3))))));

        assertThat(wanted(SequenceEffect.Refuse.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason().isFinal()).isTrue());
        assertThat(wanted(SequenceEffect.Expel.class)).hasSize(1);
    }

    @Test
    void a_mistake_while_it_is_loaded_is_told_to_who_waits() {
        tell(new SequenceEvent.Broke(Optional.empty()));
        tell(new SequenceEvent.Opened());
        tell(new SequenceEvent.Broke(Optional.of(new SequenceEvent.LoadFailed(Unavailable.AWAY, "planned"))));

        assertThat(wanted(SequenceEffect.GiveUp.class)).hasSize(1);
        assertThat(sequence.isIdle()).isTrue();
    }

    @Test
    void a_store_that_does_not_have_what_it_had_before_it_was_asked_has_gone_back() {
        Head birth = sequence.head();
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        appended(commit());

        tell(new SequenceEvent.HeadSeen(birth, Optional.of(sequence.head())));

        assertThat(wanted(SequenceEffect.Expel.class)).hasSize(1);
        assertThat(sequence.isReady()).isFalse();
    }

    @Test
    void an_answer_that_was_overtaken_by_a_commit_is_no_sign_of_a_store_that_went_back() {
        Head birth = sequence.head();
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        appended(commit());

        tell(new SequenceEvent.HeadSeen(birth, Optional.of(birth)));
        tell(new SequenceEvent.HeadSeen(birth, Optional.empty()));

        assertThat(effects).isEmpty();
        assertThat(text()).isEqualTo("Aab\n");
    }

    @Test
    void a_base_too_far_back_must_catch_up_and_one_beyond_the_head_makes_it_read() {
        for (int i = 1; i <= 30; i++) {
            submitted(ALICE.submits(i, i - 1, ALICE.insert(0, "A", 2 + i)));
            appended(commit());
        }
        submitted(BOB.submits(1, 0, BOB.insert(0, "B", 3)));
        assertThat(wanted(SequenceEffect.Refuse.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.CATCH_UP));
        submitted(BOB.submits(1, 99, BOB.insert(0, "B", 3)));
        assertThat(wanted(SequenceEffect.Read.class)).hasSize(1);
        tell(new SequenceEvent.ReadEnded(new Revision(30)));
        assertThat(wanted(SequenceEffect.Refuse.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.INVALID));
    }

    @Test
    void more_than_may_wait_are_told_to_come_again() {
        submitted(ALICE.submits(1, 0, ALICE.insert(0, "A", 3)));
        for (int i = 0; i < 4; i++) {
            var writer = new Writer(new ClientId(("" + i).repeat(32).substring(0, 31) + "f"), BOB.person());
            submitted(writer.submits(1, 0, BOB.insert(0, "B", 3)));
        }
        assertThat(wanted(SequenceEffect.Refuse.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.BUSY));
    }
}
