package coscribe.relay.store.redis;

import coscribe.relay.store.redis.RedisUrl.Place;
import java.io.IOException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/// One connection on which one thread may write while another reads: Jedis' connection with its two
/// halves laid open. Any thread may sever it, which ends a blocked read or write.
final class RedisConnection extends Connection {
    private final Place place;

    RedisConnection(JedisSocketFactory sockets, JedisClientConfig config, Place place) {
        super(sockets, config);
        this.place = place;
    }

    /// Whom it reaches.
    Place place() {
        return place;
    }

    /// Puts a command into the buffer, or through it if it is large.
    void write(CommandArguments command) {
        sendCommand(command);
    }

    @Override
    public void flush() {
        super.flush();
    }

    /// Waits for the next reply: `byte[]`, `Long`, a `List` of replies, null for nothing, or the
    /// {@link JedisDataException} that Redis answered with.
    @SuppressWarnings("NullAway") // Jedis is not annotated; a null reply is one of its answers
    Object read() {
        try {
            return readProtocolWithCheckingBroken();
        } catch (JedisDataException answer) {
            return answer;
        }
    }

    void sever() {
        try {
            forceDisconnect();
        } catch (IOException e) {
            setBroken(); // the socket is gone all the same, and its reader will notice
        }
    }
}
