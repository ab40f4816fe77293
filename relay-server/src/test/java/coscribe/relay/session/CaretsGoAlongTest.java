package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When carets are told, and to whom.
class CaretsGoAlongTest {
    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private DocumentId plan;
    private Visitor writer;
    private Visitor reader;

    @BeforeEach
    void two_are_in_a_document() {
        plan = lobby.shared(mara, jon);
        writer = lobby.member(mara, plan);
        reader = lobby.member(jon, plan);
        lobby.hours.pass(Duration.ofSeconds(5));
        writer.hears();
        reader.hears();
    }

    private static void moves(Visitor who, long revision, int to) {
        who.say(new ClientMessage.MoveCaret(new Revision(revision), Optional.of(Caret.at(to))));
    }

    private static List<CaretAt> carets(List<ServerMessage> told) {
        return told.stream()
                .filter(PresenceUpdate.class::isInstance)
                .flatMap(update -> ((PresenceUpdate) update).here().stream())
                .flatMap(member -> member.caret().stream())
                .toList();
    }

    @Test
    void while_somebody_writes_a_caret_goes_with_the_next_commit_in_one_write() {
        writer.say(Lobby.type(mara, 1, 0, 1));
        writer.hears();
        moves(reader, 1, 1);
        lobby.hours.pass(Duration.ofMillis(100));
        assertThat(writer.hears()).isEmpty();
        int before = writer.writes();

        writer.say(Lobby.type(mara, 2, 1, 2));

        assertThat(writer.writes()).isEqualTo(before + 1);
        var told = writer.hears();
        assertThat(told.getFirst()).isInstanceOf(Committed.class);
        assertThat(carets(told)).containsExactly(new CaretAt(new Revision(2), Caret.at(2)));
        lobby.hours.pass(Duration.ofSeconds(1));
        assertThat(writer.hears()).as("once").isEmpty();
    }

    @Test
    void where_no_further_commit_comes_it_is_told_after_150_ms() {
        writer.say(Lobby.type(mara, 1, 0, 1));
        writer.hears();
        moves(reader, 1, 1);
        lobby.hours.pass(Duration.ofMillis(149));
        assertThat(writer.hears()).isEmpty();
        lobby.hours.pass(Duration.ofMillis(1));
        assertThat(carets(writer.hears())).containsExactly(new CaretAt(new Revision(1), Caret.at(1)));
    }

    @Test
    void where_nobody_writes_it_is_told_after_50_ms_and_not_to_who_moved() {
        moves(reader, 0, 0);
        lobby.hours.pass(Duration.ofMillis(49));
        assertThat(writer.hears()).isEmpty();
        lobby.hours.pass(Duration.ofMillis(1));
        assertThat(carets(writer.hears())).containsExactly(new CaretAt(Revision.ZERO, Caret.at(0)));
        assertThat(reader.hears()).isEmpty();
    }

    @Test
    void what_was_told_with_a_commit_is_not_told_too_soon_again() {
        writer.say(Lobby.type(mara, 1, 0, 1));
        moves(reader, 1, 0);
        lobby.hours.pass(Duration.ofMillis(100));
        writer.say(Lobby.type(mara, 2, 1, 2)); // with the caret, for which a timer still runs
        moves(reader, 2, 1);
        writer.hears();
        lobby.hours.pass(Duration.ofMillis(149));
        assertThat(writer.hears()).isEmpty();
        lobby.hours.pass(Duration.ofMillis(1));
        assertThat(carets(writer.hears())).hasSize(1);
    }

    @Test
    void a_reader_that_has_no_room_gets_the_caret_that_went_along_when_it_has() {
        writer.say(Lobby.type(mara, 1, 0, 1));
        reader.hears();
        reader.stalls();
        moves(writer, 1, 0);
        writer.say(Lobby.type(mara, 2, 1, 2));
        assertThat(reader.hears()).isEmpty();

        reader.readsOn();

        assertThat(carets(reader.hears())).contains(new CaretAt(new Revision(2), Caret.at(0)));
    }

    @Test
    void nobody_at_another_relay_is_told_while_nobody_is_there_and_whoever_comes_in_there_sees_all() {
        moves(reader, 0, 0);
        lobby.hours.pass(Duration.ofSeconds(1));
        int before = lobby.feed.published();
        moves(reader, 0, 0);
        lobby.hours.pass(Duration.ofSeconds(1));
        assertThat(lobby.feed.published()).isEqualTo(before);
        writer.say(Lobby.type(mara, 1, 0, 1));
        moves(reader, 1, 1);
        lobby.hours.pass(Duration.ofMillis(150));
        assertThat(lobby.feed.published()).isEqualTo(before);

        var other = lobby.another();
        var newcomer = other.member(mara, plan);
        lobby.hours.pass(Duration.ofMillis(50));

        assertThat(carets(newcomer.hears())).contains(new CaretAt(new Revision(1), Caret.at(1)));
        moves(reader, 1, 0);
        lobby.hours.pass(Duration.ofMillis(150));
        assertThat(carets(newcomer.hears())).containsExactly(new CaretAt(new Revision(1), Caret.at(0)));
        assertThat(lobby.feed.published()).isGreaterThan(before);

        newcomer.hangUp();
        lobby.hours.pass(Duration.ofMinutes(5)); // the other relay lets the document go
        moves(reader, 1, 1);
        lobby.hours.pass(Duration.ofSeconds(1));
        int after = lobby.feed.published();
        moves(reader, 1, 0);
        lobby.hours.pass(Duration.ofSeconds(1));
        assertThat(lobby.feed.published()).isEqualTo(after);
    }
}
