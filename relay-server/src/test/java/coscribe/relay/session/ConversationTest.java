package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The manners of one connection.
class ConversationTest {
    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private DocumentId plan;

    @BeforeEach
    void there_is_a_document() {
        plan = lobby.document(mara);
    }

    @Nested
    class While_an_answer_is_due {
        private Visitor waiting;

        @BeforeEach
        void the_store_takes_its_time() {
            lobby.faults.put(Call.JOIN, Fault.DELAY_REPLY);
            waiting = lobby.visitor(mara).say(Lobby.join(plan));
            assertThat(waiting.hears()).isEmpty();
        }

        private void isLetIn() {
            lobby.hours.doWhatWaits();
            assertThat(waiting.hearsOf(ServerMessage.Joined.class).document()).isEqualTo(plan);
            assertThat(waiting.closedWith()).isEmpty();
        }

        @Test
        void a_ping_is_answered_at_once() {
            waiting.say(new ClientMessage.Ping(7));

            assertThat(waiting.hears()).containsExactly(new ServerMessage.Pong(7));
            isLetIn();
        }

        @Test
        void a_sign_in_may_be_renewed_and_holds_afterwards() {
            lobby.hours.pass(Duration.ofMinutes(50));
            waiting.say(new ClientMessage.Renew(new Credential.AccessToken(mara.hex())));
            assertThat(waiting.hears()).hasSize(1).first().isInstanceOf(ServerMessage.Renewed.class);
            isLetIn();

            lobby.hours.pass(Duration.ofMinutes(50));

            assertThat(waiting.closedWith()).isEmpty();
        }

        @Test
        void a_renewal_that_the_store_cannot_answer_says_that_it_is_the_renewal_that_failed() {
            lobby.signInIsAway = true;
            waiting.say(new ClientMessage.Renew(new Credential.AccessToken(mara.hex())));

            var failed = waiting.hearsOf(ServerMessage.Failed.class);
            assertThat(failed.code()).isEqualTo(FailureCode.STORE_AWAY);
            assertThat(failed.renewal()).isTrue();
            isLetIn();
        }

        @Test
        void another_request_is_out_of_order() {
            waiting.say(new ClientMessage.Create("Another"));

            assertThat(waiting.hearsOf(ServerMessage.Failed.class).code()).isEqualTo(FailureCode.OUT_OF_ORDER);
            assertThat(waiting.closedWith()).contains(CloseReason.OUT_OF_ORDER.code());
        }

        @Test
        void whoever_goes_meanwhile_is_not_in_the_document_afterwards() {
            var other = lobby.person();
            waiting.hangUp();
            lobby.hours.doWhatWaits();
            lobby.faults.clear();
            lobby.store
                    .grant(plan, other, Optional.of(coscribe.ot.protocol.Role.EDITOR))
                    .toCompletableFuture()
                    .join();

            var joined = lobby.member(other, plan).hearsOf(ServerMessage.Joined.class);

            assertThat(joined.members()).isEmpty();
        }
    }

    @Nested
    class What_waits_for_its_time {
        private int before;

        @BeforeEach
        void count() {
            lobby.hours.pass(Duration.ofMinutes(1));
            before = lobby.hours.waits();
        }

        @Test
        void a_connection_waits_for_one_thing_and_for_nothing_when_it_is_gone() {
            var visitor = lobby.stranger();
            assertThat(lobby.hours.waits()).isEqualTo(before + 1);
            visitor.say(lobby.hello(mara));
            assertThat(lobby.hours.waits()).isEqualTo(before + 1);
            visitor.say(new ClientMessage.Renew(new Credential.AccessToken(mara.hex())));
            assertThat(lobby.hours.waits()).isEqualTo(before + 1);

            visitor.hangUp();

            assertThat(lobby.hours.waits()).isEqualTo(before);
        }

        @Test
        void whoever_never_says_hello_is_closed_and_leaves_nothing_behind() {
            var silent = lobby.stranger();

            lobby.hours.pass(Limits.HELLO_WITHIN);

            assertThat(silent.closedWith()).contains(CloseReason.HELLO_LATE.code());
            assertThat(lobby.hours.waits()).isEqualTo(before);
        }

        @Test
        void a_sign_in_that_ends_leaves_nothing_behind() {
            var visitor = lobby.visitor(mara);

            lobby.hours.pass(lobby.life.plusMinutes(2));

            assertThat(visitor.hearsOf(ServerMessage.Failed.class).code()).isEqualTo(FailureCode.EXPIRED);
            assertThat(visitor.closedWith()).contains(CloseReason.UNAUTHENTICATED.code());
            assertThat(lobby.hours.waits()).isEqualTo(before);
        }

        @Test
        void whoever_is_turned_away_leaves_nothing_behind() {
            var hasty = lobby.stranger().say(Lobby.join(plan));

            assertThat(hasty.closedWith()).contains(CloseReason.OUT_OF_ORDER.code());
            assertThat(lobby.hours.waits()).isEqualTo(before);
        }
    }
}
