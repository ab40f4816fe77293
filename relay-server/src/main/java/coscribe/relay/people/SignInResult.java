package coscribe.relay.people;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.auth.Principal.Ceiling;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import java.time.Instant;
import java.util.Optional;

/// What became of somebody who said who they are.
public sealed interface SignInResult {
    /// @param account    as it was a moment ago
    /// @param device     the one that the credential belongs to, else the one that the client named
    /// @param tokens     for those who came with a code or a refresh credential
    /// @param expires    until when this may be relied on
    /// @param ceiling    where the token narrows what the person may do
    /// @param invitedTo  what the code was for; the person is in the document's access list now,
    ///     with this role or a higher one
    record SignedIn(
            Account account,
            DeviceId device,
            Optional<ServerMessage.Tokens> tokens,
            Instant expires,
            Optional<Ceiling> ceiling,
            Optional<Grants.InDocument> invitedTo)
            implements SignInResult {}

    /// @param sentence  for the person: what happened, what was kept, what to do
    record Denied(FailureCode code, String sentence) implements SignInResult {}
}
