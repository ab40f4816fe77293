package coscribe.ot.session;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.doc;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Resumed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A session is told events and is asked what it wants done: while it is live.
class SessionTest extends SessionFixture {
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
