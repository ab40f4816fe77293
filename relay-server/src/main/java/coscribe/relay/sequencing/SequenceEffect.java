package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import java.time.Duration;
import java.util.List;

/// What a document's sequence wants done, in this order.
public sealed interface SequenceEffect {
    /// Follow the document's feed, then load it.
    record Load() implements SequenceEffect {}

    record Commit(Head expected, List<Entry> entries) implements SequenceEffect {
        public Commit {
            entries = List.copyOf(entries);
        }
    }

    /// Read the log after a revision: `Announced`, then `ReadEnded` or `ReadFailed`.
    record Read(Revision after) implements SequenceEffect {}

    record TakeTurn() implements SequenceEffect {}

    /// Tell `RetryDue` after a random time between 0 and `bound`.
    record RetryAfter(Duration bound) implements SequenceEffect {}

    /// These commits are durable and next in order: hand them to every member.
    record Deliver(List<KnownCommit> commits) implements SequenceEffect {
        public Deliver {
            commits = List.copyOf(commits);
        }
    }

    record Refuse(ClientId client, long seq, Refusal reason, String sentence, Duration retryAfter)
            implements SequenceEffect {}

    /// The document is loaded: who waits for it may come in.
    record Ready() implements SequenceEffect {}

    /// The document cannot be had.
    record GiveUp(Unavailable why, String sentence) implements SequenceEffect {}

    /// This relay's copy is of another history: everybody must come in anew.
    record Expel(String sentence) implements SequenceEffect {}

    /// A change could not be merged, which is a mistake of ours; its writer was told.
    record Report(Throwable mistake) implements SequenceEffect {}

    /// A snapshot is due at a revision that the log has.
    ///
    /// @param own  whether this relay made that commit; else whoever did keeps it
    record KeepSnapshot(Revision revision, ChainHash chain, Document document, boolean own) implements SequenceEffect {}
}
