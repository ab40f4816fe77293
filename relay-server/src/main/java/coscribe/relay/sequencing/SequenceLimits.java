package coscribe.relay.sequencing;

import coscribe.ot.protocol.Limits;
import java.time.Duration;

/// The bounds of one document's sequence.
///
/// @param documentUnits    most UTF-16 units of a document
/// @param waiting          most submissions that wait; further ones are told to come again
/// @param batch            most commits in one call of the store
/// @param baseAge          how many commits a submission's base may lie behind, and so how many are
///     remembered at least
/// @param recentBytes      bound of what is remembered, in bytes of log (up to twice as much)
/// @param snapshotCommits  a snapshot is due after so many commits
/// @param snapshotBytes    or after so many bytes of log
/// @param hashEvery        a commit carries the content hash where its revision is a multiple of
///     this
public record SequenceLimits(
        int documentUnits,
        int waiting,
        int batch,
        int baseAge,
        long recentBytes,
        int snapshotCommits,
        long snapshotBytes,
        int hashEvery,
        Duration hashAtMostEvery) {
    public static final SequenceLimits DEFAULT = new SequenceLimits(
            Limits.DOCUMENT_UNITS, 1_000, 64, Limits.BASE_AGE, 4L << 20, 500, 256L << 10, 64, Duration.ofSeconds(1));

    public SequenceLimits withDocumentUnits(int units) {
        return new SequenceLimits(
                units,
                waiting,
                batch,
                baseAge,
                recentBytes,
                snapshotCommits,
                snapshotBytes,
                hashEvery,
                hashAtMostEvery);
    }
}
