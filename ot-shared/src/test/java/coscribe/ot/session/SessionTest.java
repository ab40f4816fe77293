package coscribe.ot.session;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.doc;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.protocol.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A session is told events and is asked what it wants done. The relay here is the test itself.
class SessionTest {
    private static final PersonId ME = new PersonId("a".repeat(32));
    private static final PersonId OTHER = new PersonId("b".repeat(32));
    private static final ClientId FIRST = new ClientId("1".repeat(32));
    private static final ClientId SECOND = new ClientId("2".repeat(32));
    private static final ClientId THEIRS = new ClientId("9".repeat(32));
    private static final DocumentId PLAN = new DocumentId("d".repeat(32));
    private static final Epoch LIFE = new Epoch("e".repeat(32));
    private static final ContentHash SOME_HASH = new ContentHash("0".repeat(16));

    private Session session = Session.fresh(ME, PLAN);
    private List<Effect> effects = List.of();
    private final List<JournalRecord> journal = new ArrayList<>();

    private void tell(Event event) {
        var step = session.step(event);
        session = step.session();
        effects = step.effects();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Write(var entry, boolean _)) {
                journal.add(entry);
            }
        }
    }

    private void hear(ServerMessage message) {
        tell(new Event.Received(message));
    }

    private void types(String notation) {
        tell(new Event.Edited(Change.of(d(notation)), Intent.EDIT, false, Optional.empty()));
    }

    private void joins(Document at, long revision, ClientId as, Resumed resumed, boolean snapshot) {
        if (session.phase() instanceof Phase.Idle) {
            tell(new Event.Started());
        }
        tell(new Event.LinkUp());
        hear(joined(at.contentHash(), session.revision().number(), revision, as, resumed, snapshot));
        if (snapshot) {
            hear(new ServerMessage.SnapshotPart(
                    new Revision(revision), 1, 1, at.text().asDelta(), Threads.NONE));
        }
    }

    private static ServerMessage.Joined joined(
            ContentHash hash, long from, long head, ClientId as, Resumed resumed, boolean snapshot) {
        return new ServerMessage.Joined(
                PLAN,
                "Plan",
                as,
                Role.EDITOR,
                LIFE,
                new Revision(snapshot ? head : from),
                new Revision(head),
                hash,
                snapshot,
                resumed,
                List.of(),
                Durability.STRICT);
    }

    private void isLiveOn(String text) {
        joins(doc(text), 0, FIRST, new Resumed.Nothing(), true);
        assertThat(session.phase()).isEqualTo(new Phase.Live());
    }

    private static ServerMessage.Range range(long from, long to, Change change, Document after) {
        return new ServerMessage.Range(
                new Revision(from), new Revision(to), 1, 1, change, Optional.of(after.contentHash()));
    }

    private static Committed commit(long revision, ClientId client, long seq, Delta delta) {
        return new Committed(
                new Revision(revision),
                client.equals(THEIRS) ? OTHER : ME,
                client,
                seq,
                Intent.EDIT,
                0,
                Change.of(delta),
                Optional.empty(),
                Optional.empty());
    }

    private List<Submission> submissions() {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .filter(ClientMessage.Submit.class::isInstance)
                .map(message -> ((ClientMessage.Submit) message).submission())
                .toList();
    }

    private String text() {
        return session.shown().text().plain();
    }

    private void restarts() {
        session = Session.restored(ME, PLAN, journal);
        tell(new Event.Started());
    }

    @Nested
    class Typing {
        @Test
        void the_first_edit_is_sent_at_once_and_written_down_before() {
            isLiveOn("ab");
            types("1 +'X' 2");
            assertThat(text()).isEqualTo("aXb\n");
            assertThat(submissions()).singleElement().satisfies(sent -> {
                assertThat(sent.seq()).isEqualTo(1);
                assertThat(sent.base()).isEqualTo(Revision.ZERO);
            });
            assertThat(effects.getFirst()).isInstanceOf(Effect.Write.class);
            assertThat(session.allSaved()).isFalse();
        }

        @Test
        void what_is_typed_while_one_is_in_flight_waits_composed_and_goes_as_one() {
            isLiveOn("");
            types("+'a' 1");
            types("1 +'b' 1");
            types("2 +'c' 1");
            assertThat(submissions()).isEmpty();
            hear(commit(1, FIRST, 1, d("+'a' 1")));
            assertThat(submissions()).singleElement().satisfies(sent -> {
                assertThat(sent.seq()).isEqualTo(2);
                assertThat(sent.base()).isEqualTo(new Revision(1));
                assertThat(sent.change().delta()).isEqualTo(d("1 +'bc' 1"));
            });
        }

        @Test
        void the_own_commit_coming_back_is_the_acknowledgement() {
            isLiveOn("");
            types("+'a' 1");
            hear(commit(1, FIRST, 1, d("+'a' 1")));
            assertThat(session.allSaved()).isTrue();
            assertThat(session.revision()).isEqualTo(new Revision(1));
            assertThat(text()).isEqualTo("a\n");
        }

        @Test
        void a_change_too_large_for_one_submission_goes_in_parts_whose_mark_is_forced() {
            isLiveOn("");
            types("+'" + "x".repeat(100_000) + "' 1");
            assertThat(submissions())
                    .singleElement()
                    .satisfies(sent ->
                            assertThat(sent.change().delta().insertedLength()).isLessThan(100_000));
            assertThat(effects).contains(new Effect.Write(new JournalRecord.Sent(1), true));
        }
    }

    @Nested
    class Others {
        @Test
        void a_foreign_commit_goes_left_of_what_is_pending_at_the_same_place() {
            isLiveOn("ab");
            types("1 +'X' 2");
            hear(commit(1, THEIRS, 1, d("1 +'Y' 2")));
            assertThat(text()).isEqualTo("aYXb\n");
            hear(commit(2, FIRST, 1, d("2 +'X' 2")));
            assertThat(session.allSaved()).isTrue();
            assertThat(text()).isEqualTo("aYXb\n");
        }

        @Test
        void a_repeated_commit_changes_nothing() {
            isLiveOn("ab");
            hear(commit(1, THEIRS, 1, d("1 +'Y' 2")));
            hear(commit(1, THEIRS, 1, d("1 +'Y' 2")));
            assertThat(text()).isEqualTo("aYb\n");
        }

        @Test
        void a_gap_is_asked_for_once() {
            isLiveOn("ab");
            hear(commit(3, THEIRS, 1, d("1 +'Y' 2")));
            assertThat(effects).containsExactly(new Effect.Send(new ClientMessage.CatchUp(Revision.ZERO)));
            hear(commit(4, THEIRS, 2, d("1 +'Z' 3")));
            assertThat(effects).isEmpty();
        }

        @Test
        void a_range_whose_pieces_do_not_fit_makes_it_fetch_the_relays_copy() {
            isLiveOn("ab");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(4), 1, 2, Change.of(d("+'x' @3")), Optional.empty()));
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(4), 2, 2, Change.of(d("+'y' @3")), Optional.of(SOME_HASH)));
            assertThat(text()).isEqualTo("ab\n");
            assertThat(effects).singleElement().isInstanceOf(Effect.Disconnect.class);
        }

        @Test
        void a_snapshot_in_pieces_brings_text_and_threads_that_go_on_in_the_next_piece() {
            var first = new Threads.Comment("1", ME.hex(), 1, "so?");
            var second = new Threads.Comment("2", OTHER.hex(), 2, "yes");
            var whole = new Document(
                    doc("ab").text(),
                    new Threads(new TreeMap<>(Map.of("t", new Threads.Thread(true, List.of(first, second))))));
            tell(new Event.Started());
            tell(new Event.LinkUp());
            hear(joined(whole.contentHash(), 3, 3, FIRST, new Resumed.Nothing(), true));
            hear(new ServerMessage.SnapshotPart(
                    new Revision(3),
                    1,
                    2,
                    d("+'a'"),
                    new Threads(new TreeMap<>(Map.of("t", new Threads.Thread(true, List.of(first)))))));
            hear(new ServerMessage.SnapshotPart(
                    new Revision(3),
                    2,
                    2,
                    d("+'b\\n'"),
                    new Threads(new TreeMap<>(Map.of("t", new Threads.Thread(true, List.of(second)))))));
            assertThat(session.phase()).isEqualTo(new Phase.Live());
            assertThat(session.shown()).isEqualTo(whole);
        }

        @Test
        void a_snapshot_that_is_no_document_is_not_taken() {
            tell(new Event.Started());
            tell(new Event.LinkUp());
            hear(joined(doc("ab").contentHash(), 0, 3, FIRST, new Resumed.Nothing(), true));
            hear(new ServerMessage.SnapshotPart(new Revision(3), 1, 1, d("+'ab'"), Threads.NONE));
            assertThat(session.hasDocument()).isFalse();
            assertThat(effects).singleElement().isInstanceOf(Effect.Disconnect.class);
        }

        @Test
        void a_range_in_pieces_is_applied_when_its_last_piece_is_there() {
            isLiveOn("ab");
            Document after = doc("aYYb");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(2), 1, 2, Change.of(d("1 +'Y' 2")), Optional.empty()));
            assertThat(text()).isEqualTo("ab\n");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(2), 2, 2, Change.of(d("2 +'Y' 2")), Optional.of(after.contentHash())));
            assertThat(text()).isEqualTo("aYYb\n");
            assertThat(session.revision()).isEqualTo(new Revision(2));
        }
    }

    @Nested
    class A_range_that_ends_before_the_receivers_own_commit {
        @BeforeEach
        void something_of_its_own_is_under_way() {
            isLiveOn("ab");
            types("+'me' 3");
        }

        @Test
        void is_compared_with_the_confirmed_text_not_with_what_is_shown() {
            hear(range(0, 5, Change.of(d("1 +'YY' 2")), doc("aYYb")));
            assertThat(text()).isEqualTo("meaYYb\n");
            hear(commit(6, FIRST, 1, d("+'me' 5")));
            assertThat(session.phase()).isEqualTo(new Phase.Live());
            assertThat(session.isQuiet()).isTrue();
        }

        @Test
        void shows_a_fork_before_the_own_commit_is_taken() {
            hear(range(0, 5, Change.of(d("1 +'YY' 2")), doc("aYXb")));
            assertThat(effects).last().isEqualTo(new Effect.Disconnect("the local copy differs"));
            assertThat(session.healing).isTrue();
            assertThat(session.pending.inFlight()).isPresent();
        }
    }

    @Nested
    class Pieces {
        private void isEntering() {
            tell(new Event.Started());
            tell(new Event.LinkUp());
            hear(joined(doc("ab").contentHash(), 3, 3, FIRST, new Resumed.Nothing(), true));
        }

        private void piece(long revision, int part, int of) {
            hear(new ServerMessage.SnapshotPart(new Revision(revision), part, of, d("+'a'"), Threads.NONE));
        }

        private void isDisconnected(String why) {
            assertThat(effects).containsExactly(new Effect.Disconnect(why));
        }

        @Test
        void a_snapshot_in_more_pieces_than_can_be_is_not_gathered() {
            isEntering();
            piece(3, 1, Limits.PARTS + 1);
            isDisconnected("a snapshot in more pieces than can be");
            assertThat(session.parts).isEmpty();
        }

        @Test
        void nor_is_a_piece_behind_the_last() {
            isEntering();
            piece(3, 2, 1);
            isDisconnected("a snapshot in more pieces than can be");
        }

        @Test
        void a_piece_of_another_snapshot_or_of_more_pieces_than_the_first_said_is_not_taken() {
            isEntering();
            piece(3, 1, 3);
            piece(4, 2, 3);
            isDisconnected("a snapshot with a piece missing");
            piece(3, 2, 4);
            isDisconnected("a snapshot with a piece missing");
        }

        @Test
        void a_range_in_more_pieces_than_can_be_is_not_gathered() {
            isLiveOn("ab");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(4), 1, Limits.PARTS + 1, Change.of(d("+'x' @3")), Optional.empty()));
            isDisconnected("a range in more pieces than can be");
            assertThat(session.parts).isEmpty();
        }

        @Test
        void pieces_of_two_ranges_are_not_put_together_but_asked_for_again() {
            isLiveOn("ab");
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(4), 1, 2, Change.of(d("+'x' @3")), Optional.empty()));
            hear(new ServerMessage.Range(
                    Revision.ZERO, new Revision(5), 2, 2, Change.of(d("+'y' @4")), Optional.of(SOME_HASH)));
            assertThat(text()).isEqualTo("ab\n");
            assertThat(effects).containsExactly(new Effect.Send(new ClientMessage.CatchUp(Revision.ZERO)));
        }
    }

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

    @Nested
    class Refusals {
        @Test
        void a_refusal_to_come_again_sends_the_same_change_under_the_same_seq_rebased() {
            isLiveOn("ab");
            types("1 +'X' 2");
            hear(new ServerMessage.Refused(1, Refusal.BUSY, "busy", 300));
            assertThat(effects).hasSize(1);
            hear(commit(1, THEIRS, 1, d("+'Y' 3")));
            tell(new Event.ResendDue(1));
            assertThat(submissions()).singleElement().satisfies(sent -> {
                assertThat(sent.seq()).isEqualTo(1);
                assertThat(sent.base()).isEqualTo(new Revision(1));
                assertThat(sent.change().delta()).isEqualTo(d("2 +'X' 2"));
            });
        }

        @Test
        void a_final_refusal_keeps_a_copy_and_takes_the_edits_out() {
            isLiveOn("ab");
            types("1 +'X' 2");
            hear(new ServerMessage.Refused(1, Refusal.ROLE, "no", 0));
            assertThat(effects).contains(new Effect.KeepCopy(doc("aXb"), Effect.CopyReason.ROLE));
            assertThat(text()).isEqualTo("ab\n");
            assertThat(session.allSaved()).isTrue();
        }

        @Test
        void a_refused_sign_in_stops_and_keeps_what_was_typed() {
            isLiveOn("ab");
            tell(new Event.LinkLost());
            types("1 +'X' 2");
            tell(new Event.RetryDue());
            hear(new ServerMessage.Failed(FailureCode.UNAUTHENTICATED, "Sign in again.", 0));
            assertThat(session.phase()).isEqualTo(new Phase.Stopped(FailureCode.UNAUTHENTICATED, "Sign in again."));
            assertThat(text()).isEqualTo("aXb\n");
        }
    }

    @Nested
    class Forks {
        @Test
        void a_wrong_content_hash_makes_it_fetch_the_relays_copy_and_carry_its_edits_over() {
            isLiveOn("ab");
            types("2 +'X' 1");
            var wrong = new Committed(
                    new Revision(1),
                    OTHER,
                    THEIRS,
                    1,
                    Intent.EDIT,
                    0,
                    Change.of(d("+'Y' 3")),
                    Optional.empty(),
                    Optional.of(doc("something else").contentHash()));
            hear(wrong);
            assertThat(effects).anyMatch(Effect.Disconnect.class::isInstance);
            tell(new Event.LinkLost());
            tell(new Event.RetryDue());
            joins(doc("Zab"), 1, SECOND, new Resumed.At(0, Revision.ZERO), true);
            assertThat(text()).isEqualTo("ZabX\n");
            assertThat(submissions()).hasSize(1);
        }
    }

    @Nested
    class Undoing {
        @Test
        void undo_takes_back_my_edit_and_leaves_theirs() {
            isLiveOn("ab");
            types("1 +'XX' 2");
            hear(commit(1, THEIRS, 1, d("2 +'Y' 1")));
            tell(new Event.UndoAsked());
            assertThat(text()).isEqualTo("abY\n");
            tell(new Event.RedoAsked());
            assertThat(text()).isEqualTo("aXXbY\n");
        }
    }
}
