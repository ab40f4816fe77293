package planted.coscribe.desktop.viewmodel;

/// Breaks the map: a view-model holds a node, reads a file's form, and knows a view.
public record Planted(
        javafx.scene.Node node,
        com.fasterxml.jackson.databind.JsonNode json,
        planted.coscribe.desktop.view.text.Planted other) {}
