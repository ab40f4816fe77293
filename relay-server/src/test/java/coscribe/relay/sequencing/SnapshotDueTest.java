package coscribe.relay.sequencing;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When a snapshot is due, and who is to keep it: all relays must come to the same.
class SnapshotDueTest extends SequencerFixture {
    private void isDue(long revision, String text, boolean own) {
        assertThat(wanted(SequenceEffect.KeepSnapshot.class)).singleElement().satisfies(due -> {
            assertThat(due.revision()).isEqualTo(new Revision(revision));
            assertThat(due.document().text().plain()).isEqualTo(text);
            assertThat(due.own()).isEqualTo(own);
        });
    }

    @Test
    void a_snapshot_is_due_after_so_many_commits_and_kept_by_the_relay_that_made_the_last_of_them() {
        tell(new SequenceEvent.Announced(foreign(2)));
        submitted(ALICE.submits(1, 2, ALICE.insert(0, "A", 5)));
        appended(commit());
        isDue(3, "Abbab\n", true);
        tell(new SequenceEvent.Announced(foreign(2)));
        assertThat(wanted(SequenceEffect.KeepSnapshot.class)).isEmpty();
        tell(new SequenceEvent.Announced(foreign(1)));
        isDue(6, "bbbAbbab\n", false);
    }

    @Test
    void a_snapshot_is_this_relays_own_also_where_the_feed_tells_of_its_commit_before_the_store_answers() {
        tell(new SequenceEvent.Announced(foreign(2)));
        submitted(ALICE.submits(1, 2, ALICE.insert(0, "A", 5)));
        var commit = commit();
        var entry = commit.entries().getFirst();
        tell(new SequenceEvent.Announced(
                List.of(new KnownCommit(Wire.decodeCommitted(entry.bytes()), entry.bytes(), entry.chain()))));
        isDue(3, "Abbab\n", true);
        appended(commit);
        assertThat(wanted(SequenceEffect.KeepSnapshot.class)).isEmpty();
    }

    @Test
    void a_snapshot_is_left_to_others_where_a_race_was_lost_or_an_answer() {
        tell(new SequenceEvent.Announced(foreign(2)));
        submitted(ALICE.submits(1, 2, ALICE.insert(0, "A", 5)));
        var theirs = foreign(1).getFirst();
        var head = new Head(LIFE, theirs.revision(), theirs.chain());
        tell(new SequenceEvent.Answered(new CommitResult.HeadMoved(head, List.of()), List.of(theirs)));
        isDue(3, "bbbab\n", false);
        appended(commit());
        tell(new SequenceEvent.Announced(foreign(1)));
        submitted(ALICE.submits(2, 5, ALICE.insert(0, "A", 8)));
        var entry = commit().entries().getFirst();
        tell(new SequenceEvent.CommitFailed(SequenceEvent.CommitFailure.AWAY));
        tell(new SequenceEvent.Announced(
                List.of(new KnownCommit(Wire.decodeCommitted(entry.bytes()), entry.bytes(), entry.chain()))));
        isDue(6, "AbbAbbab\n", false);
    }

    @Test
    void a_snapshot_is_due_at_the_same_commits_however_many_are_learnt_at_once() {
        tell(new SequenceEvent.Announced(foreign(4)));
        isDue(3, "bbbab\n", false);
        tell(new SequenceEvent.Announced(foreign(5)));
        isDue(9, "b".repeat(9) + "ab\n", false);
    }

    @Test
    void a_snapshot_is_due_in_what_is_loaded_as_it_was_for_those_who_were_there() {
        var tail = foreign(4);
        var start = new SequenceEvent.Loaded(sequence.head(), sequence.document(), tail, Set.of(BOB.person()));
        sequence = Sequence.EMPTY;
        tell(new SequenceEvent.Opened());
        tell(start);
        isDue(3, "bbbab\n", false);
        assertThat(sequence.head().chain()).isEqualTo(tail.getLast().chain());
        tell(new SequenceEvent.Announced(foreign(2)));
        isDue(6, "b".repeat(6) + "ab\n", false);
    }
}
