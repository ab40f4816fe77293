package coscribe.relay.store;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where the relay's people are kept. Threads and errors as for {@link DocumentStore}. Secrets are
/// kept as SHA-256 only.
public interface PeopleStore {
    /// The relay's id and the secret that signs its tokens; the candidates are kept where there are
    /// none yet.
    CompletionStage<Identity> identity(RelayId candidate, byte[] secretCandidate);

    /// The secret is at least 32 random bytes, shared by all relays of the store, never logged.
    record Identity(RelayId relay, byte[] tokenSecret) {
        @Override
        public String toString() {
            return "Identity[" + relay + "]";
        }
    }

    enum Standing {
        ADMIN,
        MEMBER,
        GUEST
    }

    /// @param tokenVersion  tokens of an older version are void
    record Account(PersonId id, String name, Standing standing, boolean disabled, long tokenVersion) {}

    CompletionStage<Optional<Account>> account(PersonId person);

    CompletionStage<Void> putAccount(Account account);

    /// Notes a device's newest refresh credential, by its hash.
    CompletionStage<Void> putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires);

    /// Replaces a refresh credential, in one atomic step. The answer may be lost, so the credential
    /// before the newest is taken as well, until its own time, as long as the newest was never used
    /// (ADR 0026); what it brings is the newest then, and the one whose answer was lost is void.
    CompletionStage<Rotation> rotate(String oldHash, String newHash, Instant now, Instant newExpires);

    sealed interface Rotation {
        record Rotated(DeviceId device, PersonId person) implements Rotation {}

        /// A credential whose successor was used, or which was replaced itself without ever being used:
        /// somebody has a copy. The device is signed out.
        record Reused(DeviceId device, PersonId person) implements Rotation {}

        record Unknown() implements Rotation {}
    }

    /// @param codeHash  SHA-256 of the code in its normal form (upper case, no dashes), hex
    /// @param uses      how many more devices may redeem it
    record Invite(String codeHash, Grants grants, Instant expires, int uses) {}

    sealed interface Grants {
        /// A standing at the relay.
        record AtRelay(Standing standing) implements Grants {}

        /// A role in one document.
        record InDocument(DocumentId document, Role role) implements Grants {}
    }

    CompletionStage<Void> putInvite(Invite invite);

    /// Takes one use of an invite for a device, in one atomic step. The same device again gets the
    /// same answer and takes no further use.
    ///
    /// @param candidate  who the redeemer becomes, if the device did not redeem this code before
    CompletionStage<Redemption> redeem(String codeHash, DeviceId device, PersonId candidate, Instant now);

    sealed interface Redemption {
        record Redeemed(PersonId person, Grants grants) implements Redemption {}

        record Expired(Instant since) implements Redemption {}

        record UsedUp() implements Redemption {}

        record Unknown() implements Redemption {}
    }

    /// Whether any admin exists; a relay without one prints an owner link.
    CompletionStage<Boolean> hasAdmin();
}
