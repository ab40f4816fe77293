package planted.coscribe.client.journal;

/// Breaks the map: a journal knows links.
public record Planted(planted.coscribe.client.link.Planted other) {}
