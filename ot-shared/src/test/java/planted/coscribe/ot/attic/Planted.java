package planted.coscribe.ot.attic;

/// Breaks the map: there is no such room.
public record Planted(int nothing) {}
