package coscribe.relay.session;

/// The protocol's reasons for closing, as the transport wants them.
final class Closing {
    private Closing() {}

    static coscribe.relay.transport.CloseReason of(coscribe.ot.protocol.CloseReason reason) {
        return new coscribe.relay.transport.CloseReason(reason.code(), reason.text());
    }
}
