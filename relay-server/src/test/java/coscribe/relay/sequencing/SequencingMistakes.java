package coscribe.relay.sequencing;

import coscribe.ot.protocol.Revision;
import java.util.List;
import java.util.Optional;

/// What the mutants of sequencing do instead.
public final class SequencingMistakes {
    private SequencingMistakes() {}

    static Optional<List<KnownCommit>> afterNext(Recent recent, Revision revision) {
        return recent.after(revision).map(run -> run.isEmpty() ? run : run.subList(1, run.size()));
    }

    static void read(SequenceTurn turn) {}
}
