package coscribe.relay.people;

import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Standing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes invite codes. Any thread.
public final class Invites {
    public static final Duration LONGEST_LIFE = Duration.ofDays(30);
    public static final int MOST_USES = 10_000;

    private static final Duration OWNER_LINK_LIFE = Duration.ofHours(24);

    private final PeopleStore store;
    private final Identity identity;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random  unguessable, and safe for any thread
    public Invites(PeopleStore store, Identity identity, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    /// A code that was just made: the only time that it is known.
    public record Made(JoinCode code, Instant expires, int uses) {}

    /// @param life  1 s to 30 days
    /// @param uses  devices that may redeem it, 1 to 10,000
    /// @throws IllegalArgumentException if one is out of that
    public CompletionStage<Made> make(Grants grants, Duration life, int uses) {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("an invite lives 1 s to 30 days, not " + life);
        }
        if (uses < 1 || uses > MOST_USES) {
            throw new IllegalArgumentException("an invite has 1 to " + MOST_USES + " uses, not " + uses);
        }
        return keep(JoinCode.random(random), grants, life, uses);
    }

    /// The link that makes somebody the relay's first admin; empty once there is one. A relay that
    /// starts twice on one day, and relays that start side by side, print the same code, so that it
    /// can be redeemed once.
    public CompletionStage<Optional<Made>> ownerLink() {
        return store.hasAdmin().thenCompose(owned -> {
            if (owned) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            return keep(codeOfTheDay(), new Grants.AtRelay(Standing.ADMIN), OWNER_LINK_LIFE, 1)
                    .thenApply(Optional::of);
        });
    }

    private CompletionStage<Made> keep(JoinCode code, Grants grants, Duration life, int uses) {
        var expires = clock.instant().plus(life);
        return store.putInvite(new PeopleStore.Invite(code.hash(), grants, expires, uses))
                .thenApply(_ -> new Made(code, expires, uses));
    }

    private JoinCode codeOfTheDay() {
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(identity.tokenSecret(), "HmacSHA256"));
            return JoinCode.of(mac.doFinal(("owner link of " + day).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
