package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Failed;
import coscribe.ot.protocol.ServerMessage.Joined;
import coscribe.ot.protocol.ServerMessage.Listed;
import coscribe.ot.protocol.ServerMessage.Pong;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Somebody asks for their documents.
class ListingTest {
    private static final ClientMessage FIRST_PAGE = new ClientMessage.ListDocuments(Optional.empty(), 100);

    private final Lobby lobby = new Lobby();
    private final Lobby elsewhere = lobby.another();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();

    private static List<DocumentId> ids(Listed listed) {
        return listed.documents().stream().map(ListedDocument::document).toList();
    }

    private DocumentId shared(Role role) {
        var plan = lobby.document(mara);
        lobby.store.grant(plan, jon, Optional.of(role)).toCompletableFuture().join();
        return plan;
    }

    @Test
    void one_finds_what_one_made_and_what_one_entered_at_any_relay() {
        var plan = shared(Role.COMMENTER);
        assertThat(ids(lobby.visitor(mara).say(FIRST_PAGE).hearsOf(Listed.class)))
                .containsExactly(plan);
        var home = lobby.visitor(jon);
        assertThat(ids(home.say(FIRST_PAGE).hearsOf(Listed.class)))
                .as("shared, not yet entered")
                .isEmpty();
        var _ = elsewhere.member(jon, plan).hearsOf(Joined.class);
        assertThat(home.say(FIRST_PAGE).hearsOf(Listed.class))
                .isEqualTo(new Listed(
                        List.of(new ListedDocument(
                                plan,
                                "Plan",
                                Role.COMMENTER,
                                lobby.hours.instant().toEpochMilli())),
                        Optional.empty()));
    }

    @Test
    void pages_go_on_where_the_one_before_said() {
        var first = lobby.document(mara);
        lobby.hours.pass(Duration.ofSeconds(1));
        var second = lobby.document(mara);
        var home = lobby.visitor(mara);
        var page =
                home.say(new ClientMessage.ListDocuments(Optional.empty(), 1)).hearsOf(Listed.class);
        assertThat(ids(page)).containsExactly(second);
        var rest = home.say(new ClientMessage.ListDocuments(page.next(), 1)).hearsOf(Listed.class);
        assertThat(ids(rest)).containsExactly(first);
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void nobody_sees_the_documents_of_others_whatever_place_they_name() {
        var plan = lobby.document(mara);
        var eve = lobby.visitor(lobby.person());
        assertThat(eve.say(FIRST_PAGE).hearsOf(Listed.class).documents()).isEmpty();
        var place = new ListPlace(lobby.hours.instant().toEpochMilli() + 1, plan);
        assertThat(eve.say(new ClientMessage.ListDocuments(Optional.of(place), 100))
                        .hearsOf(Listed.class))
                .isEqualTo(new Listed(List.of(), Optional.empty()));
    }

    @Test
    void whoever_was_removed_does_not_see_it() {
        var plan = shared(Role.EDITOR);
        var _ = lobby.member(jon, plan).hearsOf(Joined.class);
        lobby.store.grant(plan, jon, Optional.empty()).toCompletableFuture().join();
        assertThat(lobby.visitor(jon).say(FIRST_PAGE).hearsOf(Listed.class).documents())
                .isEmpty();
    }

    @Test
    void in_a_document_and_before_signing_in_it_is_out_of_order() {
        var plan = lobby.document(mara);
        var inside = lobby.member(mara, plan);
        var _ = inside.hearsOf(Joined.class);
        assertThat(inside.say(FIRST_PAGE).hearsOf(Failed.class).code()).isEqualTo(FailureCode.OUT_OF_ORDER);
        assertThat(inside.closedWith()).isPresent();
        var stranger = lobby.stranger();
        assertThat(stranger.say(FIRST_PAGE).hearsOf(Failed.class).code()).isEqualTo(FailureCode.OUT_OF_ORDER);
    }

    @Test
    void a_token_for_one_document_has_no_list() {
        var plan = lobby.document(mara);
        lobby.ceiling = Optional.of(new Doorkeeper.Grant(plan, Role.OWNER));
        var home = lobby.visitor(mara);
        assertThat(home.say(FIRST_PAGE).hearsOf(Failed.class).code()).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(home.closedWith()).isEmpty();
    }

    @Test
    void whoever_asks_too_often_waits_and_is_answered() {
        var home = lobby.visitor(mara);
        for (int i = 0; i < Limits.LIST_PAGES; i++) {
            var _ = home.say(FIRST_PAGE).hearsOf(Listed.class);
        }
        home.say(FIRST_PAGE);
        home.say(new ClientMessage.Ping(7));
        assertThat(home.hears()).containsExactly(new Pong(7));
        lobby.hours.pass(Limits.LIST_PAGE_EVERY);
        assertThat(home.hearsOf(Listed.class).documents()).isEmpty();
        var other = lobby.visitor(jon);
        assertThat(other.say(FIRST_PAGE).hearsOf(Listed.class).documents())
                .as("it is a person's own allowance")
                .isEmpty();
    }

    @Test
    void whoever_asks_too_often_on_many_connections_is_refused_for_a_while() {
        var homes = Stream.generate(() -> lobby.visitor(mara))
                .limit(Limits.LIST_PAGES + 6)
                .toList();
        for (int i = 0; i < Limits.LIST_PAGES; i++) {
            var _ = homes.get(i).say(FIRST_PAGE).hearsOf(Listed.class);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(homes.get(Limits.LIST_PAGES + i).say(FIRST_PAGE).hears()).isEmpty();
        }
        var last = homes.getLast();
        var failed = last.say(FIRST_PAGE).hearsOf(Failed.class);
        assertThat(failed.code()).isEqualTo(FailureCode.LIMIT);
        assertThat(failed.retryAfterMillis()).isEqualTo(6_000);
        assertThat(last.closedWith()).isEmpty();
        lobby.hours.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 5; i++) {
            assertThat(homes.get(Limits.LIST_PAGES + i).hearsOf(Listed.class).documents())
                    .isEmpty();
        }
        lobby.hours.pass(Duration.ofSeconds(1));
        assertThat(last.say(FIRST_PAGE).hearsOf(Listed.class).documents()).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_told_and_the_connection_goes_on() {
        var plan = lobby.document(mara);
        var home = lobby.visitor(mara);
        lobby.faults.put(Call.LIST, Fault.FAIL);
        assertThat(home.say(FIRST_PAGE).hearsOf(Failed.class).code()).isEqualTo(FailureCode.STORE_AWAY);
        lobby.faults.clear();
        assertThat(ids(home.say(FIRST_PAGE).hearsOf(Listed.class))).containsExactly(plan);
    }
}
