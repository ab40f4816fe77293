package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import coscribe.relay.transport.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a relay does once, however many people there are.
class CheapTest {
    private static final int PEOPLE = 20;

    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private final DocumentId plan = lobby.document(mara);
    private final Visitor hers = lobby.member(mara, plan);
    private final List<PersonId> people = new ArrayList<>();
    private final List<Visitor> visitors = new ArrayList<>();

    @BeforeEach
    void people_come_in() {
        for (int i = 0; i < PEOPLE; i++) {
            var person = lobby.person();
            lobby.store
                    .grant(plan, person, Optional.of(Role.EDITOR))
                    .toCompletableFuture()
                    .join();
            people.add(person);
            visitors.add(lobby.visitor(person));
        }
        lobby.asked.clear();
    }

    @Test
    void who_joins_a_followed_document_costs_the_store_one_question() {
        for (Visitor visitor : visitors) {
            var _ = visitor.say(Lobby.join(plan)).hearsOf(ServerMessage.Joined.class);
        }

        assertThat(lobby.asked).hasSize(PEOPLE).containsOnly(Call.JOIN);
    }

    @Test
    void what_comes_while_a_commit_is_under_way_is_one_more_commit() {
        visitors.forEach(visitor -> visitor.say(Lobby.join(plan)));
        lobby.asked.clear();
        lobby.faults.put(Call.COMMIT, Fault.DELAY_REPLY);
        hers.say(Lobby.type(mara, 1, 0, 1));
        for (int i = 0; i < PEOPLE; i++) {
            visitors.get(i).say(Lobby.type(people.get(i), 1, 0, 1));
        }
        assertThat(lobby.asked).containsExactly(Call.COMMIT);

        lobby.hours.doWhatWaits(); // the first is answered, and the second asked for and answered

        assertThat(lobby.asked).containsExactly(Call.COMMIT, Call.COMMIT);
        assertThat(commits(hers)).hasSize(1 + PEOPLE);
    }

    @Test
    void all_receivers_share_one_encoding_of_a_commit() {
        visitors.forEach(visitor -> visitor.say(Lobby.join(plan)));
        hers.say(Lobby.type(mara, 1, 0, 1));
        hers.say(Lobby.type(mara, 2, 1, 2));

        var sent = commits(hers);
        assertThat(sent).hasSize(2);
        for (Visitor visitor : visitors) {
            var received = commits(visitor);
            assertThat(received).hasSize(2);
            assertThat(received.get(0)).isSameAs(sent.get(0));
            assertThat(received.get(1)).isSameAs(sent.get(1));
        }
    }

    private static List<Frame> commits(Visitor visitor) {
        return visitor.frames().stream()
                .filter(frame -> Wire.decodeServer(frame.text()) instanceof Committed)
                .toList();
    }

    @Test
    void a_document_that_everybody_left_is_in_memory_for_a_minute_and_not_much_longer() {
        visitors.forEach(visitor -> visitor.say(Lobby.join(plan)));
        lobby.hours.pass(Duration.ofMinutes(10));
        assertThat(lobby.halls.openDocuments()).as("somebody is in it").isOne();

        visitors.forEach(Visitor::hangUp);
        lobby.hours.pass(Duration.ofMinutes(10));
        assertThat(lobby.halls.openDocuments()).as("one is still in it").isOne();
        hers.hangUp();
        lobby.hours.pass(Duration.ofSeconds(50));
        assertThat(lobby.halls.openDocuments()).as("they may come back").isOne();
        lobby.hours.pass(Duration.ofSeconds(20));
        assertThat(lobby.halls.openDocuments()).isZero();

        lobby.asked.clear();
        lobby.hours.pass(Duration.ofMinutes(1));
        assertThat(lobby.asked).as("nothing is asked about it any more").isEmpty();
        assertThat(lobby.member(mara, plan).hears()).anyMatch(ServerMessage.Joined.class::isInstance);
    }
}
