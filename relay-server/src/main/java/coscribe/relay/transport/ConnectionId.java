package coscribe.relay.transport;

/// Names a connection within this process, for maps and log lines. Not secret and never sent to peers.
///
/// @param number counts up from 1
public record ConnectionId(long number) {
    public ConnectionId {
        if (number < 1) {
            throw new IllegalArgumentException("connection numbers count from 1: " + number);
        }
    }

    @Override
    public String toString() {
        return "c" + number;
    }
}
