package planted.coscribe.relay.store;

/// Breaks the map: the ports know an adapter and its libraries.
public record Planted(
        planted.coscribe.relay.session.Planted session,
        planted.coscribe.relay.store.redis.Planted other,
        java.sql.Connection database,
        redis.clients.jedis.Jedis redis) {}
