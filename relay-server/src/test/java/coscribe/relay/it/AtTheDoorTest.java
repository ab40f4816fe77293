package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.it.House.Narrow;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who comes in, and as what.
class AtTheDoorTest extends HouseFixture {
    private static final Duration LIFE = Duration.ofMinutes(55);

    @BeforeEach
    void hello() throws IOException {
        mara.join(plan);
        mara.type("Hello");
    }

    /// Whatever was tried: who was there before goes on, and nothing but their own words came in.
    @AfterEach
    void everybody_else_goes_on() throws Exception {
        long before = mara.revision();
        mara.type(".");
        assertThat(mara.revision()).isEqualTo(before + 1);
        assertThat(mara.text()).isEqualTo("Hello.");
        house.close();
    }

    private void isTurnedAway(Credential credential, FailureCode code, String... words) throws IOException {
        var stranger = house.stranger().sayHello(credential);
        var _ = stranger.expectFailure(code, words);
        stranger.expectClose(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void nobody_comes_in_without_a_token() throws IOException {
        isTurnedAway(new Credential.Header(), FailureCode.UNAUTHENTICATED, "no access token", "Sign in");
    }

    @Test
    void nor_with_one_that_somebody_else_signed() throws IOException {
        var forged = house.token("Mara", "another-secret-of-32-bytes-or-more", House.AUDIENCE, LIFE, Optional.empty());

        isTurnedAway(new Credential.AccessToken(forged), FailureCode.UNAUTHENTICATED, "not signed by this server");
    }

    @Test
    void nor_with_one_that_has_run_out() throws IOException {
        var old = house.token("Mara", House.SECRET, House.AUDIENCE, Duration.ofMinutes(-2), Optional.empty());

        isTurnedAway(new Credential.AccessToken(old), FailureCode.EXPIRED, "has expired", "Sign in again");
    }

    @Test
    void nor_with_one_for_another_server() throws IOException {
        var foreign = house.token("Mara", House.SECRET, "somewhere-else", LIFE, Optional.empty());

        isTurnedAway(new Credential.AccessToken(foreign), FailureCode.UNAUTHENTICATED, "for another server");
    }

    @Test
    void nor_with_something_that_is_no_token_code_or_credential() throws IOException {
        isTurnedAway(new Credential.AccessToken("x.y.z"), FailureCode.UNAUTHENTICATED, "damaged", "Sign in again");
        isTurnedAway(new Credential.Refresh("guessed"), FailureCode.UNAUTHENTICATED, "signed out", "kept");
        isTurnedAway(new Credential.InviteCode("2345-6789-ABCD", "Eve"), FailureCode.INVITE_USED, "used up", "new one");
        isTurnedAway(new Credential.InviteCode("short", "Eve"), FailureCode.UNAUTHENTICATED, "code is not complete");
    }

    @Test
    void a_token_in_the_header_of_the_upgrade_is_as_good() throws IOException {
        var jon = house.stranger("Authorization: Bearer " + house.tokenOf("Jon"));

        assertThat(jon.hello(new Credential.Header()).person().name()).isEqualTo("Jon");
    }

    @Test
    void whoever_says_no_hello_for_five_seconds_is_closed() throws IOException {
        var silent = house.stranger();
        silent.bytes(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0}); // answered: so it was opened before
        assertThat(silent.raw().read().opcode()).isEqualTo(0x0a);

        house.waits.pass(Limits.HELLO_WITHIN);

        silent.expectClose(CloseReason.HELLO_LATE);
    }

    @Test
    void anything_before_hello_is_out_of_order() throws IOException {
        var hasty = house.stranger().sayJoin(plan);

        var _ = hasty.expectFailure(FailureCode.OUT_OF_ORDER, "first message must be hello");
        hasty.expectClose(CloseReason.OUT_OF_ORDER);
    }

    @Test
    void hello_twice_and_submit_outside_a_document_are_out_of_order() throws IOException {
        var twice = house.caller("Jon").sayHello(new Credential.AccessToken(house.tokenOf("Jon")));
        var _ = twice.expectFailure(FailureCode.OUT_OF_ORDER, "hello was said before");
        twice.expectClose(CloseReason.OUT_OF_ORDER);

        var outside = house.caller("Jon");
        outside.submit("[1]");
        var _ = outside.expectFailure(FailureCode.OUT_OF_ORDER, "Join a document first");
        outside.expectClose(CloseReason.OUT_OF_ORDER);
    }

    @Test
    void a_client_of_another_time_is_told_which_version_is_spoken() throws IOException {
        var later = house.stranger()
                .say(new ClientMessage.Hello(2, 9, new Credential.AccessToken(house.tokenOf("Jon")), mara.device));

        var _ = later.expectFailure(FailureCode.VERSION, "speaks protocol 1 only");
        later.expectClose(CloseReason.VERSION);
    }

    @Test
    void a_document_that_is_not_there_and_one_that_is_not_shared_answer_alike() throws IOException {
        var eve = house.caller("Eve");

        var secret = eve.sayJoin(plan).expectFailure(FailureCode.NO_ACCESS, "no such document", "not shared with you");
        var missing = eve.sayJoin(DocumentId.random(new SecureRandom()))
                .expectFailure(FailureCode.NO_ACCESS, "no such document");

        assertThat(secret).isEqualTo(missing);
        eve.expectNothingOf(ServerMessage.Failed.class);
        eve.join(eve.create("Her own"));
    }

    @Test
    void nor_can_anybody_but_an_owner_invite_to_it() throws IOException {
        var eve = house.caller("Eve");

        var secret = eve.say(new ClientMessage.Invite(plan, Role.OWNER, 60, 1))
                .expectFailure(FailureCode.NO_ACCESS, "Only an owner");
        var missing = eve.say(new ClientMessage.Invite(DocumentId.random(new SecureRandom()), Role.OWNER, 60, 1))
                .expectFailure(FailureCode.NO_ACCESS, "Only an owner");

        assertThat(secret).isEqualTo(missing);
    }

    @Test
    void a_viewer_reads_and_does_not_write() throws IOException {
        house.grant(plan, "Vic", Role.VIEWER);
        var vic = house.caller("Vic");
        assertThat(vic.join(plan).role()).isEqualTo(Role.VIEWER);
        assertThat(vic.text()).isEqualTo("Hello");

        long seq = vic.submit("[5," + vic.insert("!") + ",1]");

        vic.expectRefusal(seq, Refusal.ROLE, "role", "does not allow");
    }

    @Test
    void a_commenter_comments_and_does_not_write() throws IOException {
        house.grant(plan, "Cleo", Role.COMMENTER);
        var cleo = house.caller("Cleo", plan);
        var thread = "7c3ead0155b24f0e9a86d1c4b7f2e390";
        var opened = ",\"events\":[{\"event\":\"opened\",\"thread\":\"" + thread
                + "\",\"comment\":\"0c0331e7a9d84b5f8e2c6170f3b4d59a\",\"author\":\"" + cleo.person()
                + "\",\"atMillis\":1,\"text\":\"Why?\"}]";

        cleo.acknowledged(cleo.submit(cleo.revision(), "[[5,{\"comment:" + thread + "\":true}],1]", opened));
        long seq = cleo.submit("[5," + cleo.insert("!") + ",1]");

        cleo.expectRefusal(seq, Refusal.ROLE, "role", "does not allow");
        mara.expect(Committed.class);
        assertThat(mara.document()).isEqualTo(cleo.document());
    }

    @Test
    void a_token_for_reading_one_document_does_not_let_its_owner_write_or_go_elsewhere() throws IOException {
        var other = house.caller("Mara").create("Other");
        var narrowed = house.stranger();
        var token = house.token("Mara", House.SECRET, House.AUDIENCE, LIFE, Optional.of(new Narrow(plan, Role.VIEWER)));
        assertThat(narrowed.hello(token).mayCreate()).isFalse();

        narrowed.say(new ClientMessage.Create("Mine")).expectFailure(FailureCode.FORBIDDEN, "cannot make documents");
        narrowed.sayJoin(other).expectFailure(FailureCode.NO_ACCESS, "for another document");
        assertThat(narrowed.join(plan).role()).isEqualTo(Role.VIEWER);
        long seq = narrowed.submit("[5," + narrowed.insert("!") + ",1]");

        narrowed.expectRefusal(seq, Refusal.ROLE, "sign-in does not allow");
    }
}
