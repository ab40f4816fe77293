package coscribe.relay.auth;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.time.Instant;
import java.util.Optional;

/// Who a token says somebody is. What that person may do at the relay is not in it: an account can
/// change while a token lives, so rights are read from the account.
///
/// @param expires  from then on the token says nothing any more
/// @param ceiling  where the token narrows what the person may do
public record Principal(PersonId person, Origin origin, Instant expires, Optional<Ceiling> ceiling) {
    /// Who signed the token.
    public sealed interface Origin {
        /// This relay, or another one on the same store.
        ///
        /// @param tokenVersion  the account's when the token was issued; tokens of an older one are
        ///     void
        record Own(long tokenVersion) implements Origin {}

        /// A service of the team's own.
        ///
        /// @param name  what the service calls the person; not cleaned, at most as long as a token
        record Foreign(String name) implements Origin {}
    }

    /// The only document that the token is good for, and the most it allows there. It is what the
    /// person gets when nothing else is known of them in that document.
    public record Ceiling(DocumentId document, Role role) {}
}
