package coscribe.relay.store.redis;

import java.net.SocketException;
import java.util.List;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// Opens connections that are ready to use: signed in, the server not loading, its scripts there.
final class Dialer {
    /// What a write can hand to the kernel without waiting for Redis.
    static final int SEND_BUFFER_BYTES = 256 * 1024;

    private final RedisUrl url;
    private final RedisSettings settings;

    Dialer(RedisUrl url, RedisSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    /// Connects, blocking for at most the connect timeout for each answer.
    ///
    /// @throws redis.clients.jedis.exceptions.JedisException  where there is no usable Redis
    RedisConnection dial(String purpose, List<Script> scripts) {
        var config = config(purpose);
        var connection = new RedisConnection(sockets(config), config);
        try {
            require(connection, new CommandArguments(Command.PING));
            for (Script script : scripts) {
                require(connection, script.load().arguments());
            }
            connection.setTimeoutInfinite(); // the watchdog knows which command waits for how long
            return connection;
        } catch (RuntimeException e) {
            connection.sever();
            throw e;
        }
    }

    private static void require(RedisConnection connection, CommandArguments command) {
        connection.write(command);
        connection.flush();
        if (connection.read() instanceof JedisDataException refused) {
            throw refused;
        }
    }

    String address() {
        return url.address();
    }

    private JedisSocketFactory sockets(JedisClientConfig config) {
        var sockets = new DefaultJedisSocketFactory(new HostAndPort(url.host(), url.port()), config);
        return () -> {
            var socket = sockets.createSocket();
            try {
                socket.setSendBufferSize(SEND_BUFFER_BYTES);
            } catch (SocketException e) {
                throw new JedisConnectionException("the new socket is closed already", e);
            }
            return socket;
        };
    }

    private JedisClientConfig config(String purpose) {
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .clientName("coscribe-" + purpose)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis(
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .socketTimeoutMillis(Math.toIntExact(settings.connectTimeout().toMillis()))
                .blockingSocketTimeoutMillis(0)
                .database(url.database())
                .ssl(url.tls());
        url.user().ifPresent(config::user);
        url.password().ifPresent(config::password);
        if (url.tls()) {
            var parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must name the host
            config.sslParameters(parameters);
            settings.trust().ifPresent(config::sslSocketFactory);
        }
        return config.build();
    }
}
