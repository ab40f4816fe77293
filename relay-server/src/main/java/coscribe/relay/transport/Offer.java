package coscribe.relay.transport;

/// What became of a frame that was offered to an outbox.
public sealed interface Offer {
    /// It will be written, in order, unless the peer goes away first.
    record Accepted() implements Offer {}

    /// The outbox is over its bound; nothing was taken.
    ///
    /// @param queuedBytes what is waiting
    record Full(long queuedBytes) implements Offer {}

    /// The connection is closing or closed; nothing was taken.
    record Closed() implements Offer {}

    Offer ACCEPTED = new Accepted();
    Offer CLOSED = new Closed();
}
