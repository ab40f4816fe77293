package coscribe.ot.session;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.doc;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.ot.protocol.ServerMessage.Resumed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A session goes on where it was after a cut, a restart, or a relay that was restored.
class SessionResumingTest extends SessionFixture {
    @Nested
    class Reconnecting {
        @Test
        void a_connection_that_ends_before_it_is_caught_up_makes_the_next_wait_longer() {
            isLiveOn("");
            var bounds = new ArrayList<Long>();
            for (int i = 0; i < 7; i++) {
                tell(new Event.LinkLost());
                bounds.add(((Effect.RetryAfter) effects.getFirst()).bound().toSeconds());
                tell(new Event.RetryDue());
                tell(new Event.LinkUp());
                hear(joined(doc("x").contentHash(), 0, 7, SECOND, new Resumed.At(0, Revision.ZERO), false));
                assertThat(session.phase()).isInstanceOf(Phase.CatchingUp.class);
            }
            assertThat(bounds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        }

        @Test
        void the_first_wait_is_within_a_second_and_the_bound_doubles_to_thirty() {
            tell(new Event.Started());
            var bounds = new ArrayList<Long>();
            for (int i = 0; i < 8; i++) {
                tell(new Event.LinkLost());
                bounds.add(((Effect.RetryAfter) effects.getFirst()).bound().toSeconds());
                tell(new Event.RetryDue());
            }
            assertThat(bounds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
        }

        @Test
        void after_a_good_connection_the_first_wait_is_random_within_one_second() {
            isLiveOn("");
            tell(new Event.LinkLost());
            assertThat(((Effect.RetryAfter) effects.getFirst()).bound().toSeconds())
                    .isEqualTo(1);
        }

        @Test
        void a_relay_that_asks_for_time_gets_it_before_the_random_wait_and_once_only() {
            isLiveOn("");
            hear(new ServerMessage.Failed(FailureCode.LIMIT, "Too much at once.", 7_000));
            tell(new Event.LinkLost());
            assertThat(effects).containsExactly(new Effect.RetryAfter(Duration.ofSeconds(7), Duration.ofSeconds(1)));
            tell(new Event.RetryDue());
            hear(new ServerMessage.Failed(FailureCode.LIMIT, "Many join.", 3_000));
            tell(new Event.LinkLost());
            assertThat(effects).containsExactly(new Effect.RetryAfter(Duration.ofSeconds(3), Duration.ofSeconds(2)));
            tell(new Event.RetryDue());
            tell(new Event.LinkLost());
            assertThat(effects).containsExactly(new Effect.RetryAfter(Duration.ZERO, Duration.ofSeconds(4)));
        }

        @Test
        void a_relay_that_is_there_and_whose_store_is_away_is_asked_every_few_seconds() {
            tell(new Event.Started());
            var waits = new ArrayList<Effect>();
            for (int i = 0; i < 6; i++) {
                tell(new Event.LinkUp());
                hear(new ServerMessage.Failed(FailureCode.STORE_AWAY, "The store does not answer.", 1_000));
                tell(new Event.LinkLost());
                waits.addAll(effects);
                tell(new Event.RetryDue());
            }
            assertThat(waits).hasSize(6).endsWith(new Effect.RetryAfter(Duration.ofSeconds(1), Duration.ofSeconds(4)));
        }

        @Test
        void nobody_is_sent_away_for_hours() {
            isLiveOn("");
            hear(new ServerMessage.Failed(FailureCode.LIMIT, "Too much at once.", Long.MAX_VALUE));
            tell(new Event.LinkLost());
            assertThat(effects).containsExactly(new Effect.RetryAfter(Limits.LONGEST_ASKED, Duration.ofSeconds(1)));
        }

        @Test
        void what_was_committed_before_the_cut_is_acknowledged_and_not_sent_again() {
            isLiveOn("");
            types("+'a' 1");
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("a"), 1, SECOND, new Resumed.At(1, new Revision(1)), false);
            hear(commit(1, FIRST, 1, d("+'a' 1")));
            assertThat(submissions()).isEmpty();
            assertThat(session.isQuiet()).isTrue();
            assertThat(text()).isEqualTo("a\n");
        }

        @Test
        void what_was_not_committed_goes_out_as_seq_one_of_the_new_client_id() {
            isLiveOn("");
            types("+'a' 1");
            types("1 +'b' 1");
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc(""), 0, SECOND, new Resumed.At(0, Revision.ZERO), false);
            assertThat(submissions()).singleElement().satisfies(sent -> {
                assertThat(sent.seq()).isEqualTo(1);
                assertThat(sent.change().delta()).isEqualTo(d("+'ab' 1"));
            });
            assertThat(session.client()).contains(SECOND);
        }

        @Test
        void where_nobody_knows_any_more_the_single_commits_that_come_decide() {
            isLiveOn("");
            types("+'a' 1");
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("a"), 1, SECOND, new Resumed.Unknown(), false);
            hear(commit(1, FIRST, 1, d("+'a' 1")));
            assertThat(session.isQuiet()).isTrue();
        }

        @Test
        void a_store_that_went_back_does_not_take_a_saved_text_with_it() {
            joins(doc("saved"), 7, FIRST, new Resumed.Nothing(), true);
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("sav"), 5, SECOND, new Resumed.Unknown(), true);
            assertThat(text()).isEqualTo("sav\n");
            assertThat(effects).contains(new Effect.KeepCopy(doc("saved"), Effect.CopyReason.FORKED));
        }

        @Test
        void nor_does_a_store_that_was_restored_and_went_on() {
            joins(doc("saved"), 7, FIRST, new Resumed.Nothing(), true);
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            tell(new Event.LinkUp());
            var other = new ServerMessage.Joined(
                    PLAN,
                    "Plan",
                    SECOND,
                    Role.EDITOR,
                    new Epoch("f".repeat(32)),
                    new Revision(9),
                    new Revision(9),
                    doc("since").contentHash(),
                    true,
                    new Resumed.Unknown(),
                    List.of(),
                    Durability.STRICT);
            hear(other);
            hear(new ServerMessage.SnapshotPart(
                    new Revision(9), 1, 1, doc("since").text().asDelta(), Threads.NONE));
            assertThat(text()).isEqualTo("since\n");
            assertThat(effects).contains(new Effect.KeepCopy(doc("saved"), Effect.CopyReason.FORKED));
        }

        @Test
        void nor_does_a_store_that_went_back_and_came_as_far_another_way() {
            joins(doc("saved"), 7, FIRST, new Resumed.Nothing(), true);
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("since"), 7, SECOND, new Resumed.Unknown(), true);
            assertThat(text()).isEqualTo("since\n");
            assertThat(effects).contains(new Effect.KeepCopy(doc("saved"), Effect.CopyReason.FORKED));
        }

        @Test
        void nor_does_one_whose_other_way_is_told_from_there_on_and_deletes_what_was_saved() {
            joins(doc("saved"), 7, FIRST, new Resumed.Nothing(), true);
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("since"), 9, SECOND, new Resumed.Unknown(), false);
            hear(commit(8, THEIRS, 1, d("-3 3")));
            tell(new Event.LinkLost()); // before it is found out
            tell(new Event.RetryDue());
            joins(doc("since"), 9, SECOND, new Resumed.Unknown(), false);
            hear(commit(9, THEIRS, 2, d("+'x' 3")));
            assertThat(effects).contains(new Effect.Disconnect("the local copy differs"));
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("since"), 9, SECOND, new Resumed.Unknown(), true);
            assertThat(text()).isEqualTo("since\n");
            assertThat(effects).contains(new Effect.KeepCopy(doc("saved"), Effect.CopyReason.FORKED));
        }

        @Test
        void what_is_moved_over_to_another_text_takes_no_half_of_its_words() {
            isLiveOn("cat");
            types("-3 1");
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("car"), 0, SECOND, new Resumed.At(0, Revision.ZERO), false);
            assertThat(effects).contains(new Effect.Disconnect("the local copy differs"));
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("car"), 0, SECOND, new Resumed.At(0, Revision.ZERO), true);
            assertThat(text()).isEqualTo("car\n");
        }

        @Test
        void a_snapshot_further_on_in_the_same_history_leaves_no_copy() {
            joins(doc("saved"), 7, FIRST, new Resumed.Nothing(), true);
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("saved, too"), 9_000, SECOND, new Resumed.Unknown(), true);
            assertThat(text()).isEqualTo("saved, too\n");
            assertThat(effects).noneMatch(effect -> effect instanceof Effect.KeepCopy);
        }

        @Test
        void a_snapshot_in_place_of_the_log_keeps_what_was_unsent_as_a_copy() {
            isLiveOn("ab");
            tell(new Event.LinkLost());
            types("2 +'X' 1");
            tell(new Event.RetryDue());
            joins(doc("other"), 9_000, SECOND, new Resumed.At(0, Revision.ZERO), true);
            assertThat(text()).isEqualTo("other\n");
            assertThat(session.allSaved()).isTrue();
        }
    }

    @Nested
    class Restarting {
        @Test
        void the_journal_gives_the_text_and_what_is_unsent_back() {
            isLiveOn("");
            types("+'a' 1");
            types("1 +'b' 1");
            restarts();
            assertThat(text()).isEqualTo("ab\n");
            assertThat(session.allSaved()).isFalse();
        }

        @Test
        void edits_whose_mark_was_lost_count_as_applied_if_the_relay_knows_a_later_seq() {
            isLiveOn("");
            types("+'a' 1");
            journal.removeLast(); // the mark
            restarts();
            joins(doc("a"), 1, SECOND, new Resumed.At(1, new Revision(1)), false);
            hear(commit(1, FIRST, 1, d("+'a' 1")));
            assertThat(text()).isEqualTo("a\n");
            assertThat(session.isQuiet()).isTrue();
        }

        @Test
        void what_is_under_way_comes_back_whole_though_it_grew_past_what_one_submission_may_hold() {
            int length = Limits.SUBMISSION_COMPONENTS + 500;
            isLiveOn("x".repeat(length));
            types("-" + length + " 1");
            var between = Delta.builder();
            for (int i = 0; i < length; i++) {
                between.retain(1).insert("y");
            }
            var theirs = Change.of(between.build(length + 1));
            hear(range(0, 2, theirs, doc("x".repeat(length)).apply(theirs)));
            var grown = session.pending.inFlight().orElseThrow();
            assertThat(grown.change().delta().size()).isGreaterThan(Limits.SUBMISSION_COMPONENTS);
            types("+'Z' " + (length + 1));

            journal.clear();
            journal.addAll(session.checkpoint());
            restarts();

            assertThat(session.pending.inFlight()).contains(grown);
            assertThat(text()).isEqualTo("Z" + "y".repeat(length) + "\n");
            joins(doc("y".repeat(length)), 3, SECOND, new Resumed.At(1, new Revision(3)), false);
            hear(commit(3, FIRST, 1, grown.change().delta()));
            assertThat(session.pending.inFlight()).isPresent();
            assertThat(submissions())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.change().delta()).isEqualTo(d("+'Z' " + (length + 1))));
        }

        @Test
        void but_edits_made_after_the_restart_are_not_among_them() {
            isLiveOn("");
            types("+'a' 1");
            journal.removeLast();
            restarts();
            types("1 +'b' 1");
            joins(doc("a"), 1, SECOND, new Resumed.At(1, new Revision(1)), false);
            hear(commit(1, FIRST, 1, d("+'a' 1")));
            assertThat(text().chars().filter(c -> c == 'a').count()).isEqualTo(1);
            assertThat(text()).contains("b");
            assertThat(submissions()).hasSize(1);
        }
    }

    @Nested
    class Growing {
        /// Somebody wrote between any two of the characters that the writer is deleting.
        @BeforeEach
        void what_is_under_way_grew_past_one_submission() {
            int length = Limits.SUBMISSION_COMPONENTS + 500;
            isLiveOn("x".repeat(length));
            types("-" + length + " 1");
            var between = Delta.builder();
            for (int i = 0; i < length; i++) {
                between.retain(1).insert("y");
            }
            var theirs = Change.of(between.build(length + 1));
            hear(range(0, 2, theirs, doc("x".repeat(length)).apply(theirs)));
        }

        @Test
        void it_is_not_sent_once_more_but_joined_anew() {
            tell(new Event.ResendDue(1));
            assertThat(effects).containsExactly(new Effect.Disconnect("what is under way grew past one submission"));
        }

        @Test
        void it_is_acknowledged_where_it_was_committed() {
            var grown = session.pending.inFlight().orElseThrow().change().delta();
            hear(commit(3, FIRST, 1, grown));
            assertThat(session.allSaved()).isTrue();
        }

        @Test
        void it_goes_out_in_parts_where_it_was_not() {
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(session.confirmed(), 2, SECOND, new Resumed.At(0, Revision.ZERO), false);

            var first = submissions().getFirst();
            assertThat(first.seq()).isEqualTo(1);
            assertThat(first.change().delta().size()).isLessThanOrEqualTo(Limits.SUBMISSION_COMPONENTS + 1);
            assertThat(session.hasUnsent()).isTrue();
        }
    }
}
