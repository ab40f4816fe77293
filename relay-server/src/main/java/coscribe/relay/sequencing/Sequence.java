package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.Head;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One document's order at one relay, as a value: what is known of the log's end, who waits, what
/// is under way.
///
/// @param copy     the relay's copy of the document; empty until it is loaded
/// @param waiting  submissions in the order in which they came, at most one of each client
/// @param attempt  the commit under way
/// @param reading  whether a read of the log is under way
/// @param paused   whether a retry is due before the next commit
/// @param lost     how many races were lost in a row
public record Sequence(
        Loading loading,
        Optional<Copy> copy,
        List<Waiting> waiting,
        Optional<Attempt> attempt,
        boolean reading,
        boolean paused,
        Turn turn,
        int lost,
        long lastHashAtMillis) {
    public static final Sequence EMPTY = new Sequence(
            Loading.NO, Optional.empty(), List.of(), Optional.empty(), false, false, Turn.NONE, 0, Long.MIN_VALUE);

    enum Loading {
        NO,
        UNDER_WAY
    }

    enum Turn {
        NONE,
        ASKED
    }

    /// @param authors       everybody who ever committed
    /// @param snapshotAt    the newest snapshot's revision
    /// @param sinceSnapshot bytes of log since then
    record Copy(
            Head head,
            Document document,
            Recent recent,
            Set<PersonId> authors,
            Revision snapshotAt,
            long sinceSnapshot) {}

    /// A commit under way: what was asked for, and what the document is after each entry.
    ///
    /// @param abandoned  the copy was dropped meanwhile; the answer is only waited for
    record Attempt(Head expected, List<Prepared> prepared, boolean abandoned) {
        Attempt {
            prepared = List.copyOf(prepared);
        }
    }

    record Prepared(Waiting waiting, KnownCommit commit, Document after) {}

    public Sequence {
        waiting = List.copyOf(waiting);
    }

    public boolean isReady() {
        return copy.isPresent();
    }

    /// The relay's copy; only when ready.
    public Document document() {
        return copy.orElseThrow().document();
    }

    /// Where the relay's copy stands; only when ready.
    public Head head() {
        return copy.orElseThrow().head();
    }

    public Recent recent() {
        return copy.orElseThrow().recent();
    }

    /// The document as it was at `revision`, as far back as this relay remembers; only when ready.
    public Optional<Document> documentAt(Revision revision) {
        return revision.equals(head().revision()) ? Optional.of(document()) : recent().documentAt(revision);
    }

    /// Whether nothing is under way or waits.
    public boolean isIdle() {
        return waiting.isEmpty() && attempt.isEmpty() && !reading && loading == Loading.NO && !paused;
    }
}
