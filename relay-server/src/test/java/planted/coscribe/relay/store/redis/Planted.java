package planted.coscribe.relay.store.redis;

/// Breaks the map: an adapter knows another one.
public record Planted(planted.coscribe.relay.store.memory.Planted other) {}
