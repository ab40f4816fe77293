package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.ServerMessage;
import java.util.Optional;

/// What a session may be told.
public sealed interface Event {
    /// Begin: look for the relay.
    record Started() implements Event {}

    /// The writer changed the text, which already shows it.
    ///
    /// @param change     on the text as it was shown
    /// @param joinsStep  whether undo takes it back together with the edit before
    /// @param caret      where the caret is now
    record Edited(Change change, Intent intent, boolean joinsStep, Optional<Caret> caret) implements Event {}

    /// The writer calls the document something else.
    ///
    /// @param title  cleaned ({@link coscribe.ot.protocol.Titles})
    record RenameAsked(String title) implements Event {}

    record UndoAsked() implements Event {}

    record RedoAsked() implements Event {}

    /// The caret moved without an edit; empty: it left the text.
    record CaretMoved(Optional<Caret> caret) implements Event {}

    /// A connection to a relay stands and the relay said `Welcome`.
    record LinkUp() implements Event {}

    /// The connection is gone, or could not be made.
    record LinkLost() implements Event {}

    /// The time of {@link Effect.RetryAfter} is over.
    record RetryDue() implements Event {}

    /// The time of {@link Effect.ResendAfter} is over.
    record ResendDue(long seq) implements Event {}

    /// The time of {@link Effect.RenameAfter} is over.
    record RenameDue() implements Event {}

    /// The network changed, the computer woke, the window got the focus: try again at once.
    record Nudged() implements Event {}

    record Received(ServerMessage message) implements Event {}
}
