package planted.coscribe.relay.attic;

/// Breaks the map: there is no such room.
public record Planted(int nothing) {}
