package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A role changes while its bearer is in the document.
class RolesTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Lobby lobby = new Lobby();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private DocumentId plan;
    private Visitor inside;

    @BeforeEach
    void jon_is_an_editor_of_a_document_where_nothing_happens() {
        plan = lobby.document(mara);
        grant(jon, Role.EDITOR);
        inside = lobby.member(jon, plan);
        lobby.hours.pass(Duration.ofSeconds(25));
        inside.hears();
    }

    private void grant(PersonId person, Role role) {
        set(person, Optional.of(role));
    }

    private void set(PersonId person, Optional<Role> role) {
        assertThat(lobby.store.grant(plan, person, role).toCompletableFuture().join())
                .isTrue();
    }

    private static List<Role> roles(Visitor visitor) {
        return visitor.hears().stream()
                .filter(ServerMessage.RoleChanged.class::isInstance)
                .map(message -> ((ServerMessage.RoleChanged) message).role())
                .toList();
    }

    @Test
    void it_is_told_at_once() {
        grant(jon, Role.VIEWER);

        assertThat(roles(inside)).containsExactly(Role.VIEWER);
    }

    @Test
    void whoever_has_none_any_more_is_told_and_closed() {
        set(jon, Optional.empty());

        assertThat(inside.hearsOf(ServerMessage.Failed.class).code()).isEqualTo(FailureCode.NO_ACCESS);
        assertThat(inside.closedWith()).contains(CloseReason.NO_ACCESS.code());
    }

    @Test
    void somebody_elses_role_is_nobody_elses_news() {
        grant(mara, Role.EDITOR);

        assertThat(roles(inside)).isEmpty();
    }

    @Test
    void what_the_feed_lost_is_found_within_ten_seconds() {
        lobby.loseFeed = true;
        grant(jon, Role.VIEWER);
        assertThat(roles(inside)).isEmpty();

        lobby.hours.pass(Duration.ofSeconds(10));

        assertThat(roles(inside)).containsExactly(Role.VIEWER);
    }

    @Test
    void a_list_that_could_not_be_read_is_read_a_second_later() {
        lobby.faults.put(Call.ACCESS, Fault.FAIL);
        grant(jon, Role.VIEWER);
        lobby.hours.pass(A_SECOND);
        assertThat(roles(inside)).isEmpty();

        lobby.faults.clear();
        lobby.hours.pass(A_SECOND);

        assertThat(roles(inside)).containsExactly(Role.VIEWER);
    }

    @Test
    void two_changes_while_the_list_is_read_end_with_the_second() {
        lobby.faults.put(Call.ACCESS, Fault.DELAY_REPLY);
        grant(jon, Role.VIEWER);
        grant(jon, Role.COMMENTER);

        lobby.hours.doWhatWaits();

        assertThat(roles(inside)).containsExactly(Role.VIEWER, Role.COMMENTER);
    }

    @Test
    void whoever_came_in_after_the_list_was_read_is_not_judged_by_it() {
        var eve = lobby.person();
        lobby.faults.put(Call.ACCESS, Fault.DELAY_REPLY);
        grant(jon, Role.VIEWER); // the list is read now, and told later
        grant(eve, Role.EDITOR);
        var newcomer = lobby.member(eve, plan);

        lobby.hours.doWhatWaits();

        assertThat(newcomer.closedWith()).isEmpty();
        assertThat(roles(newcomer)).isEmpty();
        assertThat(roles(inside)).containsExactly(Role.VIEWER);
    }

    @Test
    void what_the_feed_lost_is_found_when_somebody_comes_in_with_a_newer_list() {
        lobby.loseFeed = true;
        grant(jon, Role.VIEWER);

        var newcomer = lobby.member(mara, plan);

        assertThat(roles(newcomer)).isEmpty();
        assertThat(roles(inside)).containsExactly(Role.VIEWER);
    }

    @Test
    void whoever_was_about_to_come_in_when_it_changed_gets_the_new_one() {
        lobby.faults.put(Call.JOIN, Fault.DELAY_REPLY);
        var eve = lobby.person();
        grant(eve, Role.EDITOR);
        var newcomer = lobby.member(eve, plan);
        grant(eve, Role.VIEWER);

        lobby.hours.doWhatWaits();

        var heard = newcomer.hears();
        assertThat(heard.getFirst())
                .isInstanceOfSatisfying(
                        ServerMessage.Joined.class,
                        joined -> assertThat(joined.role()).isEqualTo(Role.EDITOR));
        assertThat(heard).contains(new ServerMessage.RoleChanged(Role.VIEWER));
    }
}
