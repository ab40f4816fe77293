package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where somebody stands whose relay was not as far as the store was before it went back.
class ForgottenCaretTest {
    private final Lobby lobby = new Lobby();

    @Test
    void a_caret_in_a_text_that_the_store_lost_gives_way_to_the_same_in_the_text_that_it_has() {
        var mara = lobby.person();
        var jon = lobby.person();
        var plan = lobby.shared(mara, jon);
        var slow = lobby.another();
        var idle = slow.member(jon, plan);
        var writer = lobby.member(mara, plan);
        var before = lobby.held(plan);
        idle.say(new ClientMessage.MoveCaret(Revision.ZERO, Optional.of(Caret.at(0))));
        lobby.hours.pass(Duration.ofMillis(50));
        slow.loseFeed = true;
        slow.faults.put(Call.READ, Fault.FAIL);
        slow.faults.put(Call.HEADS, Fault.FAIL);
        for (int i = 0; i < 3; i++) {
            writer.say(Lobby.type(mara, i + 1, i, i + 1));
        }
        lobby.hours.pass(Duration.ofSeconds(10)); // his place moves on with the text, as this relay knows it
        lobby.put(before);
        lobby.hours.pass(Duration.ofSeconds(10));
        assertThat(writer.closedWith()).contains(1012);

        slow.faults.clear();
        lobby.hours.pass(Duration.ofSeconds(10)); // by then his relay has told of him again

        assertThat(lobby.member(mara, plan).hearsOf(ServerMessage.Joined.class).members())
                .singleElement()
                .satisfies(member -> assertThat(member.caret()).contains(new CaretAt(Revision.ZERO, Caret.at(0))));
        assertThat(idle.closedWith()).isEmpty();
    }
}
