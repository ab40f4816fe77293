package planted.coscribe.ot.protocol;

/// Breaks the map: a message knows how to catch up.
public record Planted(planted.coscribe.ot.rebase.Planted other) {}
