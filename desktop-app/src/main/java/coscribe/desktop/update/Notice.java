package coscribe.desktop.update;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.AlgorithmMismatchException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.DecodedJWT;
import coscribe.desktop.update.UpdateException.Trouble;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/// What the makers of releases say: a JSON Web Token, signed by them (ES256), that names the newest
/// version and its page, and until when it is to be believed. Nothing in it counts before its
/// signature holds.
final class Notice {
    static final String AUDIENCE = "coscribe-editor"; // a key may sign other things
    static final String VERSION = "version";
    static final String PAGE = "page";
    /// As much as clocks of computers go wrong.
    private static final Duration LEEWAY = Duration.ofDays(1);

    private Notice() {}

    /// @param key  of whoever announces releases: on the curve P-256
    static Release read(String notice, ECPublicKey key, InstantSource clock) throws UpdateException {
        var verification = (JWTVerifier.BaseVerification) JWT.require(Algorithm.ECDSA256(key))
                .withAudience(AUDIENCE)
                .withClaimPresence("exp")
                .acceptExpiresAt(LEEWAY.toSeconds())
                .ignoreIssuedAt();
        try {
            var told = verification.build(dated(clock)).verify(notice.strip());
            return new Release(text(told, VERSION), URI.create(text(told, PAGE)));
        } catch (TokenExpiredException e) {
            throw new UpdateException(Trouble.OUT_OF_DATE, e);
        } catch (SignatureVerificationException | AlgorithmMismatchException e) {
            throw new UpdateException(Trouble.NOT_SIGNED, e);
        } catch (RuntimeException e) { // what is no token makes its reader stumble in many ways
            throw new UpdateException(Trouble.NO_NOTICE, e);
        }
    }

    private static String text(DecodedJWT told, String claim) {
        return Optional.ofNullable(told.getClaim(claim).asString()).orElse("");
    }

    private static Clock dated(InstantSource clock) {
        return clock.withZone(ZoneOffset.UTC);
    }
}
