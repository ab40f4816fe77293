package coscribe.ot.session;

import coscribe.ot.document.ContentHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Resumed;

/// How a session stands with its relay.
public sealed interface Phase {
    /// Not started.
    record Idle() implements Phase {}

    /// No connection; the `attempts`th wait (from 1) since the last good one is under way. A retry
    /// is due.
    record Waiting(int attempts) implements Phase {}

    record Connecting(int attempts) implements Phase {}

    /// `Join` was sent.
    record Joining(int attempts) implements Phase {}

    /// Joined; what was missed is coming in, up to `head`. Until then the new client id is not
    /// used, and the connection does not count as a good one: where it fails, the next wait is
    /// longer.
    record CatchingUp(
            int attempts, ClientId entering, Epoch epoch, Revision head, ContentHash hashAtHead, Resumed resumed)
            implements Phase {}

    /// Up to date.
    record Live() implements Phase {}

    /// The relay does not let this person in; edits are kept.
    record Stopped(FailureCode code, String sentence) implements Phase {}
}
