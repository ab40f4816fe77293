package planted.coscribe.client.link.websocket;

/// An adapter that only a root may know.
public record Planted(int nothing) {}
