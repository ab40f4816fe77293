package planted.coscribe.ot.session;

/// Breaks the map: a session knows bytes, and the library that makes them.
public record Planted(planted.coscribe.ot.wire.Planted other, com.fasterxml.jackson.databind.JsonNode json) {}
