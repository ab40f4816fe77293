package planted.coscribe.relay.cli;

/// Breaks the map: a command knows an adapter and JSON.
public record Planted(planted.coscribe.relay.store.redis.Planted other, com.fasterxml.jackson.databind.JsonNode json) {}
