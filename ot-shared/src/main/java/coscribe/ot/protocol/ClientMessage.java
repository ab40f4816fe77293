package coscribe.ot.protocol;

import coscribe.ot.document.ContentHash;
import coscribe.ot.presence.Caret;
import java.util.Optional;

/// What an editor says to a relay.
public sealed interface ClientMessage {
    /// The first message on a connection, within 5 s. The protocol versions that the client speaks,
    /// and who it is.
    ///
    /// @param device  made once by the client and kept beside its documents: redeeming a code again
    ///     from the same device after a lost answer finds the same person. Not shown to others.
    record Hello(int oldest, int newest, Credential credential, DeviceId device) implements ClientMessage {}

    /// Renews the connection's right before its token runs out.
    record Renew(Credential credential) implements ClientMessage {}

    /// A new document, owned by whoever asks. Answered by `Created`.
    record Create(String title) implements ClientMessage {}

    /// Calls a document something else. Owners and editors only. Answered by `Renamed`; everybody
    /// who has it open hears `Titled`. On a connection that is in a document, for that one alone.
    record Rename(DocumentId document, String title) implements ClientMessage {}

    /// The documents that whoever asks made or entered and still may read, a page at a time. Only
    /// outside of a document. Answered by `Listed`.
    ///
    /// @param after  where the page before said that it goes on; empty: from the newest
    /// @param most   documents, from 1 to {@link Limits#LIST_DOCUMENTS}
    record ListDocuments(Optional<ListPlace> after, int most) implements ClientMessage {}

    /// A code for an invite link to a document. Owners only. `ttlSeconds` and `uses` at least 1.
    /// Answered by `Invited`.
    record Invite(DocumentId document, Role role, long ttlSeconds, int uses) implements ClientMessage {}

    /// Enters a document: the only one on this connection.
    ///
    /// @param resume  the client id that this editor had in the document: it is closed, and its
    ///     last commit is told
    /// @param known   what the editor already holds; it gets what came after, not the whole
    record Join(DocumentId document, Optional<ClientId> resume, Optional<Known> known) implements ClientMessage {}

    /// What an editor holds of a document.
    record Known(Epoch epoch, Revision revision, ContentHash contentHash) {}

    record Submit(Submission submission) implements ClientMessage {}

    /// The caret alone, in the text of `revision`; only while nothing of the sender's is pending.
    /// Empty: left the text.
    record MoveCaret(Revision revision, Optional<Caret> caret) implements ClientMessage {}

    /// Everything after `revision`, once more. Asked by a client that noticed a gap.
    record CatchUp(Revision revision) implements ClientMessage {}

    /// Round trip on the message level, for those who cannot send WebSocket pings. Answered by
    /// `Pong` with the same number.
    record Ping(long number) implements ClientMessage {}
}
