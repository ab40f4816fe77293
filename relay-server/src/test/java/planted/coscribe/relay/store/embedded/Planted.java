package planted.coscribe.relay.store.embedded;

/// Breaks the map: an adapter knows another one.
public record Planted(planted.coscribe.relay.store.redis.Planted other) {}
