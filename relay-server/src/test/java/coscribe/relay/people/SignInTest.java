package coscribe.relay.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.auth.ForeignTokens;
import coscribe.relay.auth.SigningSecret;
import coscribe.relay.auth.TokenReader;
import coscribe.relay.people.SignInResult.Denied;
import coscribe.relay.people.SignInResult.SignedIn;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final Instant START = Instant.parse("2026-05-02T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final Random random = new Random(7);
    private Instant now = START;
    private boolean storeAway;
    private final MemoryStore store = new MemoryStore(() -> now, task -> {
        if (storeAway) {
            throw new RejectedExecutionException("away");
        }
        task.run();
    });
    private final PeopleStore people = store.people();
    private final DocumentStore documents = store.openDocuments();
    private final PeopleStore.Identity identity = done(people.identity(RelayId.random(random), bytes(1)));
    private final Accounts accounts = new Accounts(people, () -> now);
    private final AccessTokens tokens = new AccessTokens(
            identity.relay(), new SigningSecret(identity.tokenSecret()), Duration.ofMinutes(15), () -> now);
    private final TokenReader reader = new TokenReader(
            tokens, Optional.of(new ForeignTokens(new SigningSecret(bytes(2)), Optional.empty(), () -> now)));
    private final Invites invites = new Invites(people, identity, () -> now, random);
    private final SignIn signIn =
            new SignIn(people, documents, accounts, identity.relay(), tokens, reader, true, () -> now, random);

    private final DeviceId laptop = DeviceId.random(random);
    private final DeviceId phone = DeviceId.random(random);

    @Nested
    class By_code {
        @Test
        void the_owner_link_makes_the_first_admin_once() {
            var link = done(invites.ownerLink()).orElseThrow();

            var owner = signedIn(redeem(link, "Mara", laptop));

            assertThat(owner.account().standing()).isEqualTo(Standing.ADMIN);
            assertThat(owner.account().name()).isEqualTo("Mara");
            assertThat(owner.expires()).isEqualTo(START.plusSeconds(900));
            assertThat(done(invites.ownerLink())).isEmpty();
            assertThat(redeem(link, "Jon", phone)).isEqualTo(new Denied(FailureCode.INVITE_USED, USED));
        }

        @Test
        void starts_on_one_day_print_one_owner_link() {
            var first = done(invites.ownerLink()).orElseThrow();
            var second = done(invites.ownerLink()).orElseThrow();

            assertThat(second.code()).isEqualTo(first.code());
            now = START.plus(DAY);
            assertThat(done(invites.ownerLink()).orElseThrow().code()).isNotEqualTo(first.code());
        }

        @Test
        void a_code_counts_as_typed_by_people() {
            var link = invite(new Grants.AtRelay(Standing.MEMBER), DAY, 1);
            var typed = " " + link.code().shown().toLowerCase(java.util.Locale.ROOT) + "\n";

            var who = done(signIn.signIn(new Credential.InviteCode(typed, "Jon"), Optional.empty(), laptop));

            assertThat(signedIn(who).account().standing()).isEqualTo(Standing.MEMBER);
        }

        @Test
        void the_same_device_may_redeem_again_after_a_lost_answer() {
            var link = invite(new Grants.AtRelay(Standing.MEMBER), DAY, 1);

            var first = signedIn(redeem(link, "Jon", laptop));
            var again = signedIn(redeem(link, "Jon", laptop));

            assertThat(again.account()).isEqualTo(first.account());
            assertThat(again.tokens()).isNotEqualTo(first.tokens());
        }

        @Test
        void a_second_code_on_one_device_adds_to_the_same_person() {
            var document = document();
            var guest = signedIn(redeem(invite(new Grants.InDocument(document, Role.VIEWER), DAY, 9), "Jon", laptop));
            var member = signedIn(redeem(invite(new Grants.AtRelay(Standing.MEMBER), DAY, 9), "Jonathan", laptop));
            var again = signedIn(redeem(invite(new Grants.InDocument(document, Role.VIEWER), DAY, 9), "", laptop));

            assertThat(guest.account().standing()).isEqualTo(Standing.GUEST);
            assertThat(member.account()).isEqualTo(new Account(guest.account().id(), "Jon", Standing.MEMBER, false, 0));
            assertThat(again.account()).isEqualTo(member.account());
        }

        @Test
        void a_document_code_grants_its_role_and_says_where() {
            var document = document();

            var jon = signedIn(redeem(invite(new Grants.InDocument(document, Role.EDITOR), DAY, 5), "Jon", laptop));

            assertThat(jon.invitedTo()).contains(new Grants.InDocument(document, Role.EDITOR));
            assertThat(role(document, jon)).isEqualTo(Role.EDITOR);
        }

        @Test
        void a_lesser_code_takes_no_role_away() {
            var document = document();
            redeem(invite(new Grants.InDocument(document, Role.OWNER), DAY, 5), "Jon", laptop);

            var jon = signedIn(redeem(invite(new Grants.InDocument(document, Role.VIEWER), DAY, 5), "Jon", laptop));

            assertThat(role(document, jon)).isEqualTo(Role.OWNER);
        }

        @Test
        void a_code_for_a_document_that_is_gone_lets_nobody_in() {
            var link = invite(new Grants.InDocument(DocumentId.random(random), Role.EDITOR), DAY, 5);

            assertThat(redeem(link, "Jon", laptop))
                    .isEqualTo(new Denied(
                            FailureCode.NO_ACCESS,
                            "The document of this invite link is gone. Nothing was changed. "
                                    + "Ask the person who sent it for a new one."));
        }

        @Test
        void an_expired_code_says_when() {
            var link = invite(new Grants.AtRelay(Standing.MEMBER), DAY, 5);
            now = START.plus(DAY);

            assertThat(redeem(link, "Jon", laptop))
                    .isEqualTo(new Denied(
                            FailureCode.INVITE_EXPIRED,
                            "This invite link expired on 3 May. Nothing was changed. "
                                    + "Ask the person who sent it for a new one."));
        }

        @Test
        void a_used_up_code_and_one_that_never_was_answer_alike() {
            var link = invite(new Grants.AtRelay(Standing.MEMBER), DAY, 1);
            redeem(link, "Mara", phone);

            var usedUp = redeem(link, "Jon", laptop);
            var never = done(signIn.signIn(
                    new Credential.InviteCode(JoinCode.random(random).text(), "Jon"), Optional.empty(), laptop));

            assertThat(usedUp)
                    .isEqualTo(new Denied(FailureCode.INVITE_USED, USED))
                    .isEqualTo(never);
        }

        @Test
        void a_relay_that_takes_no_codes_says_so_and_uses_none_up() {
            var link = invite(new Grants.AtRelay(Standing.MEMBER), DAY, 1);
            var closed =
                    new SignIn(people, documents, accounts, identity.relay(), tokens, reader, false, () -> now, random);

            var answer =
                    done(closed.signIn(new Credential.InviteCode(link.code().text(), "Jon"), Optional.empty(), laptop));

            assertThat(denied(answer).sentence()).startsWith("This server takes no invite links.");
            assertThat(signedIn(redeem(link, "Jon", laptop)).account().name()).isEqualTo("Jon");
        }

        @Test
        void what_is_no_code_is_said_to_be_incomplete() {
            var who = done(signIn.signIn(new Credential.InviteCode("7F3K", "Jon"), Optional.empty(), laptop));

            assertThat(who)
                    .isEqualTo(new Denied(
                            FailureCode.UNAUTHENTICATED,
                            "This invite code is not complete. Nothing was changed. "
                                    + "Copy the whole link: its code has 12 letters and digits."));
        }
    }

    @Nested
    class By_token {
        @Test
        void a_token_finds_its_person() {
            var mara = member("Mara");

            var again = signedIn(token(access(mara)));

            assertThat(again.account()).isEqualTo(mara.account());
            assertThat(again.tokens()).isEmpty();
            assertThat(again.expires()).isEqualTo(mara.expires());
        }

        @Test
        void a_token_may_stand_in_the_header() {
            var mara = member("Mara");

            var again = done(signIn.signIn(new Credential.Header(), Optional.of("Bearer " + access(mara)), laptop));

            assertThat(signedIn(again).account()).isEqualTo(mara.account());
            assertThat(denied(done(signIn.signIn(new Credential.Header(), Optional.empty(), laptop)))
                            .code())
                    .isEqualTo(FailureCode.UNAUTHENTICATED);
        }

        @Test
        void an_expired_token_says_so() {
            var token = access(member("Mara"));
            now = START.plusSeconds(3_600);

            assertThat(token(token))
                    .isEqualTo(new Denied(FailureCode.EXPIRED, "The access token has expired. Sign in again."));
        }

        @Test
        void tokens_from_before_a_sign_out_are_void_within_seconds() {
            var mara = member("Mara");
            var before = access(mara);
            done(people.putAccount(new Account(mara.account().id(), "Mara", Standing.MEMBER, false, 1)));
            now = START.plus(Accounts.FRESH_FOR);

            assertThat(token(before)).isEqualTo(new Denied(FailureCode.UNAUTHENTICATED, SIGNED_OUT));
        }

        @Test
        void a_token_newer_than_what_the_relay_remembers_is_good_at_once() {
            var mara = member("Mara");
            signedIn(token(access(mara)));
            done(people.putAccount(new Account(mara.account().id(), "Mara", Standing.MEMBER, false, 1)));

            var newer = tokens.issue(mara.account().id(), 1).text();

            assertThat(signedIn(token(newer)).account().tokenVersion()).isEqualTo(1);
        }

        @Test
        void a_disabled_account_is_not_let_in_by_anything() {
            var mara = member("Mara");
            var link = invite(new Grants.AtRelay(Standing.ADMIN), DAY, 1);
            done(accounts.put(new Account(mara.account().id(), "Mara", Standing.MEMBER, true, 0)));

            assertThat(denied(token(access(mara))).sentence()).startsWith("This server doesn't let you in any more.");
            assertThat(denied(refresh(mara)).sentence()).startsWith("This server doesn't let you in any more.");
            assertThat(denied(redeem(link, "Mara", laptop)).sentence())
                    .startsWith("This server doesn't let you in any more.");
            assertThat(done(people.account(mara.account().id())).orElseThrow().standing())
                    .isEqualTo(Standing.MEMBER);
        }

        @Test
        void a_token_for_nobody_lets_nobody_in() {
            var token = tokens.issue(PersonId.random(random), 0).text();

            assertThat(token(token)).isEqualTo(new Denied(FailureCode.UNAUTHENTICATED, SIGNED_OUT));
        }
    }

    @Nested
    class By_refresh_credential {
        @Test
        void each_use_is_answered_with_the_next_one() {
            var mara = member("Mara");

            var second = signedIn(refresh(mara));
            now = START.plus(DAY);
            var third = signedIn(refresh(second));

            assertThat(third.account()).isEqualTo(mara.account());
            assertThat(third.device()).isEqualTo(laptop);
            assertThat(third.expires()).isEqualTo(now.plusSeconds(900));
            assertThat(signedIn(token(access(third))).account()).isEqualTo(mara.account());
        }

        @Test
        void a_copied_credential_signs_the_device_out() {
            var stolen = member("Mara");
            var third = signedIn(refresh(signedIn(refresh(stolen))));

            assertThat(denied(refresh(stolen)).sentence()).startsWith("This device was signed out because");
            assertThat(refresh(third)).isEqualTo(new Denied(FailureCode.UNAUTHENTICATED, SIGNED_OUT));
        }

        @Test
        void a_lost_answer_may_be_asked_for_again_also_weeks_later() {
            var mara = member("Mara");
            refresh(mara);
            now = START.plus(DAY.multipliedBy(60));

            assertThat(signedIn(refresh(mara)).account()).isEqualTo(mara.account());
        }

        @Test
        void a_device_that_stays_away_for_90_days_is_signed_out() {
            var mara = member("Mara");
            now = START.plus(SignIn.DEVICE_LIFE);

            assertThat(refresh(mara)).isEqualTo(new Denied(FailureCode.UNAUTHENTICATED, SIGNED_OUT));
        }

        @Test
        void nonsense_is_no_credential() {
            for (var secret : new String[] {"", "x", "x".repeat(100_000), "\0"}) {
                assertThat(done(signIn.signIn(new Credential.Refresh(secret), Optional.empty(), laptop)))
                        .isEqualTo(new Denied(FailureCode.UNAUTHENTICATED, SIGNED_OUT));
            }
        }
    }

    @Test
    void a_store_that_is_away_is_an_answer() {
        var mara = member("Mara");
        var link = invite(new Grants.AtRelay(Standing.MEMBER), DAY, 1);
        now = START.plus(Accounts.FRESH_FOR);
        storeAway = true;

        assertThat(java.util.List.of(token(access(mara)), refresh(mara), redeem(link, "Jon", phone)))
                .allSatisfy(answer -> assertThat(denied(answer).code()).isEqualTo(FailureCode.STORE_AWAY));
    }

    @Test
    void people_are_looked_up_once_while_they_are_fresh() {
        var mara = member("Mara");
        long before = accounts.use().misses();

        for (int i = 0; i < 20; i++) {
            signedIn(token(access(mara)));
        }

        assertThat(accounts.use().misses() - before).isEqualTo(1);
        assertThat(accounts.use().hits()).isGreaterThanOrEqualTo(19);
    }

    @Test
    void a_store_failure_is_not_remembered() {
        var mara = member("Mara");
        now = START.plus(Accounts.FRESH_FOR);
        storeAway = true;
        assertThat(accounts.account(mara.account().id()).toCompletableFuture()).isCompletedExceptionally();
        storeAway = false;

        assertThat(done(accounts.account(mara.account().id()))).contains(mara.account());
    }

    private static final String USED = "This invite link was turned off or has been used up. Nothing was changed. "
            + "Ask the person who sent it for a new one.";
    private static final String SIGNED_OUT =
            "You've been signed out. Your edits are kept on this device. Sign in and they will be sent.";

    private SignedIn member(String name) {
        return signedIn(redeem(invite(new Grants.AtRelay(Standing.MEMBER), DAY, 1), name, laptop));
    }

    private Invites.Made invite(Grants grants, Duration life, int uses) {
        return done(invites.make(grants, life, uses));
    }

    @CanIgnoreReturnValue
    private SignInResult redeem(Invites.Made link, String name, DeviceId device) {
        return done(signIn.signIn(new Credential.InviteCode(link.code().text(), name), Optional.empty(), device));
    }

    private SignInResult token(String token) {
        return done(signIn.signIn(new Credential.AccessToken(token), Optional.empty(), laptop));
    }

    @CanIgnoreReturnValue
    private SignInResult refresh(SignedIn who) {
        return done(
                signIn.signIn(new Credential.Refresh(who.tokens().orElseThrow().refresh()), Optional.empty(), laptop));
    }

    private static String access(SignedIn who) {
        return who.tokens().orElseThrow().access();
    }

    private DocumentId document() {
        var id = DocumentId.random(random);
        done(documents.create(id, Epoch.random(random), "Plan", PersonId.random(random)));
        return id;
    }

    private Role role(DocumentId document, SignedIn who) {
        return done(documents.access(document)).roles().get(who.account().id());
    }

    @CanIgnoreReturnValue
    private static SignedIn signedIn(SignInResult result) {
        return switch (result) {
            case SignedIn in -> in;
            case Denied no -> throw new AssertionError(no);
        };
    }

    private static Denied denied(SignInResult result) {
        return switch (result) {
            case SignedIn in -> throw new AssertionError(in);
            case Denied no -> no;
        };
    }

    @CanIgnoreReturnValue
    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static byte[] bytes(long seed) {
        var bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
