package planted.coscribe.relay.backup;

/// Breaks the map: backups know sessions and JSON.
public record Planted(planted.coscribe.relay.session.Planted other, com.fasterxml.jackson.databind.JsonNode json) {}
