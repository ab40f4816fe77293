package coscribe.relay.backup;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.RelayId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is in a backup.
///
/// @param version  of the Coscribe that made it
/// @param people   accounts
/// @param damaged  documents that did not verify when it was made, and so are not in it
public record Summary(
        String version,
        Instant made,
        Optional<RelayId> relay,
        long documents,
        long commits,
        long people,
        List<DocumentId> damaged) {
    public Summary {
        damaged = List.copyOf(damaged);
    }
}
