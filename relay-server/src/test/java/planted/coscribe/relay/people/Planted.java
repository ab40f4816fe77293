package planted.coscribe.relay.people;

/// Breaks the map: people know sessions and JSON.
public record Planted(planted.coscribe.relay.session.Planted other, com.fasterxml.jackson.databind.JsonNode json) {}
