package planted.coscribe.desktop.update;

/// Breaks the map: what releases there are knows a window.
public record Planted(planted.coscribe.desktop.view.frame.Planted frame) {}
