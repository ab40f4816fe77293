package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.Head;
import java.util.HashSet;
import java.util.Set;

/// A relay's copy of a document, as it is after the newest commit that this relay knows.
///
/// @param authors       everybody who ever committed
/// @param snapshotAt    where a snapshot was due last; it follows from the log, so it is the same at every relay
/// @param sinceSnapshot bytes of log since then
record Copy(
        Head head, Document document, Recent recent, Set<PersonId> authors, Revision snapshotAt, long sinceSnapshot) {

    /// The snapshot that a store gave; what came behind it is still to be added.
    static Copy of(SequenceEvent.Loaded loaded, SequenceLimits limits) {
        var at = loaded.snapshotAt();
        var recent = Recent.from(at.revision(), loaded.snapshot(), limits.baseAge(), limits.recentBytes());
        return new Copy(at, loaded.snapshot(), recent, loaded.authors(), at.revision(), 0);
    }

    Revision revision() {
        return head.revision();
    }

    /// Whether `commit` is the next one of this history.
    boolean continuesWith(KnownCommit commit) {
        return commit.chain().equals(head.chain().after(commit.bytes()));
    }

    /// The copy with its next commit in it.
    ///
    /// @param after  the document that the commit leaves
    Copy plus(KnownCommit commit, Document after) {
        Set<PersonId> everybody = authors;
        if (!authors.contains(commit.committed().author())) {
            everybody = new HashSet<>(authors);
            everybody.add(commit.committed().author());
        }
        return new Copy(
                new Head(head.epoch(), commit.revision(), commit.chain()),
                after,
                recent.plus(commit, document),
                everybody,
                snapshotAt,
                sinceSnapshot + commit.bytes().length);
    }

    /// Whether so much came since the last one that a snapshot is due.
    boolean wantsSnapshot(SequenceLimits limits) {
        long commits = revision().number() - snapshotAt.number();
        return commits >= limits.snapshotCommits() || sinceSnapshot >= limits.snapshotBytes();
    }

    Copy withSnapshotHere() {
        return new Copy(head, document, recent, authors, revision(), 0);
    }
}
