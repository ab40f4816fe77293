package planted.coscribe.desktop.policy;

/// Breaks the map: what is decided knows a window.
public record Planted(planted.coscribe.desktop.view.frame.Planted frame) {}
