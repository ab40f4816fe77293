package planted.coscribe.ot.wire;

/// Breaks the map: the encoding knows sessions.
public record Planted(planted.coscribe.ot.session.Planted other) {}
