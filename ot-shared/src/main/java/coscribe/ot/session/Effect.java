package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import java.time.Duration;
import java.util.Optional;

/// What a session wants done, in this order.
public sealed interface Effect {
    /// Connect to a relay and sign in; answered by `LinkUp` or `LinkLost`.
    record Connect() implements Effect {}

    /// Close the connection; answered by `LinkLost`.
    record Disconnect(String why) implements Effect {}

    record Send(ClientMessage message) implements Effect {}

    /// Write to the journal, before anything that follows.
    ///
    /// @param now  force it to disk before anything that follows; else within 200 ms
    record Write(JournalRecord entry, boolean now) implements Effect {}

    /// Tell `RetryDue` after `atLeast`, which the relay asked for, and a random time between 0 and
    /// `bound` more (full jitter).
    record RetryAfter(Duration atLeast, Duration bound) implements Effect {}

    /// Tell `ResendDue(seq)` after this time.
    ///
    /// @param refused  why the relay has not taken it yet; empty: it has not answered
    record ResendAfter(long seq, Duration delay, Optional<Refusal> refused) implements Effect {}

    /// Tell `RenameDue` after this time: the relay could not answer what the document is to be called.
    record RenameAfter(Duration delay) implements Effect {}

    /// Change the shown text: somebody else's edit, or an undo of one's own. Comment threads are
    /// read from the session.
    record Show(Change change, boolean own) implements Effect {}

    /// The relay keeps the title that it has. Tell the writer.
    record RenameRefused(FailureCode code, String sentence) implements Effect {}

    /// Text that cannot be sent is kept beside the document and offered to the writer.
    record KeepCopy(Document document, CopyReason reason) implements Effect {}

    /// Why a copy was kept.
    enum CopyReason {
        /// The relay refused the edits for good: what they say is not allowed, or too large.
        REFUSED,
        /// The writer may no longer edit.
        ROLE,
        /// So much happened meanwhile that the edits could not be placed.
        OUT_OF_REACH,
        /// The local copy differed from the relay's; the text from before was kept as a version.
        FORKED
    }
}
