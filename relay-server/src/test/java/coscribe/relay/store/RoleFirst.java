package coscribe.relay.store;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The store's check with the role in front.
public final class RoleFirst {
    private RoleFirst() {}

    public static Optional<CommitResult> refusal(
            List<Entry> entries,
            Function<ClientId, Optional<ClientRecord>> clients,
            Function<PersonId, Optional<Role>> roles) {
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (roles.apply(entry.author())
                    .filter(role -> role.atLeast(entry.needs()))
                    .isEmpty()) {
                return Optional.of(new CommitResult.RoleRefused(i));
            }
            var client = clients.apply(entry.client());
            if (client.isPresent() && entry.seq() <= client.get().lastSeq()) {
                return Optional.of(new CommitResult.Duplicate(i, client.get().lastRevision()));
            }
            if (client.isEmpty()
                    || !client.get().open()
                    || entry.seq() != client.get().lastSeq() + 1) {
                return Optional.of(new CommitResult.ClientClosed(i));
            }
        }
        return Optional.empty();
    }
}
