package coscribe.relay.store;

import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;

/// What became of an attempt to enter a document.
public sealed interface JoinResult {
    /// The fresh client id is open, the resumed one closed.
    record Joined(String title, Role role, long aclVersion, Head head, Resumed resumed) implements JoinResult {}

    /// No such document, or none for this person.
    record NoAccess() implements JoinResult {}
}
