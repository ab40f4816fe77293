package coscribe.relay.session;

import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Decides who somebody is. Any thread; never blocks; a store that is away fails the stage.
public interface Doorkeeper {
    /// @param header  the `Authorization` header of the upgrade
    CompletionStage<Admission> admit(Credential credential, Optional<String> header, DeviceId device);

    /// A code for an invite link to a document.
    CompletionStage<NewInvite> invite(DocumentId document, Role role, Duration ttl, int uses);

    /// Who knocked.
    sealed interface Admission {
        /// @param mayCreate  whether they may make documents
        /// @param tokens     what they sign in with next time
        /// @param grant      a role that is theirs in one document, unless its list already says
        ///     otherwise
        /// @param ceiling    where the token speaks for one document only: the most they may do,
        ///     and nowhere else
        record Admitted(
                Person person,
                Instant expires,
                boolean mayCreate,
                Optional<Tokens> tokens,
                Optional<Grant> grant,
                Optional<Grant> ceiling)
                implements Admission {}

        record Refused(FailureCode code, String sentence) implements Admission {}
    }

    record Grant(DocumentId document, Role role) {}

    record NewInvite(String code, Instant expires) {}
}
