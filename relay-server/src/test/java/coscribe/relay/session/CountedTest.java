package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.ops.Readiness;
import coscribe.relay.ops.RelayMetrics;
import coscribe.relay.people.Accounts;
import coscribe.relay.transport.TransportGauges;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What sessions count moves for what it is said to count, and for nothing else.
class CountedTest {
    private final RelayMetrics metrics = new RelayMetrics(
            () -> new TransportGauges(0, 0, 0, 0, 0, 0),
            () -> new Accounts.Use(0, 0, 0),
            new Readiness(Optional::empty));
    private final Lobby lobby = new Lobby(metrics);
    private final Lobby elsewhere = lobby.another();
    private final PersonId mara = lobby.person();
    private final PersonId jon = lobby.person();
    private DocumentId plan;

    @BeforeEach
    void a_document_is_shared() {
        plan = lobby.document(mara);
        lobby.store
                .grant(plan, jon, Optional.of(Role.EDITOR))
                .toCompletableFuture()
                .join();
    }

    private void tells(String... lines) {
        assertThat(metrics.scrape().lines()).contains(lines);
    }

    private void tellsNothingOf(String name) {
        assertThat(metrics.scrape()).doesNotContain(name);
    }

    private static void types(Visitor visitor, PersonId person, int from, int times) {
        for (int i = from; i < from + times; i++) {
            visitor.say(Lobby.type(person, i + 1, i, i + 1));
        }
    }

    @Test
    void how_long_a_commit_took_to_those_who_are_here_and_no_gap_where_the_feed_brought_it() {
        var hers = lobby.member(mara, plan);
        types(hers, mara, 0, 2);
        types(elsewhere.member(jon, plan), jon, 0, 0);
        tells(
                "coscribe_commits_arrived_seconds_count 2",
                "coscribe_commits_arrived_seconds_bucket{le=\"0.001\"} 2",
                "coscribe_gaps_filled_total 0.0");
    }

    @Test
    void what_the_feed_lost_is_one_gap_of_so_many_commits_which_arrived_late() {
        var _ = lobby.member(mara, plan);
        var his = elsewhere.member(jon, plan);
        lobby.loseFeed = true;
        types(his, jon, 0, 3);
        tells("coscribe_gaps_filled_total 0.0", "coscribe_commits_arrived_seconds_count 0");

        lobby.hours.pass(Duration.ofSeconds(10)); // a document that was quiet is asked for so often

        tells(
                "coscribe_gaps_filled_total 1.0",
                "coscribe_gaps_commits_total 3.0",
                "coscribe_commits_arrived_seconds_count 3",
                "coscribe_commits_arrived_seconds_bucket{le=\"0.5\"} 0",
                "coscribe_commits_arrived_seconds_bucket{le=\"10.0\"} 3");
    }

    @Test
    void nobody_here_nothing_arrived() {
        var hers = lobby.member(mara, plan);
        hers.hangUp();
        types(elsewhere.member(jon, plan), jon, 0, 3);
        tells("coscribe_commits_delivered_total 3.0", "coscribe_commits_arrived_seconds_count 0");
    }

    @Test
    void how_somebody_stands_is_dropped_for_a_reader_that_is_behind_and_for_no_other() {
        var hers = lobby.member(mara, plan);
        var his = lobby.member(jon, plan);
        hers.say(new ClientMessage.MoveCaret(Revision.ZERO, Optional.of(Caret.at(0))));
        lobby.hours.pass(Duration.ofMillis(100));
        tellsNothingOf("coscribe_presence_dropped_total");

        his.stalls();
        hers.say(new ClientMessage.MoveCaret(Revision.ZERO, Optional.of(Caret.at(0))));
        lobby.hours.pass(Duration.ofMillis(100));

        tells("coscribe_presence_dropped_total{because=\"reader behind\"} 1.0");
    }

    @Test
    void a_request_that_fails_is_counted_by_its_code_before_and_inside_a_document() {
        var stranger = lobby.person();
        lobby.visitor(stranger).say(Lobby.join(plan));
        tells("coscribe_requests_failed_total{code=\"no_access\"} 1.0");
        lobby.store
                .grant(plan, stranger, Optional.of(Role.VIEWER))
                .toCompletableFuture()
                .join();
        lobby.member(stranger, plan).say(new ClientMessage.Rename(plan, "Mine"));
        tells(
                "coscribe_requests_failed_total{code=\"no_access\"} 1.0",
                "coscribe_requests_failed_total{code=\"forbidden\"} 1.0");
    }

    @Test
    void who_lags_gets_a_range_and_who_asks_for_too_much_meets_a_bound() {
        var hers = lobby.member(mara, plan);
        var his = lobby.member(jon, plan);
        his.stalls();
        types(hers, mara, 0, 30);
        tells("coscribe_ranges_sent_total 0.0");
        his.readsOn();
        tells("coscribe_ranges_sent_total 1.0", "coscribe_ranges_commits_total 30.0");

        for (int i = 0; i < 20_000; i++) {
            hers.say(new ClientMessage.Ping(i));
        }
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("coscribe_readers_paused_total")))
                .isNotEqualTo(List.of("coscribe_readers_paused_total 0.0"));
    }
}
