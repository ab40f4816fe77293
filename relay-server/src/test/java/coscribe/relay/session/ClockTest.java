package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A relay's clock is an hour off, and is set while it runs: nothing takes longer for that, or less
/// long. That order does not go by clocks is shown by `SimulationTest`, in which each relay has its own.
class ClockTest {
    private static final String TIMES = """
            0, -3600
            0, 3600
            3600, -3600
            -3600, 3600
            3600, 0
            """;

    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private final DocumentId plan = lobby.shared(mara, jon);

    @Nested
    class who_is_at_another_relay {
        private final Lobby elsewhere = lobby.another();

        private static boolean isGone(Visitor visitor) {
            return visitor.hears().stream()
                    .anyMatch(said -> said instanceof PresenceUpdate update
                            && !update.gone().isEmpty());
        }

        private Visitor maraWhoSeesJon(int offSeconds) {
            lobby.skew = Duration.ofSeconds(offSeconds);
            elsewhere.skew = Duration.ofSeconds(-offSeconds);
            var hers = lobby.member(mara, plan);
            var his = elsewhere.member(jon, plan);
            var joined = his.hearsOf(ServerMessage.Joined.class);
            his.say(new ClientMessage.MoveCaret(joined.head(), Optional.of(Caret.at(0))));
            lobby.hours.pass(Duration.ofSeconds(1));
            return hers;
        }

        @ParameterizedTest
        @CsvSource(textBlock = TIMES)
        void is_gone_within_half_a_minute_of_silence(int offSeconds, int setTo) {
            var hers = maraWhoSeesJon(offSeconds);
            lobby.loseFeed = true;
            lobby.skew = Duration.ofSeconds(setTo);

            lobby.hours.pass(Duration.ofSeconds(15));
            assertThat(isGone(hers)).as("a renewal that is late is no drop").isFalse();
            lobby.hours.pass(Duration.ofSeconds(15));
            assertThat(isGone(hers)).isTrue();
        }

        @ParameterizedTest
        @CsvSource(textBlock = TIMES)
        void stays_as_long_as_the_other_relay_speaks(int offSeconds, int setTo) {
            var hers = maraWhoSeesJon(offSeconds);
            lobby.skew = Duration.ofSeconds(setTo);
            for (int i = 0; i < 10; i++) {
                lobby.hours.pass(Duration.ofSeconds(6));
                assertThat(isGone(hers)).as("after %d s", 6 * (i + 1)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = TIMES)
    void a_sign_in_lasts_as_long_as_it_was_made_for_and_the_leeway(int offSeconds, int setTo) {
        lobby.skew = Duration.ofSeconds(offSeconds);
        lobby.life = Duration.ofMinutes(10);
        var hers = lobby.member(mara, plan);
        lobby.skew = Duration.ofSeconds(setTo);

        lobby.hours.pass(Duration.ofMinutes(10));
        assertThat(hers.closedWith()).isEmpty();
        lobby.hours.pass(Duration.ofSeconds(60));
        assertThat(hers.closedWith()).contains(CloseReason.UNAUTHENTICATED.code());
    }

    @ParameterizedTest
    @CsvSource(textBlock = TIMES)
    void a_document_that_nobody_is_in_leaves_memory_after_a_minute(int offSeconds, int setTo) {
        lobby.skew = Duration.ofSeconds(offSeconds);
        var hers = lobby.member(mara, plan);
        hers.hangUp();
        lobby.skew = Duration.ofSeconds(setTo);

        lobby.hours.pass(Duration.ofSeconds(50));
        assertThat(lobby.halls.openDocuments()).isOne();
        lobby.hours.pass(Duration.ofSeconds(20));
        assertThat(lobby.halls.openDocuments()).isZero();
    }
}
