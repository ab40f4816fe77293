package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Failed;
import coscribe.ot.protocol.ServerMessage.Joined;
import coscribe.ot.protocol.ServerMessage.Renamed;
import coscribe.ot.protocol.ServerMessage.Titled;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A document is called something else, and everybody who has it open hears of it.
class RenamingTest {
    private final Lobby lobby = new Lobby();
    private final Lobby elsewhere = lobby.another();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private DocumentId plan;

    @BeforeEach
    void a_document_is_shared() {
        plan = lobby.shared(mara, jon);
    }

    private void is(PersonId person, Role role) {
        lobby.store.grant(plan, person, Optional.of(role)).toCompletableFuture().join();
    }

    private ClientMessage named(String title) {
        return new ClientMessage.Rename(plan, title);
    }

    private Visitor inside(Lobby relay, PersonId person) {
        var visitor = relay.member(person, plan);
        assertThat(visitor.hearsOf(Joined.class).title()).isEqualTo("Plan");
        return visitor;
    }

    private static List<String> titles(Visitor visitor) {
        return visitor.hears().stream()
                .filter(Titled.class::isInstance)
                .map(Titled.class::cast)
                .map(Titled::title)
                .toList();
    }

    @Test
    void whoever_is_in_the_document_at_any_relay_hears_the_new_title() {
        var hers = inside(lobby, mara);
        var his = inside(lobby, jon);
        var far = inside(elsewhere, jon);

        assertThat(hers.say(named("Plan B")).hears()).contains(new Renamed(plan, "Plan B"), new Titled("Plan B"));
        assertThat(titles(his)).containsExactly("Plan B");
        assertThat(titles(far)).containsExactly("Plan B");

        assertThat(far.say(named("Plan C")).hears()).contains(new Renamed(plan, "Plan C"), new Titled("Plan C"));
        assertThat(titles(hers)).containsExactly("Plan C");
        assertThat(lobby.member(mara, plan).hearsOf(Joined.class).title()).isEqualTo("Plan C");
    }

    @Test
    void a_document_is_renamed_from_home_whether_it_is_open_here_or_elsewhere_or_nowhere() {
        var home = lobby.visitor(mara);
        assertThat(home.say(named("Nowhere")).hearsOf(Renamed.class).title()).isEqualTo("Nowhere");
        var far = elsewhere.member(jon, plan);
        assertThat(far.hearsOf(Joined.class).title()).isEqualTo("Nowhere");
        home.say(named("Elsewhere"));
        assertThat(titles(far)).containsExactly("Elsewhere");
        var near = lobby.member(jon, plan);
        var _ = near.hears();
        home.say(named("Here"));
        assertThat(titles(near)).containsExactly("Here");
        assertThat(titles(far)).containsExactly("Here");
    }

    @Test
    void a_title_that_the_feed_lost_is_found_by_the_relays_beat() {
        var far = inside(elsewhere, jon);
        elsewhere.loseFeed = true;
        lobby.store.rename(plan, mara, "Unheard").toCompletableFuture().join();
        assertThat(titles(far)).isEmpty();
        lobby.hours.pass(Duration.ofSeconds(10));
        assertThat(titles(far)).containsExactly("Unheard");
        lobby.hours.pass(Duration.ofSeconds(30));
        assertThat(titles(far)).as("once").isEmpty();
    }

    @Test
    void a_look_that_fails_is_made_again() {
        var his = inside(lobby, jon);
        lobby.faults.put(Call.ACCESS, Fault.FAIL);
        lobby.visitor(mara).say(named("Plan B"));
        assertThat(titles(his)).isEmpty();
        lobby.faults.clear();
        lobby.hours.pass(Duration.ofSeconds(10));
        assertThat(titles(his)).containsExactly("Plan B");
    }

    @Test
    void a_newcomer_who_is_told_more_than_the_others_know_makes_them_hear_it() {
        var hers = inside(lobby, mara);
        is(jon, Role.VIEWER);
        lobby.loseFeed = true;
        lobby.store.rename(plan, mara, "Unheard").toCompletableFuture().join();
        assertThat(lobby.member(jon, plan).hearsOf(Joined.class).title()).isEqualTo("Unheard");
        assertThat(titles(hers)).containsExactly("Unheard");
    }

    @Test
    void who_may_not_is_told_so_and_stays() {
        is(jon, Role.COMMENTER);
        var his = inside(lobby, jon);
        var failed = his.say(named("Mine")).hearsOf(Failed.class);
        assertThat(failed.code()).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(failed.sentence()).isEqualTo("Only owners and editors of a document can rename it.");
        assertThat(his.closedWith()).isEmpty();
        var atHome = lobby.visitor(jon);
        assertThat(atHome.say(named("Mine")).hearsOf(Failed.class).code()).isEqualTo(FailureCode.FORBIDDEN);
        var stranger = lobby.visitor(lobby.person());
        assertThat(stranger.say(named("Mine")).hearsOf(Failed.class).code()).isEqualTo(FailureCode.NO_ACCESS);
        assertThat(lobby.member(mara, plan).hearsOf(Joined.class).title()).isEqualTo("Plan");
    }

    @Test
    void a_title_is_cleaned() {
        var hers = inside(lobby, mara);
        hers.say(named("  A\u0000 \u202Eplan\n " + "x".repeat(300)));
        assertThat(hers.hearsOf(Renamed.class).title()).startsWith("A plan x").hasSize(200);
        hers.say(named(" \t "));
        assertThat(hers.hearsOf(Renamed.class).title()).isEqualTo("Untitled");
    }

    @Test
    void another_document_is_renamed_from_home_only() {
        var other = lobby.document(mara);
        var hers = inside(lobby, mara);
        hers.say(new ClientMessage.Rename(other, "Else"));
        assertThat(hers.hearsOf(Failed.class).code()).isEqualTo(FailureCode.OUT_OF_ORDER);
        assertThat(hers.closedWith()).isPresent();
    }

    @Test
    void one_title_is_asked_for_at_a_time() {
        var hers = inside(lobby, mara);
        lobby.faults.put(Call.RENAME, Fault.DELAY_REPLY);
        hers.say(named("One"));
        hers.say(named("Two"));
        assertThat(hers.hearsOf(Failed.class).code()).isEqualTo(FailureCode.LIMIT);
        lobby.faults.clear();
        lobby.hours.doWhatWaits();
        assertThat(hers.hearsOf(Renamed.class).title()).isEqualTo("One");
        hers.say(named("Two"));
        assertThat(hers.hearsOf(Renamed.class).title()).isEqualTo("Two");
    }

    @Test
    void whoever_hears_late_that_it_is_called_so_hears_what_it_is_called_by_now() {
        var hers = inside(lobby, mara);
        lobby.faults.put(Call.RENAME, Fault.DELAY_REPLY);
        hers.say(named("Plan B"));
        lobby.faults.clear();
        lobby.visitor(jon).say(named("Plan C"));
        assertThat(titles(hers)).containsExactly("Plan B", "Plan C");
        lobby.hours.doWhatWaits();
        assertThat(hers.hears()).containsExactly(new Renamed(plan, "Plan B"), new Titled("Plan C"));
    }

    @Test
    void a_title_that_was_given_back_meanwhile_reaches_who_had_changed_it() {
        var hers = inside(lobby, mara);
        var his = inside(lobby, jon);
        var _ = List.of(hers.hears(), his.hears());
        lobby.loseFeed = true;
        lobby.faults.put(Call.RENAME, Fault.DELAY_REPLY);
        hers.say(named("Plan B"));
        lobby.faults.clear();
        elsewhere.visitor(jon).say(named("Plan"));
        lobby.hours.doWhatWaits();
        assertThat(hers.hears()).containsExactly(new Renamed(plan, "Plan B"), new Titled("Plan"));
        assertThat(his.hears()).as("who never heard of it").isEmpty();
    }

    @Test
    void a_store_that_is_away_or_damaged_is_told_as_such() {
        var hers = inside(lobby, mara);
        lobby.faults.put(Call.RENAME, Fault.FAIL);
        assertThat(hers.say(named("One")).hearsOf(Failed.class).code()).isEqualTo(FailureCode.STORE_AWAY);
        lobby.faults.put(Call.RENAME, Fault.DAMAGED);
        assertThat(hers.say(named("One")).hearsOf(Failed.class).code()).isEqualTo(FailureCode.DAMAGED);
        lobby.faults.clear();
        assertThat(hers.say(named("One")).hearsOf(Renamed.class).title()).isEqualTo("One");
    }
}
