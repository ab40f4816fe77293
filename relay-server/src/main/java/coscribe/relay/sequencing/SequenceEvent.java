package coscribe.relay.sequencing;

import coscribe.ot.document.Document;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.Head;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a document's sequence may be told. Log entries come decoded.
public sealed interface SequenceEvent {
    /// Somebody needs the document: load it if it is not there.
    record Opened() implements SequenceEvent {}

    /// The stored document: `snapshot`, with the head as it was then, and every commit since, each of
    /// which fits the text before it.
    record Loaded(Head snapshotAt, Document snapshot, List<KnownCommit> tail, Set<PersonId> authors)
            implements SequenceEvent {
        public Loaded {
            tail = List.copyOf(tail);
            authors = Set.copyOf(authors);
        }
    }

    /// The load failed.
    record LoadFailed(Unavailable why, String sentence) implements SequenceEvent {}

    record Submitted(Waiting waiting) implements SequenceEvent {}

    /// The store's answer to the commit under way; `missing` are the decoded entries of a lost
    /// race.
    record Answered(CommitResult result, List<KnownCommit> missing) implements SequenceEvent {
        public Answered {
            missing = List.copyOf(missing);
        }
    }

    /// The commit under way has an unknown outcome.
    record CommitFailed(CommitFailure why) implements SequenceEvent {}

    enum CommitFailure {
        AWAY,
        /// The store has no room.
        FULL,
        /// The store cannot keep it as safe as it should.
        UNSAFE,
        /// What is stored of the document does not verify.
        DAMAGED
    }

    /// Commits, from the feed or read from the log; any order, any gaps, any repetition.
    record Announced(List<KnownCommit> commits) implements SequenceEvent {
        public Announced {
            commits = List.copyOf(commits);
        }
    }

    /// The log goes at least so far.
    ///
    /// @param before  where the relay's copy stood when the store began to be asked; empty: nowhere
    record HeadSeen(Head head, Optional<Head> before) implements SequenceEvent {}

    /// As {@link HeadSeen}, by a word that carries the number alone.
    record RevisionSeen(Revision revision) implements SequenceEvent {}

    /// Something may have been missed.
    record Interrupted() implements SequenceEvent {}

    /// The read under way brought everything it could (told by `Announced` before).
    record ReadEnded(Revision head) implements SequenceEvent {}

    /// The log does not reach back to what is needed, or the read failed.
    record ReadFailed(boolean away) implements SequenceEvent {}

    /// The time of `RetryAfter` is over.
    record RetryDue() implements SequenceEvent {}

    record TurnAnswered(boolean granted) implements SequenceEvent {}

    /// A step threw, or what it wanted could not be done: a mistake of ours, after which nothing of the
    /// copy is relied on.
    ///
    /// @param unheard  what was told in vain, or will never be
    record Broke(Optional<SequenceEvent> unheard) implements SequenceEvent {}
}
