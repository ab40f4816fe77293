package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.LinkLoss.Trouble;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.StatusDetails.Action;
import coscribe.desktop.viewmodel.StatusDetails.Fact;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusDetailsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:02:00Z");
    private final StatusDetails.Surroundings around = new StatusDetails.Surroundings(
            "Mara Klein", "docs.example.org", "0.1.0", "/home/mara/coscribe", ZoneOffset.UTC);

    private StatusDetails details(Rank rank, Standing standing) {
        return StatusDetails.of(rank, standing.status(), around, Strings.of(Locale.UK));
    }

    @Test
    void saved_tells_round_trip_server_version_and_what_a_return_brought() {
        assertThat(details(Rank.SAVED, Standing.LIVE.saved(NOW).merged(12, 7)).facts())
                .containsExactly(
                        new Fact("Server", "docs.example.org"),
                        new Fact("Round trip", "12 ms"),
                        new Fact("Merged", "12 edits sent; 7 from others added"),
                        new Fact("Version", "0.1.0"));
        assertThat(details(Rank.SAVED, Standing.LIVE.saved(NOW).merged(1, 1)).facts())
                .contains(new Fact("Merged", "1 edit sent; 1 from others added"));
    }

    @Test
    void saved_tells_what_it_means_at_this_server() {
        var saved = Standing.LIVE.saved(NOW);
        assertThat(details(Rank.SAVED, saved).sentence())
                .isEqualTo("Everything you see is stored on the server's disk.");
        assertThat(details(Rank.SAVED, saved.at(Durability.RELAXED)).sentence()).contains("at risk");
        assertThat(details(Rank.SAVED, saved.at(Durability.VOLATILE)).sentence())
                .contains("in its memory only");
    }

    @Test
    void signed_out_tells_the_account_and_the_server() {
        assertThat(details(Rank.SIGNED_OUT, Standing.LIVE.stopped(FailureCode.EXPIRED))
                        .facts())
                .containsExactly(
                        new Fact("Account", "Mara Klein"),
                        new Fact("Server", "docs.example.org"),
                        new Fact("Version", "0.1.0"));
    }

    @Test
    void saving_tells_what_is_in_flight() {
        assertThat(details(Rank.SAVING, Standing.LIVE.unsaved(2, NOW)).facts())
                .contains(new Fact("In flight", "2 edits"));
    }

    @Test
    void reconnecting_tells_attempt_and_cause_in_words_and_offers_to_try_now() {
        var details = details(Rank.RECONNECTING, Standing.LIVE.waiting(4, NOW).lastHeard(NOW));
        assertThat(details.facts())
                .containsExactly(
                        new Fact("Server", "docs.example.org"),
                        new Fact("Attempt", "4"),
                        new Fact("Cause", "Nobody answers at that address."),
                        new Fact("Last contact", "14:02"),
                        new Fact("Your copy", "/home/mara/coscribe"),
                        new Fact("Version", "0.1.0"));
        assertThat(details.action()).contains(Action.TRY_NOW);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void every_trouble_has_words(Trouble trouble) {
        var lost = new LinkLoss.Unreachable(trouble, "Internal words.");
        assertThat(cause(lost)).isNotBlank().isNotEqualTo("Internal words.");
    }

    @Test
    void every_other_loss_has_words() {
        assertThat(cause(new LinkLoss.Closed(CloseReason.RESTARTING.code(), "restart")))
                .isEqualTo("The server is being restarted.");
        assertThat(cause(new LinkLoss.Closed(1006, ""))).isEqualTo("The server closed the connection (1006).");
        assertThat(cause(new LinkLoss.Silent("x"))).isEqualTo("The server stopped answering.");
        assertThat(cause(new LinkLoss.Ended("x"))).isEqualTo("The connection was closed here.");
        assertThat(cause(new LinkLoss.SignedOut("x"))).isEqualTo("The sign-in has ended.");
    }

    private String cause(LinkLoss loss) {
        return details(Rank.RECONNECTING, Standing.LIVE.with(new Contact.Waiting(1, NOW, Optional.of(loss))))
                .facts()
                .stream()
                .filter(fact -> fact.name().equals("Cause"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void nothing_is_called_kept_while_the_disk_takes_nothing() {
        var contacts = List.of(
                new Contact.Waiting(1, NOW, Optional.empty()),
                new Contact.Connecting(0),
                new Contact.Live(),
                new Contact.Full(),
                new Contact.Offline(),
                new Contact.Stopped(FailureCode.NO_ACCESS, "No."));
        for (Rank rank : Rank.values()) {
            for (Contact contact : contacts) {
                var standing = Standing.LIVE.unsaved(2, NOW).lastHeard(NOW).with(contact);
                var kept = details(rank, standing);
                var away = details(rank, standing.failing(JournalException.Kind.FULL));
                assertThat(away.sentence()).as("%s %s", rank, contact).doesNotContain("kept", "copy on this computer");
                if (kept.sentence().contains("on this computer")) {
                    assertThat(away.sentence()).contains("in memory only");
                }
                assertThat(away.facts()).doesNotContain(new Fact("Your copy", "/home/mara/coscribe"));
            }
        }
        assertThat(details(Rank.OFFLINE, Standing.LIVE.failing(JournalException.Kind.FULL))
                        .facts())
                .contains(new Fact("Your copy", "/home/mara/coscribe, without your newest edits"));
    }

    @Test
    void a_full_server_is_nobody_s_to_ask_and_what_was_typed_is_told_to_be_kept() {
        var details = details(Rank.READ_ONLY, Standing.LIVE.with(new Contact.Full()));
        assertThat(details.sentence()).contains("no room", "kept on this computer");
        assertThat(details.action()).isEmpty();
    }

    @Test
    void what_can_be_done_depends_on_the_state() {
        assertThat(details(Rank.OFFLINE, Standing.LIVE.waiting(9, NOW)).action())
                .contains(Action.TRY_NOW);
        assertThat(details(Rank.OFFLINE, Standing.LIVE.with(new Contact.Offline()))
                        .action())
                .contains(Action.GO_ONLINE);
        assertThat(details(Rank.SIGNED_OUT, Standing.LIVE.stopped(FailureCode.EXPIRED))
                        .action())
                .contains(Action.SIGN_IN);
        assertThat(details(Rank.READ_ONLY, Standing.LIVE.as(Role.VIEWER)).action())
                .contains(Action.REQUEST_ACCESS);
        assertThat(details(Rank.READ_ONLY, Standing.LIVE.stopped(FailureCode.NO_ACCESS))
                        .action())
                .as("who is not let in cannot see whom to ask")
                .isEmpty();
    }

    @Test
    void a_first_attempt_is_not_called_a_lost_connection() {
        assertThat(details(Rank.RECONNECTING, Standing.LIVE.with(new Contact.Connecting(0)))
                        .sentence())
                .startsWith("Looking for the server.");
    }

    @Test
    void read_only_tells_why() {
        assertThat(details(Rank.READ_ONLY, Standing.LIVE.as(Role.VIEWER)).sentence())
                .contains("view");
        assertThat(details(Rank.READ_ONLY, Standing.LIVE.as(Role.COMMENTER)).sentence())
                .contains("comment");
        assertThat(details(Rank.READ_ONLY, Standing.LIVE.stopped(FailureCode.NO_ACCESS))
                        .sentence())
                .contains("does not let you");
    }
}
