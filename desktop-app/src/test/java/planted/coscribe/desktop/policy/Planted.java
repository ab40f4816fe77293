package planted.coscribe.desktop.policy;

/// Breaks the map: what is decided knows a window, and judges signatures.
public record Planted(planted.coscribe.desktop.view.frame.Planted frame, com.auth0.jwt.JWT jwt) {}
