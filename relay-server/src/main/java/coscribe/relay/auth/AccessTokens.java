package coscribe.relay.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.relay.auth.Compact.RejectedException;
import coscribe.relay.auth.Principal.Ceiling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The relay's own access tokens: HS256, type `coscribe+jwt`, issuer `coscribe`, audience the
/// relay's id, subject the person, `ver` the version of the account's tokens. Any thread.
public final class AccessTokens {
    /// What a token lives at most, whatever was asked for.
    public static final Duration LONGEST_LIFE = Duration.ofHours(1);

    static final String TYPE = "coscribe+jwt";
    private static final String ISSUER = "coscribe";

    private final RelayId relay;
    private final Algorithm algorithm;
    private final Duration life;
    private final InstantSource clock;

    /// @param life  of the tokens that {@link #issue} makes, 1 s to 1 h
    /// @throws IllegalArgumentException if the life is out of that
    public AccessTokens(RelayId relay, SigningSecret secret, Duration life, InstantSource clock) {
        requireLife(life);
        this.relay = relay;
        this.algorithm = Algorithm.HMAC256(secret.bytes());
        this.life = life;
        this.clock = clock;
    }

    /// A token as it is shown. A secret; `toString` hides it.
    public record Issued(String text, Instant expires) {
        @Override
        public String toString() {
            return "Issued[hidden, expires=" + expires + "]";
        }
    }

    public Issued issue(PersonId person, long tokenVersion) {
        return issue(person, tokenVersion, life, Optional.empty());
    }

    /// @param life     1 s to 1 h
    /// @param ceiling  narrows the token to one document
    /// @throws IllegalArgumentException if the life is out of that
    public Issued issue(PersonId person, long tokenVersion, Duration life, Optional<Ceiling> ceiling) {
        requireLife(life);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var expires = now.plus(life);
        var token = JWT.create()
                .withHeader(java.util.Map.of("typ", TYPE))
                .withIssuer(ISSUER)
                .withAudience(relay.hex())
                .withSubject(person.hex())
                .withIssuedAt(now)
                .withExpiresAt(expires)
                .withClaim("ver", tokenVersion);
        ceiling.ifPresent(most -> {
            token.withClaim("doc", most.document().hex());
            token.withClaim("role", most.role().word());
        });
        return new Issued(token.sign(algorithm), expires);
    }

    Principal read(Compact token) {
        token.requireSignature(algorithm);
        if (!token.requireText("iss").equals(ISSUER)) {
            throw new RejectedException(Rejection.ISSUER);
        }
        var audience = token.audience();
        if (audience.isEmpty()) {
            throw new RejectedException(Rejection.MISSING_CLAIM);
        }
        if (!audience.equals(List.of(relay.hex()))) {
            throw new RejectedException(Rejection.AUDIENCE);
        }
        var person = person(token.requireText("sub"));
        var version = token.requireNumber("ver");
        var issued = token.requireTime("iat");
        var now = clock.instant();
        var expires = token.requireAlive(now);
        if (now.plus(Compact.LEEWAY).isBefore(issued)) {
            throw new RejectedException(Rejection.NOT_YET);
        }
        if (Duration.between(issued, expires).compareTo(LONGEST_LIFE) > 0) {
            throw new RejectedException(Rejection.LIFE);
        }
        return new Principal(person, new Principal.Origin.Own(version), expires, token.ceiling());
    }

    private static PersonId person(String subject) {
        try {
            return new PersonId(subject);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Rejection.BAD_CLAIM);
        }
    }

    private static void requireLife(Duration life) {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("an access token lives 1 s to 1 h, not " + life);
        }
    }
}
