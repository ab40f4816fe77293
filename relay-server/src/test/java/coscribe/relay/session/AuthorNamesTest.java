package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Joined;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who comes in is told what those are called who wrote there and are away.
class AuthorNamesTest {
    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private final PersonId aiko = lobby.person();
    private DocumentId plan;

    @BeforeEach
    void mara_wrote_something_and_left() {
        lobby.names.put(mara, "Mara");
        lobby.names.put(jon, "Jon");
        plan = lobby.document(mara);
        grant(plan, List.of(jon, aiko));
        var maras = lobby.member(mara, plan);
        maras.say(Lobby.type(mara, 1, 0, 1));
        passes();
        maras.hangUp();
        passes();
    }

    private void grant(DocumentId document, List<PersonId> people) {
        for (PersonId person : people) {
            lobby.store
                    .grant(document, person, Optional.of(Role.EDITOR))
                    .toCompletableFuture()
                    .join();
        }
    }

    private void passes() {
        lobby.hours.pass(Duration.ofSeconds(2));
    }

    private static List<Person> told(Visitor visitor) {
        return visitor.hears().stream()
                .filter(PresenceUpdate.class::isInstance)
                .flatMap(update -> ((PresenceUpdate) update).authors().stream())
                .toList();
    }

    @Test
    void a_moment_after_they_came_in() {
        var jons = lobby.member(jon, plan);
        assertThat(jons.hearsOf(Joined.class).members()).isEmpty();
        assertThat(told(jons)).as("nobody waits for it").isEmpty();
        passes();
        assertThat(told(jons)).containsExactly(new Person(mara, "Mara", PaletteSlot.of(mara.hex())));
    }

    @Test
    void and_the_next_one_at_once_with_nobody_asked_again() {
        var jons = lobby.member(jon, plan);
        passes();
        int before = lobby.lookedUp;
        assertThat(before).isEqualTo(1);
        var aikos = lobby.member(aiko, plan);
        assertThat(told(aikos)).extracting(Person::name).containsExactly("Mara");
        passes();
        assertThat(told(aikos)).isEmpty();
        assertThat(lobby.lookedUp).isEqualTo(before);
        assertThat(jons.closedWith()).isEmpty();
    }

    @Test
    void but_not_of_who_is_here() {
        var maras = lobby.member(mara, plan);
        var jons = lobby.member(jon, plan);
        passes();
        assertThat(told(jons)).isEmpty();
        assertThat(told(maras)).isEmpty();
        assertThat(lobby.lookedUp).isZero();
    }

    @Test
    void nor_of_whom_nobody_knows() {
        lobby.names.remove(mara);
        var jons = lobby.member(jon, plan);
        passes();
        assertThat(told(jons)).isEmpty();
    }

    /// A look that had to give way to somebody else's stays with who had it here.
    @Test
    void as_they_looked_here() {
        var twin = lobby.person();
        while (!PaletteSlot.of(twin.hex()).equals(PaletteSlot.of(mara.hex()))) {
            twin = lobby.person();
        }
        var twins = lobby.document(twin);
        grant(twins, List.of(mara, jon));
        var first = lobby.member(twin, twins);
        var maras = lobby.member(mara, twins);
        maras.say(Lobby.type(mara, 1, 0, 1));
        passes();
        var seen = first.hears().stream()
                .filter(PresenceUpdate.class::isInstance)
                .flatMap(update -> ((PresenceUpdate) update).here().stream())
                .map(Member::person)
                .filter(person -> person.id().equals(mara))
                .findFirst()
                .orElseThrow();
        assertThat(seen.slot()).isNotEqualTo(PaletteSlot.of(mara.hex()));
        maras.hangUp();
        var jons = lobby.member(jon, twins);
        passes();
        assertThat(told(jons)).containsExactly(new Person(mara, "Mara", seen.slot()));
    }

    @Test
    void however_slowly_they_read() {
        var jons = lobby.member(jon, plan);
        jons.hears();
        jons.stalls();
        passes();
        assertThat(told(jons)).isEmpty();
        jons.readsOn();
        assertThat(told(jons)).extracting(Person::name).containsExactly("Mara");
    }
}
