package coscribe.relay.store;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the mutants of the stores do instead.
public final class StoreMistakes {
    private StoreMistakes() {}

    /// Looks neither for duplicates nor at the seq.
    public static Optional<CommitResult> refusal(
            List<Entry> entries,
            Function<ClientId, Optional<ClientRecord>> clients,
            Function<PersonId, Optional<Role>> roles) {
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (clients.apply(entry.client()).filter(ClientRecord::open).isEmpty()) {
                return Optional.of(new CommitResult.ClientClosed(i));
            }
            if (roles.apply(entry.author())
                    .filter(role -> role.atLeast(entry.needs()))
                    .isEmpty()) {
                return Optional.of(new CommitResult.RoleRefused(i));
            }
        }
        return Optional.empty();
    }

    public static ClientRecord closed(ClientRecord client) {
        return client;
    }
}
