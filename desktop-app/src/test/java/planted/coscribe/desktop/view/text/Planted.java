package planted.coscribe.desktop.view.text;

/// Breaks the map: the text knows the window's theme and other people.
public record Planted(atlantafx.base.theme.Theme theme, planted.coscribe.desktop.view.people.Planted other) {}
