package coscribe.ot.session;

import static coscribe.ot.kit.Notation.doc;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Threads;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.CaretAt;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a session knows of the others in its document, and of how the relay presents oneself.
class WhoIsHereTest {
    private static final PersonId ME = new PersonId("a".repeat(32));
    private static final ClientId MINE = new ClientId("1".repeat(32));
    private static final ClientId MARA = new ClientId("9".repeat(32));
    private static final ClientId JON = new ClientId("8".repeat(32));
    private static final DocumentId PLAN = new DocumentId("d".repeat(32));

    private final Document text = doc("hello");
    private Session session = Session.fresh(ME, PLAN);
    private long revision = 1;

    private final List<ClientMessage> said = new ArrayList<>();

    private void tell(Event event) {
        var step = session.step(event);
        session = step.session();
        step.effects().forEach(effect -> {
            if (effect instanceof Effect.Send(var message)) {
                said.add(message);
            }
        });
    }

    private List<ClientMessage> saidOfCarets() {
        return said.stream()
                .filter(message -> message instanceof ClientMessage.MoveCaret)
                .toList();
    }

    private ClientMessage caretSaid(int position) {
        return new ClientMessage.MoveCaret(new Revision(revision), Optional.of(Caret.at(position)));
    }

    private void type(int position, String words) {
        tell(new Event.Edited(
                Change.of(Delta.builder()
                        .retain(position)
                        .insert(words)
                        .build(session.shown().length())),
                Intent.EDIT,
                false,
                Optional.of(Caret.at(position + words.length()))));
    }

    private void isAcknowledged() {
        var sent = (ClientMessage.Submit) said.reversed().stream()
                .filter(message -> message instanceof ClientMessage.Submit)
                .findFirst()
                .orElseThrow();
        revision++;
        hear(new Committed(
                new Revision(revision),
                ME,
                MINE,
                sent.submission().seq(),
                Intent.EDIT,
                0,
                sent.submission().change(),
                sent.submission().caret(),
                Optional.empty()));
    }

    private void range(int position, String words, int commits) {
        var change = Change.of(Delta.builder()
                .retain(position)
                .insert(words)
                .build(session.confirmed().length()));
        var hash = session.confirmed().apply(change).contentHash();
        var from = new Revision(revision);
        revision += commits;
        hear(new ServerMessage.Range(from, new Revision(revision), 1, 1, change, Optional.of(hash)));
    }

    private void hear(ServerMessage message) {
        tell(new Event.Received(message));
    }

    private void isJoining() {
        tell(new Event.Started());
        tell(new Event.LinkUp());
        hear(new ServerMessage.Joined(
                PLAN,
                "Plan",
                MINE,
                Role.EDITOR,
                new Epoch("e".repeat(32)),
                new Revision(revision),
                new Revision(revision),
                text.contentHash(),
                true,
                new ServerMessage.Resumed.Nothing(),
                List.of(),
                ServerMessage.Durability.STRICT));
    }

    private void isLive() {
        isJoining();
        hear(new ServerMessage.SnapshotPart(
                new Revision(revision), 1, 1, text.text().asDelta(), Threads.NONE));
        assertThat(session.phase()).isEqualTo(new Phase.Live());
    }

    private static Person person(ClientId client) {
        return new Person(new PersonId(client.hex()), "Somebody", new PaletteSlot(1, 1));
    }

    private void stands(ClientId client, int position) {
        hear(new PresenceUpdate(
                List.of(new Member(
                        client,
                        person(client),
                        Role.EDITOR,
                        Optional.of(new CaretAt(new Revision(revision), Caret.at(position))))),
                List.of()));
    }

    private void types(ClientId client, int position, String words, Optional<Caret> caret) {
        var delta = Delta.builder()
                .retain(position)
                .insert(words)
                .build(session.confirmed().length());
        revision++;
        hear(new Committed(
                new Revision(revision),
                person(client).id(),
                client,
                revision,
                Intent.EDIT,
                0,
                Change.of(delta),
                caret,
                Optional.empty()));
    }

    private Caret caret(ClientId client) {
        return session.members().stream()
                .filter(member -> member.client().equals(client))
                .findFirst()
                .flatMap(Member::caret)
                .orElseThrow()
                .caret();
    }

    @Test
    void who_sets_their_caret_has_moved_and_who_says_the_same_again_has_not() {
        isLive();
        stands(MARA, 2);
        assertThat(session.activity(MARA)).isEqualTo(new Activity(1, 0));
        stands(MARA, 2);
        assertThat(session.activity(MARA)).isEqualTo(new Activity(1, 0));
        stands(MARA, 3);
        assertThat(session.activity(MARA)).isEqualTo(new Activity(2, 0));
    }

    @Test
    void who_is_pushed_by_somebody_else_has_done_nothing() {
        isLive();
        stands(MARA, 2);
        stands(JON, 0);
        types(JON, 0, "abc", Optional.of(Caret.at(3)));
        tell(new Event.Edited(
                Change.of(Delta.builder().insert("x").build(session.shown().length())),
                Intent.EDIT,
                false,
                Optional.empty()));
        assertThat(caret(MARA)).isEqualTo(Caret.at(6));
        assertThat(session.activity(MARA)).isEqualTo(new Activity(1, 0));
        assertThat(session.activity(JON)).isEqualTo(new Activity(2, 1));
    }

    @Test
    void a_commit_counts_also_where_it_brings_no_caret() {
        isLive();
        stands(MARA, 2);
        types(MARA, 0, "abc", Optional.empty());
        assertThat(session.activity(MARA)).isEqualTo(new Activity(1, 1));
    }

    @Test
    void a_caret_of_a_text_to_come_waits_for_it_and_one_of_an_older_text_is_left_out() {
        isLive();
        stands(MARA, 2);
        long told = ++revision;
        stands(MARA, 4);
        assertThat(caret(MARA)).isEqualTo(Caret.at(2));
        revision = told - 1;
        types(JON, 0, "abc", Optional.empty());
        assertThat(caret(MARA)).isEqualTo(Caret.at(4));
        types(JON, 0, "abc", Optional.empty());
        revision--;
        stands(MARA, 1);
        assertThat(caret(MARA)).isEqualTo(Caret.at(7));
    }

    @Test
    void a_caret_that_was_moved_while_an_edit_was_under_way_is_told_when_it_is_acknowledged() {
        isLive();
        type(2, "x");
        tell(new Event.CaretMoved(Optional.of(Caret.at(0))));
        assertThat(saidOfCarets()).isEmpty();
        isAcknowledged();
        assertThat(saidOfCarets()).containsExactly(caretSaid(0));
    }

    @Test
    void a_caret_that_travelled_with_an_edit_is_not_told_again() {
        isLive();
        type(2, "x");
        tell(new Event.CaretMoved(Optional.of(Caret.at(0))));
        type(0, "y");
        isAcknowledged();
        isAcknowledged();
        assertThat(said)
                .filteredOn(message -> message instanceof ClientMessage.Submit)
                .hasSize(2);
        assertThat(saidOfCarets()).isEmpty();
    }

    @Test
    void who_edits_without_standing_in_the_text_is_told_to_have_left_it() {
        isLive();
        tell(new Event.CaretMoved(Optional.of(Caret.at(3))));
        tell(new Event.Edited(
                Change.of(Delta.builder().insert("x").build(session.shown().length())),
                Intent.EDIT,
                false,
                Optional.empty()));
        isAcknowledged();
        assertThat(saidOfCarets())
                .last()
                .isEqualTo(new ClientMessage.MoveCaret(new Revision(revision), Optional.empty()));
    }

    @Test
    void a_caret_is_told_again_where_composed_changes_may_have_moved_it_elsewhere() {
        isLive();
        tell(new Event.CaretMoved(Optional.of(Caret.at(3))));
        types(JON, 0, "abc", Optional.empty());
        assertThat(saidOfCarets()).hasSize(1);
        range(0, "defgh", 5);
        assertThat(saidOfCarets()).hasSize(2).last().isEqualTo(caretSaid(11));
    }

    @Test
    void what_was_counted_is_forgotten_with_who_leaves() {
        isLive();
        stands(MARA, 2);
        hear(new PresenceUpdate(List.of(), List.of(MARA)));
        assertThat(session.activity(MARA)).isEqualTo(new Activity(0, 0));
    }

    @Test
    void who_wrote_and_is_away_is_known_by_name_from_the_first_word_on_and_also_after_coming_back() {
        isJoining();
        var before = session;
        hear(new PresenceUpdate(List.of(), List.of(), List.of(person(MARA))));
        assertThat(session.authors().values()).containsExactly(person(MARA));
        assertThat(session.hasSameMembers(before)).isFalse();
        assertThat(session.members()).isEmpty();
        tell(new Event.LinkLost());
        stands(MINE, 0);
        assertThat(session.authors().values()).containsExactly(person(MARA));
    }

    @Test
    void the_relays_word_about_this_client_is_oneself_and_nobody_else() {
        isLive();
        assertThat(session.self()).isEmpty();
        stands(MINE, 2);
        assertThat(session.self().orElseThrow().person().slot()).isEqualTo(new PaletteSlot(1, 1));
        assertThat(session.members()).isEmpty();
    }

    @Test
    void who_reopened_a_document_is_not_met_as_somebody_else_while_the_rest_is_still_coming() {
        isLive();
        tell(new Event.LinkLost());
        tell(new Event.RetryDue());
        tell(new Event.LinkUp());
        var again = new ClientId("2".repeat(32));
        hear(new ServerMessage.Joined(
                PLAN,
                "Plan",
                again,
                Role.EDITOR,
                new Epoch("e".repeat(32)),
                new Revision(revision),
                new Revision(revision + 1),
                text.contentHash(),
                false,
                new ServerMessage.Resumed.Nothing(),
                List.of(),
                ServerMessage.Durability.STRICT));
        assertThat(session.phase()).isInstanceOf(Phase.CatchingUp.class);
        stands(again, 0);
        assertThat(session.members()).isEmpty();
        assertThat(session.self()).isPresent();
    }
}
