package planted.coscribe.desktop.view.frame;

/// Breaks the map: the frame knows a relay.
public record Planted(coscribe.relay.Relay relay) {}
