package planted.coscribe.ot.document;

/// Breaks the map: a text knows carets.
public record Planted(planted.coscribe.ot.presence.Planted other) {}
