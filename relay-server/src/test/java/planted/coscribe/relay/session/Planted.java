package planted.coscribe.relay.session;

/// Breaks the map: a session knows sockets and token libraries.
public record Planted(
        planted.coscribe.relay.transport.Planted other, com.auth0.jwt.JWT jwt, ch.qos.logback.classic.Level level) {}
