package planted.coscribe.relay.presence;

/// Breaks the map: carets know sequencing and metrics.
public record Planted(planted.coscribe.relay.sequencing.Planted other, io.micrometer.core.instrument.Counter counter) {}
