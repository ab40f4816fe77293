package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Redemption;
import coscribe.relay.store.PeopleStore.Redemption.Redeemed;
import coscribe.relay.store.PeopleStore.Rotation;
import coscribe.relay.store.PeopleStore.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every {@link PeopleStore} must do. Each test begins with an empty store.
public abstract class PeopleStoreContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private final RandomGenerator random = new SplittableRandom(4_711);
    private final PersonId mara = PersonId.random(random);
    private final PersonId jon = PersonId.random(random);
    private final DeviceId laptop = DeviceId.random(random);
    private final DeviceId desktop = DeviceId.random(random);

    /// The store under test, empty at the beginning of a test.
    protected abstract PeopleStore people();

    private static <T> T await(CompletionStage<T> stage) {
        return DocumentStoreFixture.await(stage);
    }

    private String hash() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void the_identity_is_the_first_candidate_for_ever() {
        var first = RelayId.random(random);
        var secret = new byte[32];
        random.nextBytes(secret);
        var given = await(people().identity(first, secret));
        assertThat(given.relay()).isEqualTo(first);
        assertThat(given.tokenSecret()).isEqualTo(secret);
        Identity again = await(people().identity(RelayId.random(random), new byte[32]));
        assertThat(again.relay()).isEqualTo(first);
        assertThat(again.tokenSecret()).isEqualTo(secret);
        assertThat(again.toString()).doesNotContain("Secret");
    }

    @Test
    void an_account_is_kept_as_it_was_put_last() {
        assertThat(await(people().account(mara))).isEmpty();
        for (Standing standing : Standing.values()) {
            var account = new Account(mara, "Mära \"O'Neil\" 🖋", standing, standing == Standing.GUEST, 1L << 40);
            await(people().putAccount(account));
            assertThat(await(people().account(mara))).contains(account);
        }
        assertThat(await(people().account(jon))).isEmpty();
    }

    @Test
    void an_admin_is_whoever_has_that_standing_and_is_not_disabled() {
        assertThat(await(people().hasAdmin())).isFalse();
        await(people().putAccount(new Account(jon, "Jon", Standing.MEMBER, false, 1)));
        await(people().putAccount(new Account(mara, "Mara", Standing.ADMIN, true, 1)));
        assertThat(await(people().hasAdmin())).isFalse();
        await(people().putAccount(new Account(mara, "Mara", Standing.ADMIN, false, 2)));
        assertThat(await(people().hasAdmin())).isTrue();
        await(people().putAccount(new Account(mara, "Mara", Standing.MEMBER, false, 3)));
        assertThat(await(people().hasAdmin())).isFalse();
    }

    @Nested
    class RefreshCredentials {
        private final Instant expires = NOON.plus(Duration.ofDays(90));
        private final String first = hash();

        @BeforeEach
        void signIn() {
            await(people().putDevice(laptop, mara, first, expires));
        }

        private Rotation rotate(String from, String to, Instant now) {
            return await(people().rotate(from, to, now, now.plus(Duration.ofDays(90))));
        }

        private final Rotation rotated = new Rotation.Rotated(laptop, mara);
        private final Rotation reused = new Rotation.Reused(laptop, mara);
        private final Rotation unknown = new Rotation.Unknown();

        private void isCopied() {
            var second = hash();
            assertThat(rotate(first, second, NOON)).isEqualTo(rotated);
            assertThat(rotate(second, hash(), NOON)).isEqualTo(rotated);
            assertThat(rotate(first, hash(), NOON.plusSeconds(100))).isEqualTo(reused);
        }

        @Test
        void the_newest_credential_is_replaced_again_and_again() {
            var credential = first;
            var now = NOON;
            for (int i = 0; i < 5; i++) {
                var next = hash();
                now = now.plus(Duration.ofDays(60));
                assertThat(rotate(credential, next, now)).isEqualTo(rotated);
                credential = next;
            }
        }

        @Test
        void a_credential_that_nobody_issued_is_unknown() {
            assertThat(rotate(hash(), hash(), NOON)).isEqualTo(unknown);
        }

        @Test
        void an_expired_credential_is_unknown() {
            assertThat(rotate(first, hash(), expires)).isEqualTo(unknown);
            assertThat(rotate(first, hash(), expires.minusMillis(1))).isEqualTo(rotated);
        }

        @Test
        void the_one_before_the_newest_is_good_until_the_newest_is_used_as_its_answer_may_be_lost() {
            var lost = hash();
            var second = hash();
            assertThat(rotate(first, lost, NOON)).isEqualTo(rotated);
            assertThat(rotate(first, second, NOON.plus(Duration.ofDays(89)))).isEqualTo(rotated);
            assertThat(rotate(second, hash(), NOON.plus(Duration.ofDays(90)))).isEqualTo(rotated);
            assertThat(rotate(first, hash(), NOON.plus(Duration.ofDays(90)))).isEqualTo(reused);
        }

        @Test
        void the_time_of_the_one_before_the_newest_is_its_own_and_not_prolonged_by_using_it() {
            assertThat(rotate(first, hash(), NOON.plus(Duration.ofDays(89)))).isEqualTo(rotated);
            var second = hash();
            assertThat(rotate(first, second, expires.minusMillis(1))).isEqualTo(rotated);
            assertThat(rotate(first, hash(), expires)).isEqualTo(unknown);
            assertThat(rotate(second, hash(), expires)).isEqualTo(rotated);
        }

        @Test
        void one_that_was_replaced_without_ever_being_used_is_reuse() {
            var copied = hash();
            assertThat(rotate(first, copied, NOON)).isEqualTo(rotated);
            assertThat(rotate(first, hash(), NOON.plusSeconds(1))).isEqualTo(rotated);
            assertThat(rotate(copied, hash(), NOON.plusSeconds(2))).isEqualTo(reused);
        }

        @Test
        void an_older_one_is_reuse_and_signs_the_device_out() {
            var second = hash();
            var third = hash();
            assertThat(rotate(first, second, NOON)).isEqualTo(rotated);
            assertThat(rotate(second, third, NOON.plusSeconds(1))).isEqualTo(rotated);
            assertThat(rotate(first, hash(), NOON.plusSeconds(2))).isEqualTo(reused);
            assertThat(rotate(third, hash(), NOON.plusSeconds(3))).isEqualTo(unknown);
            assertThat(rotate(second, hash(), NOON.plusSeconds(3))).isEqualTo(unknown);
        }

        @Test
        void a_device_that_was_signed_out_signs_in_again() {
            isCopied();
            var anew = hash();
            await(people().putDevice(laptop, jon, anew, expires));
            assertThat(rotate(anew, hash(), NOON.plusSeconds(200))).isEqualTo(new Rotation.Rotated(laptop, jon));
        }

        @Test
        void signing_in_anew_voids_what_the_device_had() {
            var anew = hash();
            await(people().putDevice(laptop, mara, anew, expires));
            assertThat(rotate(first, hash(), NOON)).isEqualTo(unknown);
            assertThat(rotate(anew, hash(), NOON)).isEqualTo(rotated);
        }

        @Test
        void devices_are_apart() {
            var other = hash();
            await(people().putDevice(desktop, mara, other, expires));
            isCopied();
            assertThat(rotate(other, hash(), NOON.plusSeconds(100))).isEqualTo(new Rotation.Rotated(desktop, mara));
        }
    }

    @Nested
    class Invites {
        private final String code = hash();
        private final Grants grants = new Grants.InDocument(DocumentId.random(random), Role.COMMENTER);
        private final Instant expires = NOON.plus(Duration.ofDays(7));

        private Redemption redeem(DeviceId device, PersonId candidate, Instant now) {
            return await(people().redeem(code, device, candidate, now));
        }

        private void invite(int uses) {
            await(people().putInvite(new Invite(code, grants, expires, uses)));
        }

        @Test
        void a_code_that_nobody_made_is_unknown() {
            invite(1);
            assertThat(await(people().redeem(hash(), laptop, mara, NOON))).isEqualTo(new Redemption.Unknown());
        }

        @Test
        void redeeming_makes_the_candidate_and_tells_what_is_granted() {
            invite(1);
            assertThat(redeem(laptop, mara, NOON)).isEqualTo(new Redeemed(mara, grants));
        }

        @Test
        void each_kind_of_grant_is_kept() {
            for (Standing standing : Standing.values()) {
                var atRelay = new Grants.AtRelay(standing);
                var other = hash();
                await(people().putInvite(new Invite(other, atRelay, expires, 1)));
                assertThat(await(people().redeem(other, laptop, mara, NOON))).isEqualTo(new Redeemed(mara, atRelay));
            }
        }

        @Test
        void the_same_device_again_is_the_same_person_and_takes_no_further_use() {
            invite(2);
            assertThat(redeem(laptop, mara, NOON)).isEqualTo(new Redeemed(mara, grants));
            assertThat(redeem(laptop, PersonId.random(random), NOON)).isEqualTo(new Redeemed(mara, grants));
            assertThat(redeem(desktop, jon, NOON)).isEqualTo(new Redeemed(jon, grants));
            assertThat(redeem(laptop, PersonId.random(random), NOON)).isEqualTo(new Redeemed(mara, grants));
            assertThat(redeem(laptop, PersonId.random(random), expires.plusSeconds(1)))
                    .isEqualTo(new Redeemed(mara, grants));
        }

        @Test
        void after_the_last_use_it_is_used_up() {
            invite(1);
            redeem(laptop, mara, NOON);
            assertThat(redeem(desktop, jon, NOON)).isEqualTo(new Redemption.UsedUp());
        }

        @Test
        void after_its_time_it_is_expired_and_says_since_when() {
            invite(1);
            assertThat(redeem(laptop, mara, expires)).isEqualTo(new Redemption.Expired(expires));
            assertThat(redeem(laptop, mara, expires.minusMillis(1))).isEqualTo(new Redeemed(mara, grants));
        }

        @Test
        void many_devices_at_once_take_exactly_the_uses() {
            invite(5);
            var stages = new ArrayList<CompletionStage<Redemption>>();
            for (int i = 0; i < 20; i++) {
                stages.add(people().redeem(code, DeviceId.random(random), PersonId.random(random), NOON));
            }
            assertThat(stages.stream().map(PeopleStoreContract::await).filter(Redeemed.class::isInstance))
                    .hasSize(5);
        }
    }
}
