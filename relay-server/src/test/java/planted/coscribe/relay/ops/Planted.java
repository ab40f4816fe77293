package planted.coscribe.relay.ops;

/// Breaks the map: health knows a command.
public record Planted(planted.coscribe.relay.cli.Planted other) {}
