package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import java.util.List;
import java.util.Optional;

/// What a client notes on its own disk. Replayed in order, the records give the session back as it
/// was; a prefix gives it back as it was at an earlier moment.
public sealed interface JournalRecord {
    /// The whole confirmed document. Forgets everything before, unsent edits among them: those that
    /// go on stand inside it, so that no crash leaves the one without the others.
    ///
    /// @param client   the client id in use then
    /// @param nextSeq  the next seq under it
    /// @param then     happens after it; no checkpoint among them
    record Checkpoint(
            String title,
            Epoch epoch,
            Revision revision,
            Document document,
            Role role,
            Optional<ClientId> client,
            long nextSeq,
            List<JournalRecord> then)
            implements JournalRecord {
        public Checkpoint {
            then = List.copyOf(then);
            if (then.stream().anyMatch(Checkpoint.class::isInstance)) {
                throw new IllegalArgumentException("a checkpoint inside a checkpoint");
            }
        }
    }

    /// The relay issued a client id, and everything missed has come in. What was in flight under
    /// the old one and did not come back is unsent again.
    record Entered(ClientId client, Role role) implements JournalRecord {}

    /// The relay said that what was in flight, or may have been, was not committed: it is unsent
    /// again.
    record Unsent() implements JournalRecord {}

    /// The program was started again and went on from this journal: edits from here on cannot lie
    /// inside a submission whose mark was lost.
    record Reopened() implements JournalRecord {}

    /// The writer edited.
    ///
    /// @param joinsStep  undo takes it back together with the edit before; it counts as one with it
    record Edited(Change change, Intent intent, boolean joinsStep) implements JournalRecord {}

    /// The mark: seq `seq` is everything before this, as far as it fits into one submission.
    ///
    /// @param whole  all of it, whether it fits or not: what was cut to fit may have grown since,
    ///     others having written amidst it
    record Sent(long seq, boolean whole) implements JournalRecord {
        public Sent(long seq) {
            this(seq, false);
        }
    }

    /// Others' commits up to `to`.
    record Others(Revision to, Change change) implements JournalRecord {}

    /// The relay calls the document so.
    record Titled(String title) implements JournalRecord {}

    /// The writer wants the document to be called so. Empty: the relay has answered.
    record Renaming(Optional<String> title) implements JournalRecord {}

    /// What was in flight is commit `revision`.
    record Acknowledged(Revision revision) implements JournalRecord {}
}
