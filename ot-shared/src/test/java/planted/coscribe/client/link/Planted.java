package planted.coscribe.client.link;

/// Breaks the map: a link knows journals.
public record Planted(planted.coscribe.client.journal.Planted other) {}
