package planted.coscribe.ot.presence;

/// Breaks the map: a caret knows messages.
public record Planted(planted.coscribe.ot.protocol.Planted other) {}
