package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.KeptCopy.Reason;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.Banners.Action;
import coscribe.desktop.viewmodel.Banners.Banner;
import coscribe.desktop.viewmodel.Banners.Topic;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BannersTest {
    private Instant now = Instant.parse("2026-11-24T14:02:00Z");
    private final Strings strings = Strings.of(Locale.UK);
    private final StatusLine line = new StatusLine(strings, () -> now, ZoneOffset.UTC, Standing.LIVE.status());
    private final VirtualTime time = new VirtualTime();
    private final Banners banners = new Banners(
            strings, ZoneOffset.UTC, "docs.example.org", () -> "Plan", wake -> new Alarm(time, time, time, wake));

    private void is(Standing standing) {
        line.take(standing.status());
        banners.take(standing.status(), line.shown().get().rank());
    }

    private void after(Duration span) {
        now = now.plus(span);
        line.refresh();
        banners.take(line.status(), line.shown().get().rank());
    }

    private Banner only() {
        assertThat(banners.shown()).hasSize(1);
        return banners.shown().getFirst();
    }

    private void keeps(Reason reason) {
        banners.copyKept(new KeptCopy("copy-1", reason, now, "Plan", Document.EMPTY));
    }

    private Contact stopsAt(LinkLoss.Trouble trouble, String about) {
        return new Contact.Waiting(1, now, Optional.of(new LinkLoss.Unreachable(trouble, "internal", about)));
    }

    @Test
    void message_4_is_there_at_once_offers_to_sign_in_and_stays_while_it_is_tried_again() {
        is(Standing.LIVE.unsaved(2, now).with(stopsAt(LinkLoss.Trouble.PROXY_SIGN_IN, "proxy:3128")));
        assertThat(only().words())
                .isEqualTo("Your network's proxy asks you to sign in. Your edits are kept. Enter your proxy name and"
                        + " password.");
        assertThat(only().topic().code()).isEqualTo("CS-04");
        assertThat(only().actions()).containsExactly(Action.SIGN_IN_TO_PROXY);
        assertThat(banners.proxy()).contains("proxy:3128");
        is(Standing.LIVE.with(new Contact.Connecting(1)));
        assertThat(only().topic()).isEqualTo(Topic.PROXY);
        after(Duration.ofMinutes(2));
        assertThat(only().topic()).as("and nothing else beside it").isEqualTo(Topic.PROXY);
        is(Standing.LIVE);
        assertThat(banners.shown()).isEmpty();
        assertThat(banners.proxy()).isEmpty();
    }

    @Test
    void message_3_names_who_issued_the_certificate() {
        is(Standing.LIVE.with(stopsAt(LinkLoss.Trouble.CERTIFICATE, "Acme Root")));
        assertThat(only().words())
                .isEqualTo("This computer doesn't trust the certificate of docs.example.org. Nothing was sent. Ask your"
                        + " IT team to add its issuer, Acme Root.");
        assertThat(only().topic().code()).isEqualTo("CS-03");
        assertThat(only().actions()).containsExactly(Action.TRY_NOW);
    }

    @Test
    void message_1_comes_after_a_minute_without_the_server_and_goes_when_it_is_back() {
        is(Standing.LIVE);
        is(Standing.LIVE.waiting(1, now).unsaved(3, now));
        assertThat(banners.shown()).isEmpty();
        after(Duration.ofSeconds(60));
        assertThat(only().words())
                .isEqualTo("Can't reach docs.example.org. Your 3 edits are kept on this device. Keep writing; Coscribe"
                        + " is trying again.");
        assertThat(only().topic().code()).isEqualTo("CS-01");
        assertThat(only().actions()).containsExactly(Action.TRY_NOW);
        is(Standing.LIVE.waiting(2, now).unsaved(4, now));
        assertThat(only().words()).contains("Your 4 edits are kept");
        is(Standing.LIVE.waiting(2, now));
        assertThat(only().words()).contains("All your edits are saved.");
        is(Standing.LIVE);
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void working_offline_by_choice_raises_nothing() {
        is(Standing.LIVE.with(new Contact.Offline()).unsaved(2, now));
        after(Duration.ofMinutes(5));
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void message_6_tells_that_one_is_signed_out() {
        is(Standing.LIVE.stopped(FailureCode.UNAUTHENTICATED).unsaved(3, now));
        assertThat(only().words())
                .isEqualTo("You've been signed out. Your 3 edits are kept on this device. Sign in and they will be"
                        + " sent.");
        assertThat(only().topic().code()).isEqualTo("CS-06");
        assertThat(only().actions()).containsExactly(Action.SIGN_IN);
        is(Standing.LIVE.stopped(FailureCode.EXPIRED).unsaved(1, now));
        assertThat(only().words())
                .isEqualTo("You've been signed out. Your 1 edit is kept on this device. Sign in and it will be sent.");
    }

    @Test
    void message_10_tells_that_access_was_taken_away_and_opens_the_copy() {
        is(Standing.LIVE.unsaved(2, now));
        is(Standing.LIVE.unsaved(2, now).stopped(FailureCode.NO_ACCESS));
        assertThat(only().words()).contains("Your 2 unsent edits are kept on this device.");
        assertThat(only().actions()).isEmpty();
        keeps(Reason.ROLE);
        assertThat(only().words())
                .isEqualTo("You no longer have access to 'Plan'. Your 2 unsent edits are kept in a private copy. Ask"
                        + " the owner to share it again.");
        assertThat(only().topic().code()).isEqualTo("CS-10");
        assertThat(only().actions()).containsExactly(Action.OPEN_COPY);
        assertThat(only().copy()).isPresent();
    }

    @Test
    void message_10_says_that_all_is_saved_where_it_is() {
        is(Standing.LIVE.saved(now));
        is(Standing.LIVE.saved(now).stopped(FailureCode.FORBIDDEN));
        assertThat(only().words())
                .isEqualTo("You no longer have access to 'Plan'. All your edits are saved. Ask the owner to share it"
                        + " again.");
    }

    @Test
    void message_11_tells_that_the_role_was_lowered() {
        is(Standing.LIVE.unsaved(2, now));
        is(Standing.LIVE.unsaved(2, now).as(Role.VIEWER));
        keeps(Reason.ROLE);
        is(Standing.LIVE.as(Role.VIEWER));
        assertThat(only().words())
                .isEqualTo("You can now view but not edit 'Plan'. Your 2 unsent edits are kept in a private copy.");
        assertThat(only().topic().code()).isEqualTo("CS-11");
        assertThat(only().actions()).containsExactly(Action.OPEN_COPY, Action.REQUEST_ACCESS);
        is(Standing.LIVE);
        assertThat(banners.shown()).as("may edit again").isEmpty();
    }

    @Test
    void who_was_a_viewer_from_the_beginning_is_told_nothing() {
        is(Standing.LIVE.as(Role.VIEWER));
        is(Standing.LIVE.as(Role.VIEWER));
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void message_13_tells_that_the_text_was_loaded_anew() {
        is(Standing.LIVE);
        keeps(Reason.FORKED);
        assertThat(only().words())
                .isEqualTo("'Plan' was reloaded to match the server. Your text from before is kept as the copy"
                        + " 'Before reload, 14:02'.");
        assertThat(only().topic().code()).isEqualTo("CS-13");
        banners.dismiss(Topic.RELOADED);
        is(Standing.LIVE.saved(now));
        assertThat(banners.shown()).isEmpty();
        keeps(Reason.OUT_OF_REACH);
        assertThat(only().topic()).isEqualTo(Topic.RELOADED);
    }

    @Test
    void message_14_tells_what_is_in_memory_only() {
        is(Standing.LIVE.saved(now).failing(JournalException.Kind.FULL));
        assertThat(only().words())
                .isEqualTo("This computer's disk is full. Everything up to 14:02 is saved on the server; later edits"
                        + " are only in memory. Free some space now.");
        assertThat(only().topic().code()).isEqualTo("CS-14");
        is(Standing.LIVE.unsaved(1, now).failing(JournalException.Kind.BROKEN));
        assertThat(only().words())
                .startsWith("This computer's disk can't be written to. Your edits are only in memory.");
        is(Standing.LIVE.failing(JournalException.Kind.BROKEN));
        assertThat(only().words())
                .startsWith("This computer's disk can't be written to. All your edits are saved on the server;");
        is(Standing.LIVE);
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void a_document_that_was_not_closed_says_why_in_place_of_message_14_until_it_may_be() {
        is(Standing.LIVE.waiting(1, now).unsaved(3, now).failing(JournalException.Kind.FULL));
        banners.notClosed();
        assertThat(only().words())
                .isEqualTo("'Plan' was not closed: 3 edits are only in memory, and closing would lose them. Save a copy"
                        + " in another place, or close it again once the disk or the server has taken them.");
        assertThat(only().topic().code()).isEqualTo("CS-24");
        assertThat(only().actions()).containsExactly(Action.SAVE_COPY, Action.CLOSE_ANYWAY);
        is(Standing.LIVE.waiting(1, now).unsaved(1, now).failing(JournalException.Kind.FULL));
        assertThat(only().words()).startsWith("'Plan' was not closed: 1 edit is only in memory");
        banners.dismiss(Topic.NOT_CLOSED);
        assertThat(only().topic()).isEqualTo(Topic.DISK_FULL);
        banners.notClosed();
        is(Standing.LIVE.failing(JournalException.Kind.FULL));
        assertThat(only().topic()).as("the server has it all").isEqualTo(Topic.DISK_FULL);
        is(Standing.LIVE.waiting(1, now).unsaved(1, now).failing(JournalException.Kind.FULL));
        banners.notClosed();
        is(Standing.LIVE.waiting(1, now).unsaved(1, now));
        assertThat(banners.shown()).as("the disk has it all").isEmpty();
    }

    @Test
    void a_copy_that_is_only_in_memory_is_said_to_be_one() {
        is(Standing.LIVE.failing(JournalException.Kind.FULL));
        banners.notClosed();
        assertThat(only().words()).startsWith("'Plan' was not closed: a private copy of your text is only in memory");
        assertThat(only().actions()).containsExactly(Action.CLOSE_ANYWAY);
        is(Standing.LIVE.failing(JournalException.Kind.FULL));
        assertThat(only().topic()).isEqualTo(Topic.NOT_CLOSED);
        is(Standing.LIVE);
        assertThat(banners.shown()).isEmpty();
    }

    /// Principle 2, for messages: whatever else is the matter.
    @Test
    void nothing_is_called_kept_while_the_disk_takes_nothing() {
        for (var kind : List.of(JournalException.Kind.FULL, JournalException.Kind.BROKEN)) {
            for (int edits : new int[] {1, 3}) {
                for (Contact contact : contacts()) {
                    for (Role role : Role.values()) {
                        var standing = Standing.LIVE
                                .unsaved(edits, now)
                                .with(contact)
                                .as(role)
                                .failing(kind);
                        is(Standing.LIVE.unsaved(edits, now));
                        is(standing);
                        after(Duration.ofMinutes(2));
                        assertThat(banners.shown())
                                .as("%s", standing)
                                .noneMatch(it -> claimsToHaveIt(it.words()))
                                .anyMatch(it -> it.words().contains("in memory"));
                        is(Standing.LIVE.as(role).with(contact).failing(kind)); // what was unsent is to be a copy now
                        assertThat(banners.shown())
                                .as("%s", standing)
                                .filteredOn(
                                        it -> it.topic() == Topic.ROLE_LOWERED || it.topic() == Topic.ACCESS_REMOVED)
                                .noneMatch(it -> claimsToHaveIt(it.words()));
                        is(Standing.LIVE);
                    }
                }
            }
        }
    }

    private List<Contact> contacts() {
        return List.of(
                new Contact.None(),
                stopsAt(LinkLoss.Trouble.NO_ANSWER, ""),
                stopsAt(LinkLoss.Trouble.PROXY_SIGN_IN, "proxy:3128"),
                stopsAt(LinkLoss.Trouble.CERTIFICATE, "Acme Root"),
                new Contact.Connecting(1),
                new Contact.CatchingUp(),
                new Contact.Live(),
                new Contact.Full(),
                new Contact.Offline(),
                new Contact.Stopped(FailureCode.UNAUTHENTICATED, "No."),
                new Contact.Stopped(FailureCode.NO_ACCESS, "No."));
    }

    private static boolean claimsToHaveIt(String words) {
        return words.contains("kept") || words.contains("All your edits are saved.");
    }

    @Test
    void message_20_tells_what_was_found_again() {
        banners.recovered(0);
        assertThat(banners.shown()).isEmpty();
        banners.recovered(14);
        assertThat(only().words())
                .isEqualTo("Coscribe closed unexpectedly. All 14 edits were recovered; there is nothing you need to"
                        + " do.");
        assertThat(only().topic().code()).isEqualTo("CS-20");
        is(Standing.LIVE);
        assertThat(banners.shown()).as("stays until it was read").hasSize(1);
    }

    @Test
    void message_25_tells_of_a_newer_version_until_it_is_put_away_everywhere() {
        var seen = new ArrayList<String>();
        banners.onVersionSeen(() -> {
            seen.add("seen");
            banners.newVersion(Optional.empty(), "1.2.0");
        });
        banners.newVersion(Optional.of("1.4.0"), "1.2.0");
        assertThat(only().words()).startsWith("Coscribe 1.4.0 is available; you have 1.2.0.");
        assertThat(only().topic().code()).isEqualTo("CS-25");
        assertThat(only().actions()).containsExactly(Action.SHOW_RELEASE);
        banners.dismiss(Topic.NEW_VERSION);
        assertThat(banners.shown()).isEmpty();
        assertThat(seen).containsExactly("seen");
        banners.newVersion(Optional.of("1.5.0"), "1.2.0");
        assertThat(only().words()).startsWith("Coscribe 1.5.0");
    }

    @Test
    void message_26_says_that_nobody_could_say_and_goes_when_somebody_does() {
        banners.notAsked("nobody", Optional.empty());
        assertThat(only().topic().code()).isEqualTo("CS-26");
        assertThat(only().actions()).isEmpty();
        banners.notAsked("the proxy", Optional.of("proxy:3128"));
        assertThat(only().actions()).containsExactly(Action.SIGN_IN_TO_PROXY);
        assertThat(banners.proxy()).contains("proxy:3128");
        banners.asked(Optional.empty());
        assertThat(banners.shown()).isEmpty();
        assertThat(banners.proxy()).isEmpty();
    }

    @Test
    void message_27_says_that_there_is_none_and_goes_by_itself_when_it_could_be_read() {
        banners.notAsked("nobody", Optional.empty());
        banners.asked(Optional.of("1.4.0"));
        assertThat(only().words()).isEqualTo("Coscribe 1.4.0 is the newest version.");
        assertThat(only().topic().code()).isEqualTo("CS-27");
        time.pass(Banners.READ_WITHIN.plusSeconds(1));
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void message_20_goes_by_itself_when_it_could_be_read_and_not_before_all_of_it_is_saved() {
        banners.recovered(14);
        is(Standing.LIVE.waiting(1, now).unsaved(14, now));
        time.pass(Duration.ofHours(1));
        assertThat(only().topic()).as("nothing of it is saved").isEqualTo(Topic.RECOVERED);
        is(Standing.LIVE.saved(now));
        time.pass(Banners.READ_WITHIN.minusSeconds(1));
        is(Standing.LIVE.unsaved(1, now));
        assertThat(only().topic()).isEqualTo(Topic.RECOVERED);
        time.pass(Duration.ofSeconds(2));
        assertThat(banners.shown())
                .as("what was typed since is nothing to wait for")
                .isEmpty();
        is(Standing.LIVE.saved(now));
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void what_a_document_cannot_hold_is_told_each_time() {
        banners.tooLong();
        assertThat(only().words())
                .isEqualTo("'Plan' can hold 2,000,000 characters. Nothing was added; your text is unchanged. Add a"
                        + " smaller part, or start another document.");
        banners.dismiss(Topic.TOO_LONG);
        assertThat(banners.shown()).isEmpty();
        banners.tooLong();
        assertThat(only().topic().code()).isEqualTo("CS-21");
    }

    @Test
    void what_an_input_method_brought_too_late_is_shown_until_it_was_read() {
        banners.notTyped("\u65e5\u672c");
        assertThat(only().words())
                .isEqualTo("You could only read 'Plan' when you ended \"\u65e5\u672c\". It was not added; your text is"
                        + " unchanged. Write it once more when you can edit again.");
        assertThat(only().topic().code()).isEqualTo("CS-23");
        is(Standing.LIVE);
        assertThat(banners.shown()).hasSize(1);
        banners.dismiss(Topic.NOT_TYPED);
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void a_file_that_could_not_be_written_is_told_until_one_was() {
        banners.exportFailed("plan.md");
        assertThat(only().words())
                .isEqualTo("'plan.md' could not be written. Your document is unchanged. Choose another place, or"
                        + " another name.");
        assertThat(only().topic().code()).isEqualTo("CS-22");
        assertThat(only().actions()).containsExactly(Action.EXPORT_COPY);
        banners.dismiss(Topic.EXPORT_FAILED);
        assertThat(banners.shown()).isEmpty();
        banners.exportFailed("plan.md");
        banners.exported();
        assertThat(banners.shown()).isEmpty();
    }

    @Test
    void a_banner_put_away_stays_away_until_it_happens_again() {
        is(Standing.LIVE);
        is(Standing.LIVE.waiting(1, now));
        after(Duration.ofSeconds(60));
        banners.dismiss(Topic.UNREACHABLE);
        is(Standing.LIVE.waiting(2, now).unsaved(1, now));
        assertThat(banners.shown()).isEmpty();
        is(Standing.LIVE);
        is(Standing.LIVE.waiting(1, now));
        after(Duration.ofSeconds(60));
        assertThat(only().topic()).isEqualTo(Topic.UNREACHABLE);
    }

    @Test
    void the_most_pressing_stands_on_top() {
        banners.recovered(1);
        is(Standing.LIVE.failing(JournalException.Kind.FULL).stopped(FailureCode.UNAUTHENTICATED));
        assertThat(banners.shown())
                .extracting(Banner::topic)
                .containsExactly(Topic.DISK_FULL, Topic.SIGNED_OUT, Topic.RECOVERED);
    }
}
