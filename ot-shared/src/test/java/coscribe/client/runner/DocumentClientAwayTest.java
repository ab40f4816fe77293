package coscribe.client.runner;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.journal.Journal;
import coscribe.client.link.MemoryLink;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A document while its relay is away, and after its own end.
class DocumentClientAwayTest extends DocumentClientFixture {
    @Nested
    class Away {
        @Test
        void edits_made_without_a_network_are_sent_when_it_is_back() {
            mara.opens().types("a");
            relay.reachable = false;
            relay.cut();
            mara.waits(Duration.ofSeconds(10));
            mara.types("b");
            mara.types("c");
            assertThat(mara.document.status().contact()).isInstanceOf(Status.Contact.Waiting.class);
            jonWrites("Jon: ");
            relay.reachable = true;
            mara.waits(Duration.ofSeconds(31));
            assertThat(relayText()).isEqualTo("Jon: abc");
            assertThat(mara.document.text()).isEqualTo("Jon: abc");
            assertThat(mara.document.status().contact()).isEqualTo(new Status.Contact.Live());
        }

        @Test
        void try_now_does_not_wait_for_the_long_pause() {
            mara.opens();
            relay.reachable = false;
            relay.cut();
            mara.waits(Duration.ofMinutes(5));
            relay.reachable = true;
            mara.does(DocumentClient::tryNow);
            mara.waits(Duration.ofSeconds(1));
            assertThat(mara.document.status().contact()).isEqualTo(new Status.Contact.Live());
        }

        @Test
        void working_offline_looks_for_nobody_until_it_is_taken_back() {
            mara.opens().types("a");
            mara.does(it -> it.workOffline(true));
            assertThat(mara.document.status().contact()).isEqualTo(new Status.Contact.Offline());
            assertThat(relay.open).isEmpty();
            mara.types("b");
            mara.does(DocumentClient::tryNow);
            mara.does(it -> it.focus(true));
            mara.waits(Duration.ofHours(1));
            assertThat(relay.open).isEmpty();
            assertThat(mara.document.status().unsaved()).isEqualTo(1);
            mara.does(it -> it.workOffline(false));
            assertThat(relayText()).isEqualTo("ab");
            assertThat(mara.document.status().contact()).isEqualTo(new Status.Contact.Live());
        }

        @Test
        void a_return_tells_what_was_sent_and_what_others_had_added() {
            mara.opens().types("a");
            assertThat(mara.document.status().merged()).isEmpty();
            mara.does(it -> it.workOffline(true));
            mara.types("b");
            mara.types("c");
            jonWrites("1");
            jonWrites("2");
            jonWrites("3");
            mara.does(it -> it.workOffline(false));
            assertThat(mara.document.status().merged()).contains(new Status.Merged(2, 3));
        }

        @Test
        void who_is_shut_out_gets_a_copy_of_what_was_unsent_and_it_is_sent_when_access_is_back() {
            mara.opens().types("a");
            mara.does(it -> it.workOffline(true));
            mara.types("b");
            relay.turnsAway = Optional.of(new ServerMessage.Failed(FailureCode.NO_ACCESS, "There is no such text.", 0));
            mara.does(it -> it.workOffline(false));
            assertThat(mara.told).containsExactly("copy ROLE");
            assertThat(mara.document.copies())
                    .singleElement()
                    .satisfies(
                            copy -> assertThat(copy.document().text().plain()).isEqualTo("ab\n"));
            relay.turnsAway = Optional.empty();
            mara.does(DocumentClient::tryNow);
            assertThat(relayText()).isEqualTo("ab");
            assertThat(mara.told).hasSize(1);
        }

        @Test
        void the_last_contact_is_told_while_there_is_none() {
            mara.opens();
            assertThat(mara.document.status().lastContact()).isEmpty();
            var heard = time.instant();
            mara.waits(Duration.ofSeconds(3));
            relay.reachable = false;
            relay.cut();
            mara.waits(Duration.ofMinutes(2));
            assertThat(mara.document.status().lastContact()).contains(heard);
        }

        @Test
        void a_slow_acknowledgement_is_counted_from_the_oldest_edit_that_waits_for_it() {
            mara.opens();
            relay.swallows = message -> message instanceof ClientMessage.Submit;
            var first = time.instant();
            mara.types("a");
            mara.waits(Duration.ofMillis(300));
            var second = time.instant();
            mara.types("b");
            assertThat(mara.document.status().unsavedSince()).contains(first);
            relay.swallows = message -> message instanceof ClientMessage.Submit(var it) && it.seq() > 1;
            time.pass(Limits.RESEND_AFTER);
            assertThat(mara.document.status().unsavedSince()).contains(second);
        }

        @Test
        void the_pauses_grow_to_thirty_seconds_and_no_more() {
            relay.reachable = false;
            mara.opens();
            mara.waits(Duration.ofHours(1));
            long tries = mara.statuses.stream()
                    .filter(status -> status.contact() instanceof Status.Contact.Connecting)
                    .count();
            assertThat(tries).isBetween(150L, 400L);
        }

        @Test
        void who_is_not_let_in_is_told_why_and_tries_no_more() {
            relay.turnsAway = Optional.of(new ServerMessage.Failed(FailureCode.NO_ACCESS, "There is no such text.", 0));
            mara.opens();
            assertThat(mara.document.opened()).isCompletedExceptionally();
            mara.waits(Duration.ofHours(1));
            assertThat(said(relay, ClientMessage.Join.class)).hasSize(1);
            assertThat(mara.document.status().contact())
                    .isEqualTo(new Status.Contact.Stopped(FailureCode.NO_ACCESS, "There is no such text."));
            relay.turnsAway = Optional.empty();
            mara.does(DocumentClient::tryNow);
            assertThat(mara.document.status().contact()).isEqualTo(new Status.Contact.Live());
        }

        @Test
        void a_connection_is_watched_closely_while_something_is_unacknowledged_or_looked_at() {
            mara.opens();
            var wire = relay.open.getFirst();
            assertThat(((MemoryLink.Ends) wire.line).isWatchedClosely()).isFalse();
            relay.swallows = message -> message instanceof ClientMessage.Submit;
            mara.types("x");
            assertThat(((MemoryLink.Ends) wire.line).isWatchedClosely()).isTrue();
            relay.swallows = message -> false;
            mara.waits(Duration.ofSeconds(11));
            assertThat(((MemoryLink.Ends) wire.line).isWatchedClosely()).isFalse();
            mara.does(it -> it.focus(true));
            assertThat(((MemoryLink.Ends) wire.line).isWatchedClosely()).isTrue();
        }

        @Test
        void a_gap_that_the_relay_cannot_fill_now_is_filled_by_the_next_connection() {
            mara.opens();
            relay.failsCatchUps = true;
            relay.loses = message -> message instanceof Committed;
            jonWrites("b");
            relay.loses = message -> false;
            jonWrites("a");
            mara.waits(Duration.ofSeconds(2));
            assertThat(said(relay, ClientMessage.CatchUp.class)).hasSize(1);
            assertThat(mara.document.text()).isEqualTo("ab");
        }

        @Test
        void words_of_a_connection_that_was_left_are_not_heard() {
            mara.opens().types("a");
            var old = relay.open.getFirst();
            relay.cut();
            mara.waits(Duration.ofSeconds(2));
            int said = mara.told.size();
            old.deliver(relay.log.getFirst());
            time.settle();
            assertThat(mara.told).hasSize(said);
            assertThat(mara.document.text()).isEqualTo("a");
        }
    }

    @Nested
    class Restarting {
        @Test
        void a_document_that_was_open_here_before_opens_without_a_network() {
            mara.opens().types("hello");
            relay.reachable = false;
            mara.crashes().opens(mara.journal);
            assertThat(mara.document.opened()).isCompleted();
            assertThat(mara.document.text()).isEqualTo("hello");
        }

        @Test
        void unsent_edits_survive_and_are_sent_once() {
            mara.opens().types("a");
            relay.reachable = false;
            relay.cut();
            mara.waits(Duration.ofSeconds(1));
            mara.types("b");
            relay.reachable = true;
            mara.crashes().opens(mara.journal);
            assertThat(relayText()).isEqualTo("ab");
        }

        @Test
        void a_submission_that_arrived_before_the_crash_is_not_sent_again() {
            mara.opens();
            relay.loses = message -> message instanceof Committed;
            mara.types("once");
            relay.loses = message -> false;
            mara.crashes().opens(mara.journal);
            assertThat(relayText()).isEqualTo("once");
            assertThat(mara.document.text()).isEqualTo("once");
            assertThat(relay.log).hasSize(1);
        }

        /// Every prefix that a power cut can leave of the journal, after a conversation with a
        /// reconnect in it: edits that were kept while away, a new client id, a submission under it
        /// whose acknowledgement was lost.
        @ParameterizedTest(name = "the relay forgot its clients: {0}")
        @ValueSource(booleans = {false, true})
        void whatever_the_journal_lost_of_its_end_nothing_is_committed_twice_and_the_texts_agree(boolean forgets) {
            int tried = 0;
            for (int cut = 0; ; cut++) {
                var when = new VirtualTime();
                var there = new TinyRelay(when);
                var desk = new Desk(when, there, "11");
                var journal = new UnforcedJournal(List.of());
                desk.opens(journal).types("a");
                there.reachable = false;
                there.cut();
                desk.waits(Duration.ofSeconds(1));
                desk.types("b");
                journal.force();
                there.loses = message -> message instanceof Committed;
                there.reachable = true;
                desk.waits(Duration.ofSeconds(31));
                desk.types("c");
                there.loses = message -> false;
                there.forgetsClients = forgets;
                int kept = journal.forced + cut;
                if (kept > journal.records.size()) {
                    break;
                }
                tried++;
                var _ = desk.document.shutDown();
                when.settle();
                desk.opens(new UnforcedJournal(journal.records.subList(0, kept)));
                desk.waits(Duration.ofSeconds(31));
                String text = there.text.text().plain();
                assertThat(text).as("%d of %s", kept, journal.records).isIn("ab\n", "abc\n");
                assertThat(desk.document.document().text()).isEqualTo(there.text.text());
            }
            assertThat(tried).isGreaterThan(2);
        }

        @Test
        void closing_forces_the_journal_and_completes() {
            mara.opens().types("x");
            var closed = mara.document.shutDown();
            time.settle();
            assertThat(closed).isCompleted();
            assertThat(mara.document.status().contact()).isEqualTo(new Status.Contact.Closed());
            assertThat(relay.open).isEmpty();
            var saved = mara.document.saved();
            time.settle();
            assertThat(saved).isCompletedExceptionally();
        }

        @Test
        void a_role_that_was_told_is_shown() {
            relay.role = Role.VIEWER;
            mara.opens();
            assertThat(mara.document.status().role()).isEqualTo(Role.VIEWER);
            assertThat(mara.document.status().journal()).isEqualTo(new Journal.State.OnDisk());
        }
    }
}
