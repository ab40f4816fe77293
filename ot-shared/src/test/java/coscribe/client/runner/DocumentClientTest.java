package coscribe.client.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A document while its relay is there.
class DocumentClientTest extends DocumentClientFixture {
    @Nested
    class Writing {
        @Test
        void what_is_typed_reaches_the_relay_with_its_writers_mark() {
            mara.opens().types("hello");
            assertThat(relayText()).isEqualTo("hello");
            assertThat(relay.text.text().attributesAt(0)).isEqualTo(Stamps.of(mara.person));
            assertThat(mara.document.session().allSaved()).isTrue();
        }

        @Test
        void what_others_type_is_shown() {
            mara.opens();
            jonWrites("Hi ");
            mara.types("there");
            assertThat(mara.document.text()).isEqualTo("Hi there");
            assertThat(mara.told).hasSize(1);
        }

        @Test
        void ones_own_edit_is_not_told_but_ones_undo_is() {
            mara.opens().types("hello");
            assertThat(mara.told).isEmpty();
            mara.does(DocumentClient::undo);
            assertThat(mara.told).singleElement().asString().startsWith("own ");
            assertThat(relayText()).isEmpty();
            mara.does(DocumentClient::redo);
            assertThat(relayText()).isEqualTo("hello");
            mara.does(DocumentClient::redo);
            assertThat(relayText()).isEqualTo("hello");
        }

        @Test
        void undo_leaves_what_others_typed() {
            mara.opens().types("mine");
            jonWrites("his ");
            mara.does(DocumentClient::undo);
            assertThat(relayText()).isEqualTo("his ");
        }

        @Test
        void formatting_deleting_and_replacing_travel() {
            mara.opens().types("hello world");
            mara.does(it -> it.format(0, 5, Attributes.of("bold", Value.TRUE)));
            mara.does(it -> it.delete(5, 6));
            assertThat(relayText()).isEqualTo("hello");
            assertThat(relay.text.text().attributesAt(0).has("bold")).isTrue();
        }

        @Test
        void an_edit_that_no_document_takes_changes_nothing() {
            mara.opens().types("ok");
            assertThatThrownBy(() -> mara.does(it -> it.delete(0, 3)))
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("A document's closing newline cannot be deleted.");
            assertThatThrownBy(() -> mara.does(it -> it.append("bell \u0007")))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
            mara.does(it -> it.append("\uD83D\uDE00"));
            assertThatThrownBy(() -> mara.does(it -> it.delete(2, 1)))
                    .hasRootCauseMessage("The change cuts a character (a surrogate pair) in two.");
            assertThat(mara.document.text()).isEqualTo("ok\uD83D\uDE00");
        }

        @Test
        void a_document_is_changed_at_its_home_only() {
            mara.opens();
            assertThatThrownBy(() -> mara.document.append("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("run()");
        }

        @Test
        void a_listener_may_edit_from_inside() {
            mara.opens();
            mara.document.listen(new DocumentListener() {
                @Override
                public void changed(DocumentClient it, Change change, boolean own) {
                    it.append("!");
                }
            });
            jonWrites("Hi");
            assertThat(relayText()).isEqualTo("Hi!");
        }

        @Test
        void a_listener_that_throws_keeps_nobody_from_hearing() {
            mara.opens();
            mara.document.listen(new DocumentListener() {
                @Override
                public void changed(DocumentClient it, Change change, boolean own) {
                    throw new IllegalStateException("a listener's own trouble");
                }
            });
            jonWrites("Hi");
            jonWrites("Oh ");
            assertThat(mara.document.text()).isEqualTo("Oh Hi");
            assertThat(mara.told).hasSize(2);
        }

        @Test
        void the_newest_of_many_caret_moves_is_told_at_most_twenty_times_a_second() {
            mara.opens().types("a long enough text");
            mara.waits(Duration.ofSeconds(1));
            int before = said(relay, ClientMessage.MoveCaret.class).size();
            for (int i = 0; i < 100; i++) {
                int at = i % 10;
                mara.does(it -> it.moveCaret(Optional.of(Caret.at(at))));
                mara.waits(Duration.ofMillis(10));
            }
            mara.waits(Duration.ofSeconds(1));
            var moves = said(relay, ClientMessage.MoveCaret.class);
            assertThat(moves.size() - before).isBetween(10, 21);
            assertThat(moves.getLast().caret()).contains(Caret.at(9));
        }

        @Test
        void a_caret_that_waits_to_be_told_goes_along_with_what_others_change() {
            mara.opens().types("a long enough text");
            mara.waits(Duration.ofSeconds(1));
            mara.does(it -> {
                it.moveCaret(Optional.of(Caret.at(3)));
                it.moveCaret(Optional.of(Caret.at(17)));
            });
            relay.commit(JON, Change.of(Delta.builder().delete(12).build(19)));
            mara.waits(Duration.ofSeconds(1));
            assertThat(said(relay, ClientMessage.MoveCaret.class).getLast().caret())
                    .contains(Caret.at(5));
            relay.commit(JON, Change.of(Delta.builder().insert("now ").build(7)));
            mara.waits(Duration.ofSeconds(1));
            assertThat(mara.document.text()).isEqualTo("now h text");
        }

        @Test
        void a_caret_outside_the_text_stops_nothing() {
            mara.opens().types("short");
            mara.does(it -> it.moveCaret(Optional.of(Caret.at(99))));
            relay.commit(JON, Change.of(Delta.builder().insert("a ").build(6)));
            mara.waits(Duration.ofSeconds(1));
            assertThat(mara.document.text()).isEqualTo("a short");
        }
    }

    @Nested
    class Naming {
        @Test
        void a_new_title_is_shown_at_once_and_kept_by_the_relay() {
            mara.opens();
            var renamed = mara.document.rename("  Plan\n ");
            time.settle();
            assertThat(renamed).isCompleted();
            assertThat(relay.title).isEqualTo("Plan").isEqualTo(mara.document.title());
            assertThat(mara.told).containsExactly("title Plan");
            assertThat(mara.document.status().unsaved()).isZero();
        }

        @Test
        void what_others_call_it_is_told() {
            mara.opens();
            var _ = new Desk(time, relay, "33").opens().document.rename("Theirs");
            time.settle();
            assertThat(mara.document.title()).isEqualTo("Theirs");
            assertThat(mara.told).containsExactly("title Theirs");
            assertThat(mara.crashes().opens(mara.journal).document.title()).isEqualTo("Theirs");
        }

        @Test
        void edits_are_counted_in_undo_steps_after_a_restart_as_before_it() {
            mara.opens();
            relay.reachable = false;
            relay.cut();
            time.settle();
            for (int step = 0; step < 3; step++) {
                for (int key = 0; key < 5; key++) {
                    mara.types("x", key > 0);
                }
            }
            time.settle();
            assertThat(mara.document.status().unsaved()).isEqualTo(3);
            var _ = mara.crashes();
            mara.opens(mara.journal);
            assertThat(mara.document.status().unsaved()).isEqualTo(3);
        }

        @Test
        void a_title_given_offline_is_kept_through_a_restart_and_sent_when_the_relay_is_back() {
            mara.opens();
            relay.reachable = false;
            relay.cut();
            time.settle();
            var renamed = mara.document.rename("Offline");
            time.settle();
            assertThat(renamed).isNotDone();
            assertThat(mara.document.title()).isEqualTo("Offline");
            assertThat(mara.document.status().unsaved()).isEqualTo(1);
            var _ = mara.crashes();
            assertThat(renamed).isCompletedExceptionally();
            mara.opens(mara.journal);
            assertThat(mara.document.title()).isEqualTo("Offline");
            var saved = mara.document.saved();
            relay.reachable = true;
            mara.waits(Duration.ofSeconds(31));
            assertThat(relay.title).isEqualTo("Offline");
            assertThat(saved).isCompleted();
            assertThat(mara.document.status().unsaved()).isZero();
        }

        @Test
        void a_title_under_way_when_the_connection_goes_is_sent_again() {
            mara.opens();
            relay.swallows = message -> message instanceof ClientMessage.Rename;
            var renamed = mara.document.rename("Twice");
            time.settle();
            relay.swallows = message -> false;
            relay.cut();
            mara.waits(Duration.ofSeconds(2));
            assertThat(renamed).isCompleted();
            assertThat(relay.title).isEqualTo("Twice");
        }

        @ParameterizedTest
        @EnumSource(names = {"STORE_AWAY", "LIMIT"})
        void a_title_that_the_relay_cannot_take_now_is_asked_for_again(FailureCode code) {
            mara.opens();
            relay.failsRename = Optional.of(new ServerMessage.Failed(code, "Later.", 3_000));
            var renamed = mara.document.rename("Mine");
            mara.waits(Duration.ofMillis(2_900));
            assertThat(renamed).isNotDone();
            assertThat(mara.document.title()).isEqualTo("Mine");
            mara.waits(Duration.ofMillis(200));
            assertThat(renamed).isCompleted();
            assertThat(relay.title).isEqualTo("Mine");
        }

        @Test
        void a_title_under_way_when_the_sign_in_ends_is_sent_again() {
            mara.opens();
            relay.failsRename = Optional.of(new ServerMessage.Failed(FailureCode.EXPIRED, "Run out.", 0));
            var renamed = mara.document.rename("Mine");
            time.settle();
            assertThat(renamed).isNotDone();
            relay.cut();
            mara.waits(Duration.ofSeconds(2));
            assertThat(renamed).isCompleted();
            assertThat(relay.title).isEqualTo("Mine");
        }

        @Test
        void of_many_titles_one_is_under_way_and_then_the_newest_goes() {
            mara.opens();
            var all = Stream.of("a", "ab", "abc").map(mara.document::rename).toList();
            time.settle();
            assertThat(all).allMatch(CompletableFuture::isDone);
            assertThat(said(relay, ClientMessage.Rename.class).stream().map(ClientMessage.Rename::title))
                    .containsExactly("a", "abc");
            assertThat(relay.title).isEqualTo("abc").isEqualTo(mara.document.title());
        }

        @Test
        void a_title_that_the_relay_refuses_is_taken_back() {
            mara.opens();
            relay.renames = false;
            var renamed = mara.document.rename("Mine");
            time.settle();
            assertThat(renamed.exceptionNow())
                    .isInstanceOf(ClientException.class)
                    .hasMessage("You may not.");
            assertThat(mara.document.title()).isEqualTo("Notes");
            assertThat(mara.told).containsExactly("title Mine", "title Notes");
            mara.types("goes on");
            assertThat(relayText()).isEqualTo("goes on");
            assertThat(mara.crashes().opens(mara.journal).document.title()).isEqualTo("Notes");
        }

        @Test
        void viewers_are_told_without_the_relay() {
            relay.role = Role.VIEWER;
            mara.opens();
            var renamed = mara.document.rename("Mine");
            time.settle();
            assertThat(renamed.exceptionNow()).hasMessage("Only owners and editors of a document can rename it.");
            assertThat(said(relay, ClientMessage.Rename.class)).isEmpty();
        }
    }

    @Nested
    class Saving {
        @Test
        void edits_that_took_each_other_back_are_not_counted_as_unsaved() {
            mara.opens();
            relay.swallows = message -> message instanceof ClientMessage.Submit;
            mara.types("hello");
            mara.types(" there");
            mara.does(DocumentClient::undo);
            relay.swallows = message -> false;
            mara.waits(Duration.ofSeconds(11));
            assertThat(relayText()).isEqualTo("hello");
            assertThat(mara.document.status().unsaved()).isZero();
            assertThat(mara.document.status().savedAt()).contains(time.instant().minusSeconds(1));
        }

        @Test
        void saved_completes_when_the_relay_has_everything() {
            mara.opens();
            relay.swallows = message -> message instanceof ClientMessage.Submit;
            mara.types("hello");
            var saved = mara.document.saved();
            time.settle();
            assertThat(saved).isNotDone();
            relay.swallows = message -> false;
            mara.waits(Duration.ofSeconds(11));
            assertThat(saved).isCompleted();
            assertThat(relayText()).isEqualTo("hello");
        }

        @Test
        void a_lost_acknowledgement_is_asked_for_again_and_nothing_is_committed_twice() {
            mara.opens();
            relay.loses = message -> message instanceof Committed;
            mara.types("once");
            relay.loses = message -> false;
            assertThat(mara.document.session().allSaved()).isFalse();
            mara.waits(Duration.ofSeconds(11));
            assertThat(mara.document.session().allSaved()).isTrue();
            assertThat(relayText()).isEqualTo("once");
            assertThat(relay.log).hasSize(1);
        }

        @Test
        void the_status_counts_undo_steps_that_are_not_acknowledged() {
            mara.opens();
            relay.swallows = message -> message instanceof ClientMessage.Submit;
            mara.types("a");
            mara.types("b");
            mara.types("c");
            assertThat(mara.document.status().unsaved()).isEqualTo(3);
            assertThat(mara.document.status().unsavedSince()).isPresent();
            relay.swallows = message -> false;
            mara.waits(Duration.ofSeconds(25));
            assertThat(mara.document.status().unsaved()).isZero();
            assertThat(mara.document.status().unsavedSince()).isEmpty();
            assertThat(mara.document.status().savedAt()).isPresent();
            assertThat(mara.document.status().durability()).contains(ServerMessage.Durability.STRICT);
        }

        @Test
        void a_busy_relay_is_asked_again_later_and_by_one_timer_only() {
            mara.opens();
            relay.refuses = Optional.of(Refusal.BUSY);
            mara.types("patience");
            mara.waits(Duration.ofSeconds(30));
            int sent = said(relay, ClientMessage.Submit.class).size();
            assertThat(sent).isBetween(250, 310);
            relay.refuses = Optional.empty();
            mara.waits(Duration.ofSeconds(1));
            assertThat(relayText()).isEqualTo("patience");
        }

        @Test
        void a_full_store_is_told_until_there_is_room() {
            mara.opens();
            relay.refuses = Optional.of(Refusal.STORE_FULL);
            mara.types("much");
            mara.waits(Duration.ofSeconds(5));
            assertThat(mara.document.status().contact()).isInstanceOf(Status.Contact.Full.class);
            relay.cut();
            time.settle();
            assertThat(mara.document.status().contact()).isInstanceOf(Status.Contact.Waiting.class);
            mara.waits(Duration.ofSeconds(31));
            assertThat(mara.document.status().contact()).isInstanceOf(Status.Contact.Full.class);
            relay.refuses = Optional.empty();
            mara.waits(Duration.ofSeconds(5));
            assertThat(relayText()).isEqualTo("much");
            assertThat(mara.document.status().contact()).isInstanceOf(Status.Contact.Live.class);
        }

        @Test
        void what_is_refused_for_good_is_kept_as_a_copy_and_the_session_goes_on() {
            mara.opens().types("kept ");
            relay.refuses = Optional.of(Refusal.ROLE);
            mara.types("and refused");
            var saved = mara.document.saved();
            mara.waits(Duration.ofSeconds(1));
            relay.refuses = Optional.empty();
            assertThat(mara.copies.list()).singleElement().satisfies(copy -> {
                assertThat(copy.reason()).isEqualTo(KeptCopy.Reason.ROLE);
                assertThat(copy.document().text().plain()).isEqualTo("kept and refused\n");
            });
            assertThat(mara.told).contains("copy ROLE");
            assertThat(mara.document.text()).isEqualTo("kept ");
            assertThat(saved).isCompleted();
            mara.types("on");
            assertThat(relayText()).isEqualTo("kept on");
        }

        @Test
        void waiting_for_saved_fails_where_a_copy_was_kept_instead() {
            mara.opens();
            relay.swallows = message -> message instanceof ClientMessage.Submit;
            mara.types("no");
            var saved = mara.document.saved();
            time.settle();
            relay.swallows = message -> false;
            relay.refuses = Optional.of(Refusal.INVALID);
            mara.waits(Duration.ofSeconds(11));
            assertThat(saved).isCompletedExceptionally();
        }
    }
}
