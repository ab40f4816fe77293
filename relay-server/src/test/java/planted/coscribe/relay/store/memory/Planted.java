package planted.coscribe.relay.store.memory;

/// Breaks the map: an adapter knows another one.
public record Planted(planted.coscribe.relay.store.embedded.Planted other) {}
