package planted.coscribe.ot.rebase;

/// Breaks the map: catching up knows sessions.
public record Planted(planted.coscribe.ot.session.Planted other) {}
