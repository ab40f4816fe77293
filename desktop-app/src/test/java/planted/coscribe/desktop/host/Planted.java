package planted.coscribe.desktop.host;

/// Breaks the map: the relay's room knows a window.
public record Planted(planted.coscribe.desktop.view.frame.Planted frame) {}
