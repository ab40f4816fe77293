package coscribe.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.client.VirtualTime;
import coscribe.client.link.TokenSource.SignedOutException;
import coscribe.client.link.TokenSource.Ticket;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.ServerMessage.Tokens;
import coscribe.ot.protocol.ServerMessage.Welcome;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTokensTest {
    private static final DeviceId DEVICE = new DeviceId("dd".repeat(16));
    private static final Person MARA = new Person(new PersonId("11".repeat(16)), "Mara", new PaletteSlot(3, 2));
    private static final RelayId RELAY = new RelayId("ab".repeat(16));
    private final VirtualTime time = new VirtualTime();

    @TempDir
    Path folder;

    private Path file;
    private AccountTokens tokens;

    @BeforeEach
    void begin() {
        file = folder.resolve("account");
        tokens = restarted();
    }

    private AccountTokens restarted() {
        return new AccountTokens(
                new AccountFile(file, RelayAddress.of("docs.example.org", OptionalInt.empty(), true)), DEVICE, time);
    }

    private Ticket next() {
        var asked = tokens.next().toCompletableFuture();
        assertThat(asked).isCompleted();
        return asked.join();
    }

    private Welcome welcome(RelayId relay, String access, String refresh) {
        return new Welcome(
                1,
                relay,
                MARA,
                Optional.of(new Tokens(access, refresh)),
                time.millis() + Duration.ofMinutes(15).toMillis(),
                Optional.empty(),
                true);
    }

    private void joined() {
        tokens.redeem("7F3KQ9TM2XWD", "Mara");
        next().accepted(welcome(RELAY, "access-1", "refresh-1"));
    }

    @Test
    void without_anything_to_sign_in_with_one_is_signed_out() {
        assertThatThrownBy(() -> tokens.next().toCompletableFuture().join())
                .hasCauseInstanceOf(SignedOutException.class);
    }

    @Test
    void a_code_is_redeemed_once_and_what_it_brings_is_used_from_then_on() {
        tokens.redeem("7F3KQ9TM2XWD", "Mara");
        var ticket = next();
        assertThat(ticket.credential()).isEqualTo(new Credential.InviteCode("7F3KQ9TM2XWD", "Mara"));
        ticket.accepted(welcome(RELAY, "access-1", "refresh-1"));
        assertThat(next().credential()).isEqualTo(new Credential.AccessToken("access-1"));
        assertThat(tokens.account().relay()).contains(RELAY);
        assertThat(tokens.account().person()).contains(MARA);
    }

    @Test
    void a_code_whose_answer_was_lost_is_redeemed_again_also_after_a_restart() {
        tokens.redeem("7F3KQ9TM2XWD", "Mara");
        next().unanswered();
        assertThat(next().credential()).isInstanceOf(Credential.InviteCode.class);
        tokens = restarted();
        assertThat(next().credential()).isInstanceOf(Credential.InviteCode.class);
    }

    @Test
    void a_code_that_is_refused_is_forgotten_and_the_refusal_is_final() {
        joined();
        tokens.redeem("BADCQ9TM2XWD", "Mara");
        assertThat(next().refused(FailureCode.INVITE_EXPIRED)).isFalse();
        assertThat(next().credential()).isEqualTo(new Credential.AccessToken("access-1"));
    }

    @Test
    void an_access_token_is_used_for_four_fifths_of_its_life_and_then_refreshed() {
        joined();
        time.pass(Duration.ofMinutes(11));
        assertThat(next().credential()).isEqualTo(new Credential.AccessToken("access-1"));
        time.pass(Duration.ofMinutes(2));
        assertThat(next().credential()).isEqualTo(new Credential.Refresh("refresh-1"));
    }

    @Test
    void a_refresh_credential_is_lent_to_one_connection_and_the_others_wait_for_what_it_brings() {
        joined();
        time.pass(Duration.ofMinutes(20));
        var first = next();
        CompletableFuture<Ticket> second = tokens.next().toCompletableFuture();
        CompletableFuture<Ticket> third = tokens.next().toCompletableFuture();
        assertThat(second).isNotDone();
        first.accepted(welcome(RELAY, "access-2", "refresh-2"));
        assertThat(second).isCompleted();
        assertThat(second.join().credential()).isEqualTo(new Credential.AccessToken("access-2"));
        assertThat(third.join().credential()).isEqualTo(new Credential.AccessToken("access-2"));
    }

    @Test
    void a_connection_that_got_no_answer_hands_the_refresh_credential_to_the_next() {
        joined();
        time.pass(Duration.ofMinutes(20));
        var first = next();
        var second = tokens.next().toCompletableFuture();
        first.unanswered();
        assertThat(second.join().credential()).isEqualTo(new Credential.Refresh("refresh-1"));
    }

    @Test
    void the_next_refresh_credential_is_on_disk_before_it_is_used() {
        joined();
        time.pass(Duration.ofMinutes(20));
        next().renewed(Optional.of(new Tokens("access-2", "refresh-2")), time.millis() + 900_000);
        tokens = restarted();
        assertThat(next().credential()).isEqualTo(new Credential.AccessToken("access-2"));
        time.pass(Duration.ofMinutes(20));
        assertThat(next().credential()).isEqualTo(new Credential.Refresh("refresh-2"));
    }

    @Test
    void what_cannot_be_stored_is_not_used() throws Exception {
        joined();
        time.pass(Duration.ofMinutes(20));
        var ticket = next();
        Files.createDirectory(folder.resolve("account.new"));
        Files.writeString(folder.resolve("account.new").resolve("x"), "in the way");
        assertThatThrownBy(() -> ticket.accepted(welcome(RELAY, "access-2", "refresh-2")))
                .isInstanceOf(UncheckedIOException.class);
        ticket.unanswered();
        assertThat(next().credential()).isEqualTo(new Credential.Refresh("refresh-1"));
    }

    @Test
    void an_access_token_that_is_refused_gives_way_to_the_refresh_credential() {
        joined();
        assertThat(next().refused(FailureCode.EXPIRED)).isTrue();
        assertThat(next().credential()).isEqualTo(new Credential.Refresh("refresh-1"));
    }

    @Test
    void a_refusal_that_is_not_about_the_credential_keeps_it() {
        joined();
        assertThat(next().refused(FailureCode.STORE_AWAY)).isFalse();
        assertThat(next().credential()).isEqualTo(new Credential.AccessToken("access-1"));
    }

    @Test
    void a_refresh_credential_that_is_refused_means_signed_out() {
        joined();
        time.pass(Duration.ofMinutes(20));
        assertThat(next().refused(FailureCode.UNAUTHENTICATED)).isFalse();
        assertThat(tokens.next().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void a_refresh_credential_is_not_what_has_expired() {
        joined();
        time.pass(Duration.ofMinutes(20));
        assertThat(next().refused(FailureCode.EXPIRED)).isFalse();
        assertThat(next().credential()).isEqualTo(new Credential.Refresh("refresh-1"));
    }

    @Test
    void another_relay_at_the_same_address_is_not_signed_in_to() {
        joined();
        var other = new RelayId("cd".repeat(16));
        var ticket = next();
        assertThatThrownBy(() -> ticket.accepted(welcome(other, "access-9", "refresh-9")))
                .isInstanceOf(SignedOutException.class)
                .hasMessageContaining("Another server");
        assertThat(restarted().account().relay()).contains(RELAY);
    }

    @Test
    void a_borrowed_token_is_used_first_and_never_stored() throws Exception {
        joined();
        tokens.borrow("from-elsewhere");
        var ticket = next();
        assertThat(ticket.credential()).isEqualTo(new Credential.AccessToken("from-elsewhere"));
        ticket.accepted(new Welcome(1, RELAY, MARA, Optional.empty(), 0, Optional.empty(), false));
        assertThat(Files.readString(file)).doesNotContain("from-elsewhere");
        assertThat(next().refused(FailureCode.EXPIRED)).isTrue();
        assertThat(next().credential()).isEqualTo(new Credential.AccessToken("access-1"));
    }

    @Test
    void only_its_owner_can_read_the_account() throws Exception {
        joined();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void an_account_that_cannot_be_read_means_signed_out_and_not_a_crash() throws Exception {
        joined();
        String text = Files.readString(file);
        for (int length = 0; length < text.length() - 1; length++) {
            Files.writeString(file, text.substring(0, length));
            assertThat(new AccountFile(file, RelayAddress.of("docs.example.org", OptionalInt.empty(), true)).load())
                    .isEqualTo(Account.NONE);
        }
        Files.writeString(file, text);
        assertThat(new AccountFile(file, RelayAddress.of("docs.example.org", OptionalInt.empty(), true)).load())
                .isEqualTo(tokens.account());
    }

    @Test
    void secrets_are_not_printed() {
        joined();
        assertThat(tokens.account() + " " + tokens.account().access() + " " + next().credential())
                .doesNotContain("access-1")
                .doesNotContain("refresh-1");
    }
}
