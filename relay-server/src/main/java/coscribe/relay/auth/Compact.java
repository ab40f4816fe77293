package coscribe.relay.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import coscribe.relay.auth.Principal.Ceiling;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A token in its compact form (RFC 7519), taken apart but not believed yet. Each `require` throws
/// {@link RejectedException}, which does not leave this package.
final class Compact {
    /// A token is longer than that only if somebody tries what happens.
    static final int MAX_CHARS = 8 * 1024;

    /// How far the clocks of two relays, or of relay and issuer, may be apart.
    static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private final DecodedJWT jwt;

    private Compact(DecodedJWT jwt) {
        this.jwt = jwt;
    }

    static Compact decode(String text) {
        if (text.isBlank()) {
            throw new RejectedException(Rejection.MISSING);
        }
        if (text.length() > MAX_CHARS || !isCanonical(text)) {
            throw new RejectedException(Rejection.MALFORMED);
        }
        try {
            return new Compact(JWT.decode(text));
        } catch (JWTDecodeException e) {
            throw new RejectedException(Rejection.MALFORMED);
        }
    }

    /// Three parts in base64url without padding or stray bits, so that a token has one spelling only.
    /// Header and payload are objects: the library reads `null` and falls over it later.
    private static boolean isCanonical(String text) {
        var parts = text.split("\\.", -1);
        return parts.length == 3
                && isObject(decoded(parts[0]))
                && isObject(decoded(parts[1]))
                && decoded(parts[2]).length > 0;
    }

    private static boolean isObject(byte[] json) {
        return json.length > 1 && json[0] == '{' && json[json.length - 1] == '}';
    }

    /// What a part says; nothing where it is not the one spelling of what it says.
    private static byte[] decoded(String part) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            var again = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return again.equals(part) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    String type() {
        return text(jwt.getType());
    }

    /// HS256 alone, and no header that would change how the token is to be read (RFC 7515 section
    /// 4.1.11, RFC 8725 section 3.1). The algorithm is ours; the header can only disagree.
    void requireSignature(Algorithm ours) {
        if (!"HS256".equals(jwt.getAlgorithm())) {
            throw new RejectedException(Rejection.ALGORITHM);
        }
        for (var header : List.of("crit", "b64", "zip", "enc")) {
            if (isThere(jwt.getHeaderClaim(header))) {
                throw new RejectedException(Rejection.MALFORMED);
            }
        }
        try {
            ours.verify(jwt);
        } catch (SignatureVerificationException e) {
            throw new RejectedException(Rejection.SIGNATURE);
        }
    }

    /// A claim that is a string with something in it.
    String requireText(String name) {
        return optionalText(name).orElseThrow(() -> new RejectedException(Rejection.MISSING_CLAIM));
    }

    Optional<String> optionalText(String name) {
        var claim = jwt.getClaim(name);
        if (!isThere(claim)) {
            return Optional.empty();
        }
        var value = text(claim.asString());
        if (value.isBlank()) {
            throw new RejectedException(Rejection.BAD_CLAIM);
        }
        return Optional.of(value);
    }

    long requireNumber(String name) {
        var claim = jwt.getClaim(name);
        if (!isThere(claim)) {
            throw new RejectedException(Rejection.MISSING_CLAIM);
        }
        // Only a whole number prints as digits; 1e3, 1.5 and "1" do not.
        var printed = claim.toString();
        if (!printed.matches("[0-9]{1,18}")) {
            throw new RejectedException(Rejection.BAD_CLAIM);
        }
        return Long.parseLong(printed);
    }

    Instant requireTime(String name) {
        long seconds = requireNumber(name);
        if (seconds > MAX_EPOCH_SECOND) {
            throw new RejectedException(Rejection.BAD_CLAIM);
        }
        return Instant.ofEpochSecond(seconds);
    }

    /// The audiences; empty if there are none.
    List<String> audience() {
        if (!isThere(jwt.getClaim("aud"))) {
            return List.of();
        }
        try {
            var audience = jwt.getAudience();
            if (audience == null || audience.stream().anyMatch(each -> each == null)) {
                throw new RejectedException(Rejection.BAD_CLAIM);
            }
            return List.copyOf(audience);
        } catch (JWTDecodeException e) {
            throw new RejectedException(Rejection.BAD_CLAIM);
        }
    }

    /// The token is alive: not before `nbf` where that stands, before `exp`, which must stand.
    Instant requireAlive(Instant now) {
        var expires = requireTime("exp");
        if (isThere(jwt.getClaim("nbf")) && now.plus(LEEWAY).isBefore(requireTime("nbf"))) {
            throw new RejectedException(Rejection.NOT_YET);
        }
        if (!now.isBefore(expires.plus(LEEWAY))) {
            throw new RejectedException(Rejection.EXPIRED);
        }
        return expires;
    }

    /// `doc` and `role`: both or neither.
    Optional<Ceiling> ceiling() {
        var document = optionalText("doc");
        var role = optionalText("role");
        if (document.isEmpty() && role.isEmpty()) {
            return Optional.empty();
        }
        if (document.isEmpty() || role.isEmpty()) {
            throw new RejectedException(Rejection.MISSING_CLAIM);
        }
        try {
            var most = Role.ofWord(role.get()).orElseThrow(() -> new RejectedException(Rejection.BAD_CLAIM));
            return Optional.of(new Ceiling(new DocumentId(document.get()), most));
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Rejection.BAD_CLAIM);
        }
    }

    private static boolean isThere(Claim claim) {
        return !claim.isMissing() && !claim.isNull();
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }

    /// Ends the reading of a token. Carries no stack: rejecting must stay cheap.
    static final class RejectedException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Rejection reason;

        RejectedException(Rejection reason) {
            super(reason.word(), null, false, false);
            this.reason = reason;
        }

        Rejection reason() {
            return reason;
        }
    }
}
