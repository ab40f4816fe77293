package planted.coscribe.desktop.viewmodel;

/// Breaks the map: a view-model holds a node, and knows a view.
public record Planted(javafx.scene.Node node, planted.coscribe.desktop.view.text.Planted other) {}
