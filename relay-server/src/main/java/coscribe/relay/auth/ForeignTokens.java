package coscribe.relay.auth;

import com.auth0.jwt.algorithms.Algorithm;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.auth.Compact.RejectedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Tokens of a service of the team's own, signed with a secret that the service and the relay share
/// (HS256). The person is `sub`, else `userId`, of the issuer `iss`; `exp` is required; `doc` and
/// `role` narrow the token. Any thread.
public final class ForeignTokens {
    private static final int PERSON_BYTES = 16;
    /// RFC 7519 section 5.1, RFC 9068 section 2.1. Empty: many issuers leave it out.
    private static final Set<String> TYPES = Set.of("", "jwt", "at+jwt", "application/at+jwt");

    private final Algorithm algorithm;
    private final Optional<String> audience;
    private final InstantSource clock;

    /// @param audience  one of a token's audiences must be this one; where it is empty a token must
    ///     name no audience, because it would be somebody else
    public ForeignTokens(SigningSecret secret, Optional<String> audience, InstantSource clock) {
        this.algorithm = Algorithm.HMAC256(secret.bytes());
        this.audience = audience;
        this.clock = clock;
    }

    Principal read(Compact token) {
        if (!TYPES.contains(token.type().toLowerCase(java.util.Locale.ROOT))) {
            throw new RejectedException(Rejection.TYPE);
        }
        token.requireSignature(algorithm);
        var named = token.audience();
        if (audience.isPresent() && named.isEmpty()) {
            throw new RejectedException(Rejection.MISSING_CLAIM);
        }
        if (audience.isPresent() ? !named.contains(audience.get()) : !named.isEmpty()) {
            throw new RejectedException(Rejection.AUDIENCE);
        }
        var subject = token.optionalText("sub").or(() -> token.optionalText("userId"));
        if (subject.isEmpty()) {
            throw new RejectedException(Rejection.MISSING_CLAIM);
        }
        var expires = token.requireAlive(clock.instant());
        return new Principal(
                person(token.optionalText("iss").orElse(""), subject.get()),
                new Principal.Origin.Foreign(token.optionalText("name").orElse(subject.get())),
                expires,
                token.ceiling());
    }

    /// The same subject of the same issuer is always the same person.
    public static PersonId person(String issuer, String subject) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
            return new PersonId(HexFormat.of().formatHex(hash, 0, PERSON_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
