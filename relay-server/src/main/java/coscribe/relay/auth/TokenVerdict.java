package coscribe.relay.auth;

/// What became of a token that somebody showed.
public sealed interface TokenVerdict {
    record Accepted(Principal principal) implements TokenVerdict {}

    /// @param sentence  for the person who showed it; says nothing of the token's content
    record Rejected(Rejection reason, String sentence) implements TokenVerdict {
        Rejected(Rejection reason) {
            this(reason, reason.sentence());
        }
    }
}
