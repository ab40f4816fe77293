package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Tokens;
import coscribe.ot.protocol.ServerMessage.Welcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How people come by a sign-in, keep it and lose it.
class SignedInTest extends HouseFixture {
    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private String invite(Role role, int uses) throws IOException {
        return mara.say(new ClientMessage.Invite(plan, role, 3_600, uses))
                .expect(ServerMessage.Invited.class)
                .code();
    }

    private static Tokens tokens(Welcome welcome) {
        return welcome.tokens().orElseThrow();
    }

    // --- by an invite link

    @Test
    void a_code_makes_a_guest_of_whoever_redeems_it_with_that_role_in_that_document() throws IOException {
        var code = invite(Role.EDITOR, 1);
        var jon = house.stranger();

        var welcome = jon.hello(new Credential.InviteCode(code.toLowerCase(Locale.ROOT), " Jon\n"));

        assertThat(welcome.person().name()).isEqualTo("Jon");
        assertThat(welcome.invitedTo()).contains(plan);
        assertThat(welcome.mayCreate()).isFalse();
        assertThat(welcome.expiresAtMillis())
                .isCloseTo(house.waits.instant().plus(Duration.ofMinutes(15)).toEpochMilli(), Offset.offset(60_000L));
        jon.say(new ClientMessage.Create("Mine")).expectFailure(FailureCode.FORBIDDEN, "guest");
        assertThat(jon.join(plan).role()).isEqualTo(Role.EDITOR);
        jon.type("Hello");
        mara.join(plan);
        assertThat(mara.text()).isEqualTo("Hello");
    }

    @Test
    void a_code_is_good_for_so_many_devices_and_the_same_one_may_say_it_again() throws IOException {
        var code = invite(Role.VIEWER, 1);
        var jon = house.stranger();
        var first = jon.hello(new Credential.InviteCode(code, "Jon"));

        var second = house.stranger().sayHello(new Credential.InviteCode(code, "Eve"));
        var _ = second.expectFailure(FailureCode.INVITE_USED, "used up");
        second.expectClose(CloseReason.UNAUTHENTICATED);
        var again = house.sameDevice(jon).hello(new Credential.InviteCode(code, "Jon"));

        assertThat(again.person()).isEqualTo(first.person());
    }

    @Test
    void a_code_that_ran_out_says_since_when() throws IOException {
        var code = invite(Role.EDITOR, 5);
        house.waits.pass(Duration.ofHours(2));

        var late = house.stranger().sayHello(new Credential.InviteCode(code, "Jon"));

        var _ = late.expectFailure(FailureCode.INVITE_EXPIRED, "expired on", "Nothing was changed", "new one");
        late.expectClose(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void the_owner_link_of_a_new_relay_makes_an_admin_once() throws IOException {
        var link = house.relay().ownerLink().orElseThrow();
        var code = link.substring(link.lastIndexOf('/') + 1);

        var admin = house.stranger();
        assertThat(admin.hello(new Credential.InviteCode(code, "Ada")).mayCreate())
                .isTrue();
        admin.join(admin.create("Hers"));

        var second = house.stranger().sayHello(new Credential.InviteCode(code, "Eve"));
        var _ = second.expectFailure(FailureCode.INVITE_USED, "used up");
    }

    // --- from then on

    @Test
    void a_refresh_credential_signs_in_once_and_brings_the_next() throws IOException {
        var jon = house.stranger();
        var first = jon.hello(new Credential.InviteCode(invite(Role.EDITOR, 1), "Jon"));

        var second =
                house.sameDevice(jon).hello(new Credential.Refresh(tokens(first).refresh()));
        var third = house.sameDevice(jon)
                .hello(new Credential.Refresh(tokens(second).refresh()));

        assertThat(third.person()).isEqualTo(first.person());
        assertThat(tokens(third).refresh())
                .isNotIn(tokens(first).refresh(), tokens(second).refresh());
        assertThat(house.sameDevice(jon)
                        .hello(new Credential.AccessToken(tokens(third).access()))
                        .person())
                .isEqualTo(first.person());
    }

    @Test
    void a_refresh_credential_whose_answer_was_lost_is_good_until_its_successor_is_used() throws IOException {
        var jon = house.stranger();
        var first = jon.hello(new Credential.InviteCode(invite(Role.EDITOR, 1), "Jon"));
        var _ = house.sameDevice(jon).hello(new Credential.Refresh(tokens(first).refresh()));

        house.waits.pass(Duration.ofHours(30));

        assertThat(house.sameDevice(jon)
                        .hello(new Credential.Refresh(tokens(first).refresh()))
                        .person())
                .isEqualTo(first.person());
    }

    @Test
    void an_old_refresh_credential_signs_the_device_out_for_somebody_has_a_copy() throws IOException {
        var jon = house.stranger();
        var first = jon.hello(new Credential.InviteCode(invite(Role.EDITOR, 1), "Jon"));
        var second =
                house.sameDevice(jon).hello(new Credential.Refresh(tokens(first).refresh()));
        var third = house.sameDevice(jon)
                .hello(new Credential.Refresh(tokens(second).refresh()));

        var thief =
                house.stranger().sayHello(new Credential.Refresh(tokens(first).refresh()));
        var _ = thief.expectFailure(FailureCode.UNAUTHENTICATED, "copy of its sign-in", "kept");
        thief.expectClose(CloseReason.UNAUTHENTICATED);

        var jonAgain = house.sameDevice(jon)
                .sayHello(new Credential.Refresh(tokens(third).refresh()));
        var _ = jonAgain.expectFailure(FailureCode.UNAUTHENTICATED, "signed out", "kept");
    }

    // --- while connected

    @Test
    void a_session_that_is_renewed_in_time_goes_on_in_its_document() throws IOException {
        var jon = house.stranger();
        var welcome = jon.hello(new Credential.InviteCode(invite(Role.EDITOR, 1), "Jon"));
        jon.join(plan);
        house.waits.pass(Duration.ofMinutes(12));

        var renewed = jon.say(new ClientMessage.Renew(
                        new Credential.Refresh(tokens(welcome).refresh())))
                .expect(ServerMessage.Renewed.class);

        assertThat(renewed.expiresAtMillis()).isGreaterThan(welcome.expiresAtMillis());
        house.waits.pass(Duration.ofMinutes(10)); // the first right would be over
        jon.type("still here");
        jon.expectNothingOf(ServerMessage.Failed.class);
        jon.say(new ClientMessage.Renew(
                        new Credential.Refresh(renewed.tokens().orElseThrow().refresh())))
                .expect(ServerMessage.Renewed.class);
    }

    @Test
    void a_session_that_is_not_renewed_ends_a_minute_after_its_time_and_says_so() throws IOException {
        var jon = house.stranger();
        var welcome = jon.hello(new Credential.InviteCode(invite(Role.EDITOR, 1), "Jon"));
        jon.join(plan);
        jon.type("Hello");

        house.waits.pass(Duration.ofMinutes(15).plusSeconds(55));
        jon.expectNothingOf(ServerMessage.Failed.class);
        house.waits.pass(Duration.ofSeconds(10));

        var _ = jon.expectFailure(FailureCode.EXPIRED, "run out", "edits are kept", "sign in again");
        jon.expectClose(CloseReason.UNAUTHENTICATED);
        assertThat(CloseReason.UNAUTHENTICATED.code()).isEqualTo(4001);
        var again = house.sameDevice(jon);
        again.hello(new Credential.Refresh(tokens(welcome).refresh()));
        again.resume(jon, plan);
        again.type(" again");
        mara.join(plan);
        assertThat(mara.text()).isEqualTo("Hello again");
    }

    @Test
    void a_renewal_that_fails_or_is_somebody_elses_changes_nothing() throws IOException {
        mara.join(plan);

        mara.say(new ClientMessage.Renew(new Credential.AccessToken(house.tokenOf("Eve"))))
                .expectFailure(FailureCode.UNAUTHENTICATED, "could not be renewed");
        mara.say(new ClientMessage.Renew(new Credential.Refresh("guessed")))
                .expectFailure(FailureCode.UNAUTHENTICATED, "could not be renewed");

        assertThat(mara.type("Hello")).isInstanceOf(Committed.class);
        mara.say(new ClientMessage.Renew(new Credential.AccessToken(house.tokenOf("Mara"))))
                .expect(ServerMessage.Renewed.class);
    }

    // --- the relay's memory of people

    @Test
    void whoever_was_here_moments_ago_is_not_looked_up_again() throws IOException {
        house.caller("Jon").close();
        house.caller("Jon").close(); // known from here on
        long before = house.accountReads();

        for (int i = 0; i < 20; i++) {
            house.caller("Jon").close();
        }
        assertThat(house.accountReads()).isEqualTo(before);

        house.waits.pass(Duration.ofSeconds(6));
        house.caller("Jon").close();
        assertThat(house.accountReads()).isEqualTo(before + 1);
    }
}
