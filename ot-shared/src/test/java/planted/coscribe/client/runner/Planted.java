package planted.coscribe.client.runner;

/// Breaks the map: the runner knows the adapters and the library below one.
public record Planted(
        planted.coscribe.client.link.websocket.Planted link,
        planted.coscribe.client.journal.file.Planted journal,
        org.java_websocket.WebSocket socket) {}
