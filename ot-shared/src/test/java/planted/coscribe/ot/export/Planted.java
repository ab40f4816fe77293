package planted.coscribe.ot.export;

/// Breaks the map: what is written for others knows messages.
public record Planted(planted.coscribe.ot.protocol.Planted other) {}
