package coscribe.relay.auth;

import coscribe.relay.auth.Compact.RejectedException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads whatever token somebody shows. The type in its header says whose rules it is tried by; the
/// rules themselves, algorithm and key among them, are fixed here. Any thread, never blocks.
public final class TokenReader {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");

    private final AccessTokens own;
    private final Optional<ForeignTokens> foreign;

    public TokenReader(AccessTokens own, Optional<ForeignTokens> foreign) {
        this.own = own;
        this.foreign = foreign;
    }

    public TokenVerdict read(String text) {
        try {
            var token = Compact.decode(text);
            if (token.type().equals(AccessTokens.TYPE)) {
                return new TokenVerdict.Accepted(own.read(token));
            }
            if (foreign.isPresent()) {
                return new TokenVerdict.Accepted(foreign.get().read(token));
            }
            return new TokenVerdict.Rejected(Rejection.TYPE);
        } catch (RejectedException e) {
            return new TokenVerdict.Rejected(e.reason());
        }
    }

    /// The token of an `Authorization` header (RFC 6750 section 2.1).
    public TokenVerdict readHeader(Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return new TokenVerdict.Rejected(Rejection.MISSING);
        }
        var bearer = BEARER.matcher(authorization.get());
        return bearer.matches() ? read(bearer.group(1)) : new TokenVerdict.Rejected(Rejection.MALFORMED);
    }
}
