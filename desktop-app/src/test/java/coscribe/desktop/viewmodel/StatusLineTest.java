package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.desktop.viewmodel.StatusLine.Shown;
import coscribe.desktop.viewmodel.StatusLine.Tone;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class StatusLineTest {
    private static final Instant TWO = Instant.parse("2026-11-24T14:02:00Z");
    private Instant now = TWO;
    private final StatusLine line = new StatusLine(
            Strings.of(Locale.UK),
            () -> now,
            ZoneOffset.UTC,
            Standing.LIVE.with(new Contact.None()).status());

    private Shown shown() {
        return line.shown().get();
    }

    private String words() {
        return shown().words();
    }

    private void is(Standing standing) {
        line.take(standing.status());
    }

    private void after(Duration span) {
        now = now.plus(span);
        line.refresh();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Nested
    class Signed_out {
        @ParameterizedTest
        @EnumSource(names = {"UNAUTHENTICATED", "EXPIRED", "INVITE_EXPIRED", "INVITE_USED"})
        void comes_before_everything_when_the_sign_in_is_refused(FailureCode code) {
            is(Standing.LIVE.stopped(code).as(Role.VIEWER));
            assertThat(shown()).isEqualTo(new Shown(Rank.SIGNED_OUT, Tone.RED, "Signed out"));
        }

        @Test
        void tells_how_many_edits_are_kept() {
            is(Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(1, now));
            assertThat(words()).isEqualTo("Signed out - 1 edit kept");
            is(Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(3, now));
            assertThat(words()).isEqualTo("Signed out - 3 edits kept");
        }

        @Test
        void is_also_a_link_that_has_nothing_left_to_sign_in_with() {
            is(Standing.LIVE.with(new Contact.Waiting(1, now, Optional.of(new LinkLoss.SignedOut("No account.")))));
            assertThat(words()).isEqualTo("Signed out");
        }
    }

    @Nested
    class Read_only {
        @Test
        void says_that_one_is_a_viewer() {
            is(Standing.LIVE.as(Role.VIEWER));
            assertThat(shown()).isEqualTo(new Shown(Rank.READ_ONLY, Tone.GREY, "Read-only - viewer"));
        }

        @Test
        void stays_when_the_connection_goes() {
            is(Standing.LIVE.as(Role.VIEWER));
            is(Standing.LIVE.as(Role.VIEWER).waiting(1, now));
            assertThat(words()).isEqualTo("Read-only - viewer");
        }

        @Test
        void is_what_a_document_is_at_a_server_that_has_no_room() {
            is(Standing.LIVE.with(new Contact.Full()).unsaved(3, now));
            assertThat(shown()).isEqualTo(new Shown(Rank.READ_ONLY, Tone.GREY, "Read-only - server full"));
            is(Standing.LIVE.unsaved(3, now));
            assertThat(shown().rank()).isNotEqualTo(Rank.READ_ONLY);
        }

        @Test
        void is_plain_for_a_commenter() {
            is(Standing.LIVE.as(Role.COMMENTER));
            assertThat(words()).isEqualTo("Read-only");
        }

        @ParameterizedTest
        @EnumSource(
                mode = Mode.EXCLUDE,
                names = {"UNAUTHENTICATED", "EXPIRED", "INVITE_EXPIRED", "INVITE_USED"})
        void is_what_a_document_is_that_no_longer_lets_one_in(FailureCode code) {
            is(Standing.LIVE.stopped(code));
            assertThat(shown()).isEqualTo(new Shown(Rank.READ_ONLY, Tone.GREY, "Read-only"));
            is(Standing.LIVE.stopped(code).unsaved(2, now));
            assertThat(words()).isEqualTo("Read-only - 2 edits kept");
        }
    }

    @Nested
    class Offline {
        @Test
        void is_asked_for() {
            is(Standing.LIVE.with(new Contact.Offline()));
            assertThat(shown()).isEqualTo(new Shown(Rank.OFFLINE, Tone.AMBER, "Offline - all edits saved"));
            is(Standing.LIVE.with(new Contact.Offline()).unsaved(1, now));
            assertThat(words()).isEqualTo("Offline - 1 edit kept");
            is(Standing.LIVE.with(new Contact.Offline()).unsaved(1200, now));
            assertThat(words()).isEqualTo("Offline - 1,200 edits kept");
        }

        @Test
        void begins_after_sixty_seconds_without_a_connection_and_not_before() {
            is(Standing.LIVE);
            is(Standing.LIVE.waiting(1, now).unsaved(3, now));
            after(ms(59_999));
            assertThat(shown().rank()).isEqualTo(Rank.RECONNECTING);
            assertThat(line.untilChange()).contains(ms(1));
            after(ms(1));
            assertThat(words()).isEqualTo("Offline - 3 edits kept");
        }

        @Test
        void counts_the_sixty_seconds_through_all_attempts() {
            is(Standing.LIVE);
            is(Standing.LIVE.waiting(1, now));
            after(Duration.ofSeconds(30));
            is(Standing.LIVE.with(new Contact.Connecting(3)));
            is(Standing.LIVE.waiting(4, now.plusSeconds(20)));
            after(Duration.ofSeconds(30));
            assertThat(words()).isEqualTo("Offline - all edits saved");
            is(Standing.LIVE.with(new Contact.Connecting(4)));
            assertThat(words()).as("no flicker at each attempt").isEqualTo("Offline - all edits saved");
        }

        @Test
        void counts_anew_after_a_good_connection() {
            is(Standing.LIVE);
            is(Standing.LIVE.waiting(1, now));
            after(Duration.ofSeconds(50));
            is(Standing.LIVE.with(new Contact.CatchingUp()));
            is(Standing.LIVE.waiting(1, now));
            after(Duration.ofSeconds(50));
            assertThat(shown().rank()).isEqualTo(Rank.RECONNECTING);
        }

        @Test
        void does_not_call_kept_what_is_only_in_memory() {
            is(Standing.LIVE.with(new Contact.Offline()).unsaved(2, now).failing(JournalException.Kind.FULL));
            assertThat(words()).isEqualTo("Offline - 2 edits in memory only");
        }
    }

    @Nested
    class Reconnecting {
        @Test
        void counts_the_seconds_down_and_tells_what_is_kept() {
            is(Standing.LIVE);
            is(Standing.LIVE.waiting(2, now.plusMillis(2_500)).unsaved(3, now.minusSeconds(1)));
            var seen = new ArrayList<String>();
            seen.add(words());
            for (int i = 0; i < 3; i++) {
                after(line.untilChange().orElseThrow());
                seen.add(words());
            }
            assertThat(seen)
                    .containsExactly(
                            "Reconnecting in 3s - 3 edits kept",
                            "Reconnecting in 2s - 3 edits kept",
                            "Reconnecting in 1s - 3 edits kept",
                            "Reconnecting...");
            assertThat(shown().tone()).isEqualTo(Tone.AMBER);
        }

        @Test
        void is_offline_at_once_where_there_is_no_network_and_goes_on_where_there_is() {
            is(Standing.LIVE);
            line.network(false);
            assertThat(words()).as("what was confirmed stays so").isEqualTo("Connected");
            is(Standing.LIVE.waiting(1, now.plusSeconds(7)).unsaved(3, now));
            assertThat(words()).isEqualTo("Offline - 3 edits kept");
            is(Standing.LIVE.with(new Contact.Connecting(2)));
            assertThat(words()).isEqualTo("Offline - all edits saved");
            is(Standing.LIVE.waiting(2, now.plusSeconds(9)).unsaved(3, now));
            line.network(true);
            assertThat(words()).isEqualTo("Reconnecting in 9s - 3 edits kept");
        }

        @Test
        void says_one_edit_and_no_edit_rightly() {
            is(Standing.LIVE);
            is(Standing.LIVE.waiting(2, now.plusSeconds(7)).unsaved(1, now));
            assertThat(words()).isEqualTo("Reconnecting in 7s - 1 edit kept");
            is(Standing.LIVE.waiting(2, now.plusSeconds(7)));
            assertThat(words()).isEqualTo("Reconnecting in 7s");
            is(Standing.LIVE.waiting(2, now.plusSeconds(7)).unsaved(1, now).failing(JournalException.Kind.FULL));
            assertThat(words()).isEqualTo("Reconnecting in 7s - 1 edit in memory only");
        }

        @Test
        void counts_edits_up_while_writing_goes_on() {
            is(Standing.LIVE);
            var retry = now.plusSeconds(9);
            is(Standing.LIVE.waiting(2, retry).unsaved(1, now));
            is(Standing.LIVE.waiting(2, retry).unsaved(2, now));
            assertThat(words()).isEqualTo("Reconnecting in 9s - 2 edits kept");
        }

        @Test
        void is_short_while_an_attempt_is_under_way() {
            is(Standing.LIVE);
            is(Standing.LIVE.with(new Contact.Connecting(3)).unsaved(3, now));
            assertThat(shown()).isEqualTo(new Shown(Rank.RECONNECTING, Tone.AMBER, "Reconnecting..."));
        }

        @Test
        void is_not_said_of_the_first_connection() {
            assertThat(words()).isEqualTo("Connecting...");
            is(Standing.LIVE.with(new Contact.Connecting(0)));
            assertThat(words()).isEqualTo("Connecting...");
        }
    }

    @Nested
    class Saving {
        @Test
        void is_said_only_after_400_ms() {
            is(Standing.LIVE.saved(now));
            is(Standing.LIVE.saved(now).unsaved(1, now));
            after(ms(400));
            assertThat(words()).isEqualTo("Saved 14:02");
            after(ms(1));
            assertThat(shown()).isEqualTo(new Shown(Rank.SAVING, Tone.BLUE, "Saving..."));
        }

        @Test
        void never_flickers_where_the_relay_answers_in_time() {
            is(Standing.LIVE.saved(now));
            var said = new ArrayList<String>();
            line.shown().addListener((property, was, is) -> said.add(is.words()));
            for (int key = 0; key < 100; key++) {
                var typed = now;
                is(Standing.LIVE.saved(TWO).unsaved(1, typed));
                after(ms(350));
                is(Standing.LIVE.saved(TWO));
                after(ms(150));
            }
            assertThat(said.stream().filter(words -> !words.equals("Saved 14:02")))
                    .isEmpty();
        }

        @Test
        void counts_down_what_had_waited_for_the_connection() {
            is(Standing.LIVE);
            is(Standing.LIVE.waiting(1, now).unsaved(12, now));
            is(Standing.LIVE.with(new Contact.CatchingUp()).unsaved(12, now));
            assertThat(words()).isEqualTo("Saving... 12 edits to go");
            is(Standing.LIVE.unsaved(5, now));
            assertThat(words()).isEqualTo("Saving... 5 edits to go");
            is(Standing.LIVE.unsaved(1, now));
            assertThat(words()).isEqualTo("Saving... 1 edit to go");
            is(Standing.LIVE.saved(now));
            assertThat(words()).isEqualTo("Saved 14:02");
            is(Standing.LIVE.unsaved(1, now));
            after(ms(500));
            assertThat(words()).isEqualTo("Saving...");
        }
    }

    @Nested
    class Saved {
        @Test
        void is_green_for_two_seconds_and_then_grey() {
            is(Standing.LIVE.saved(now));
            assertThat(shown()).isEqualTo(new Shown(Rank.SAVED, Tone.GREEN, "Saved 14:02"));
            assertThat(line.untilChange()).contains(Duration.ofSeconds(2));
            after(ms(1_999));
            assertThat(shown().tone()).isEqualTo(Tone.GREEN);
            after(ms(1));
            assertThat(shown()).isEqualTo(new Shown(Rank.SAVED, Tone.GREY, "Saved 14:02"));
            assertThat(line.untilChange()).isEmpty();
        }

        @Test
        void keeps_the_time_of_the_last_edit() {
            is(Standing.LIVE.saved(now));
            after(Duration.ofHours(1));
            assertThat(words()).isEqualTo("Saved 14:02");
        }

        @Test
        void is_as_the_locale_writes_times() {
            var american = new StatusLine(
                    Strings.of(Locale.US),
                    () -> now,
                    ZoneOffset.UTC,
                    Standing.LIVE.saved(now).status());
            assertThat(american.shown().get().words()).isEqualTo("Saved 2:02\u00a0PM");
        }

        @Test
        void says_so_where_the_server_keeps_it_in_memory_only() {
            is(Standing.LIVE.saved(now).at(Durability.VOLATILE));
            assertThat(words()).isEqualTo("Saved 14:02 - in the server's memory only");
            is(Standing.LIVE.saved(now).at(Durability.RELAXED));
            assertThat(words()).isEqualTo("Saved 14:02");
        }
    }

    @Test
    void something_done_is_flashed_for_four_seconds_unless_something_presses() {
        is(Standing.LIVE);
        line.flash("Link copied");
        assertThat(shown()).isEqualTo(new Shown(Rank.CONNECTED, Tone.GREEN, "Link copied"));
        assertThat(line.untilChange()).contains(Duration.ofSeconds(4));
        after(line.untilChange().orElseThrow());
        assertThat(words()).isEqualTo("Connected");
        line.flash("Link copied");
        is(Standing.LIVE.with(new Contact.Connecting(1)));
        assertThat(words()).isEqualTo("Reconnecting...");
    }

    @Test
    void connected_is_said_before_anything_was_typed() {
        is(Standing.LIVE);
        assertThat(shown()).isEqualTo(new Shown(Rank.CONNECTED, Tone.GREY, "Connected"));
        assertThat(line.untilChange()).isEmpty();
    }

    @Test
    void saved_and_connected_are_never_said_without_a_connection_or_with_an_old_edit() {
        var retry = now.plusSeconds(5);
        var contacts = List.of(
                new Contact.None(),
                new Contact.Waiting(1, retry, Optional.empty()),
                new Contact.Connecting(0),
                new Contact.CatchingUp(),
                new Contact.Live(),
                new Contact.Offline(),
                new Contact.Closed(),
                new Contact.Stopped(FailureCode.UNAUTHENTICATED, "No."),
                new Contact.Stopped(FailureCode.NO_ACCESS, "No."));
        for (Contact contact : contacts) {
            for (Role role : Role.values()) {
                for (int edits : new int[] {0, 1, 7}) {
                    for (long age : new long[] {0, 400, 401, 70_000}) {
                        var standing = Standing.LIVE.saved(TWO).unsaved(edits, now.minusMillis(age));
                        is(standing.with(contact).as(role));
                        boolean connected = contact instanceof Contact.Live || contact instanceof Contact.CatchingUp;
                        boolean allWell = connected && role.atLeast(Role.EDITOR) && (edits == 0 || age <= 400);
                        if (!allWell) {
                            assertThat(shown().rank())
                                    .as("%s %s %s edits, %s ms old", contact, role, edits, age)
                                    .isLessThan(Rank.SAVED);
                        }
                        assertThat(words()).isNotBlank();
                    }
                }
            }
        }
    }

    @Test
    void nothing_is_called_kept_while_the_disk_takes_nothing() {
        var contacts = List.of(
                new Contact.None(),
                new Contact.Waiting(1, now.plusSeconds(5), Optional.empty()),
                new Contact.Waiting(1, now, Optional.of(new LinkLoss.SignedOut("No account."))),
                new Contact.Connecting(0),
                new Contact.Live(),
                new Contact.Full(),
                new Contact.Offline(),
                new Contact.Closed(),
                new Contact.Stopped(FailureCode.UNAUTHENTICATED, "No."),
                new Contact.Stopped(FailureCode.NO_ACCESS, "No."));
        for (Contact contact : contacts) {
            for (Role role : Role.values()) {
                for (var kind : JournalException.Kind.values()) {
                    var standing = Standing.LIVE.unsaved(2, now).with(contact).as(role);
                    is(standing.failing(kind));
                    String away = words();
                    assertThat(away).as("%s %s", contact, role).doesNotContain("kept");
                    is(standing);
                    assertThat(words().replace("kept", "in memory only")).isEqualTo(away);
                }
            }
        }
    }

    @Test
    void the_time_until_the_next_change_is_told_rightly_in_every_state() {
        var states = List.of(
                Standing.LIVE,
                Standing.LIVE.saved(now),
                Standing.LIVE.unsaved(1, now),
                Standing.LIVE.waiting(3, now.plusMillis(8_750)).unsaved(2, now),
                Standing.LIVE.waiting(1, now),
                Standing.LIVE.with(new Contact.Connecting(1)),
                Standing.LIVE.with(new Contact.Offline()));
        for (Standing state : states) {
            is(Standing.LIVE);
            is(state);
            var end = now.plusSeconds(70);
            while (now.isBefore(end)) {
                var said = shown();
                var told = line.untilChange();
                var promised = told.map(span -> now.plus(span)).orElse(end);
                while (now.isBefore(promised) && now.isBefore(end)) {
                    assertThat(shown()).isEqualTo(said);
                    after(ms(1));
                }
            }
        }
    }
}
