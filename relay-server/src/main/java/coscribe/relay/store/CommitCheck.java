package coscribe.relay.store;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The order in which the entries of a commit are checked, for the stores that check in Java.
public final class CommitCheck {
    private CommitCheck() {}

    /// The first entry that cannot be appended, and why; empty where all can.
    public static Optional<CommitResult> refusal(
            List<Entry> entries,
            Function<ClientId, Optional<ClientRecord>> clients,
            Function<PersonId, Optional<Role>> roles) {
        var seqs = new HashMap<ClientId, Long>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var client = clients.apply(entry.client());
            if (client.isPresent() && entry.seq() <= client.get().lastSeq()) {
                return Optional.of(new CommitResult.Duplicate(i, client.get().lastRevision()));
            }
            if (client.isEmpty() || !mayCommitNext(client.get(), entry, seqs)) {
                return Optional.of(new CommitResult.ClientClosed(i));
            }
            if (roles.apply(entry.author())
                    .filter(role -> role.atLeast(entry.needs()))
                    .isEmpty()) {
                return Optional.of(new CommitResult.RoleRefused(i));
            }
            seqs.put(entry.client(), entry.seq());
        }
        return Optional.empty();
    }

    private static boolean mayCommitNext(ClientRecord client, Entry entry, HashMap<ClientId, Long> seqs) {
        return client.open()
                && client.person().equals(entry.author())
                && entry.seq() == seqs.getOrDefault(entry.client(), client.lastSeq()) + 1;
    }
}
