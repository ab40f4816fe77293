package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever is gone without a word is gone for everybody within half a minute. That a relay notices
/// a silent socket of its own in that time is in `TransportContract`.
class SilentDropTest {
    private final Lobby lobby = new Lobby();
    private final Lobby elsewhere = lobby.another();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private DocumentId plan;

    @BeforeEach
    void a_document_is_shared() {
        plan = lobby.shared(mara, jon);
    }

    private static boolean isGone(Visitor visitor) {
        return visitor.hears().stream()
                .filter(PresenceUpdate.class::isInstance)
                .map(PresenceUpdate.class::cast)
                .anyMatch(update -> !update.gone().isEmpty());
    }

    private Visitor hers() {
        return lobby.member(mara, plan);
    }

    /// Jon puts his caret at another relay.
    private Visitor his() {
        var visitor = elsewhere.member(jon, plan);
        var joined = visitor.hearsOf(ServerMessage.Joined.class);
        visitor.say(new ClientMessage.MoveCaret(joined.head(), Optional.of(Caret.at(0))));
        lobby.hours.pass(Duration.ofMillis(100));
        return visitor;
    }

    /// As a cable that is pulled between the relays.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4_500, 9_800, 9_999, 14_321})
    void whose_relay_falls_silent_is_gone_within_half_a_minute(long whenMillis) {
        var maras = hers();
        var _ = his();
        lobby.hours.pass(Duration.ofMillis(whenMillis));
        lobby.loseFeed = true;
        assertThat(isGone(maras)).isFalse();

        lobby.hours.pass(Duration.ofSeconds(15));
        assertThat(isGone(maras)).as("a renewal that is late is no drop").isFalse();
        lobby.hours.pass(Duration.ofSeconds(15));
        assertThat(isGone(maras)).isTrue();
    }

    @Test
    void who_stays_elsewhere_and_does_nothing_is_not_gone() {
        var maras = hers();
        var _ = his();
        for (int i = 0; i < 20; i++) {
            lobby.hours.pass(Duration.ofSeconds(6));
            assertThat(isGone(maras)).as("after %d s", 6 * (i + 1)).isFalse();
        }
    }

    @Test
    void who_leaves_with_a_word_is_gone_at_once() {
        var maras = hers();
        var jons = his();
        jons.hangUp();
        lobby.hours.pass(Duration.ofMillis(100));
        assertThat(isGone(maras)).isTrue();
        assertThat(List.of(maras.closedWith())).containsExactly(Optional.empty());
    }
}
