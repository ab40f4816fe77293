package coscribe.relay.transport.selector;

/// Somebody of a crowded address, until it is its turn. Any thread.
interface Waiting {
    /// Others are through: it counts as in handshake now.
    void goOn();

    /// It will not be its turn any more.
    void sendAway();
}
