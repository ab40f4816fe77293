package planted.coscribe.relay.auth;

/// Breaks the map: signing in knows sockets and their library.
public record Planted(planted.coscribe.relay.transport.selector.Planted other, org.java_websocket.WebSocket socket) {}
