package coscribe.relay.store.redis;

import java.io.IOException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/// One connection on which one thread may write while another reads: Jedis' connection with its two
/// halves laid open. Any thread may sever it, which ends a blocked read or write.
final class RedisConnection extends Connection {
    RedisConnection(JedisSocketFactory sockets, JedisClientConfig config) {
        super(sockets, config);
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
