package planted.coscribe.relay.transport.selector;

/// An adapter that only a root may know.
public record Planted(int nothing) {}
