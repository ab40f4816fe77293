package coscribe.relay.store.redis;

import coscribe.relay.store.redis.RedisUrl.Login;
import coscribe.relay.store.redis.RedisUrl.Place;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
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

/// Opens connections to the primary that are ready to use: signed in, the server not loading, its
/// scripts there.
final class Dialer {
    /// What a write can hand to the kernel without waiting for Redis.
    static final int SEND_BUFFER_BYTES = 256 * 1024;

    private final RedisUrl url;
    private final RedisSettings settings;
    private final Optional<Sentinels> sentinels;
    /// Where the primary was when it was asked for last.
    private volatile Optional<Place> primary = Optional.empty();

    Dialer(RedisUrl url, RedisSettings settings) {
        this.url = url;
        this.settings = settings;
        this.sentinels = url.name()
                .map(name -> new Sentinels(
                        url.places(), name, config(url.sentinelLogin()).build(), settings.connectTimeout()));
    }

    /// Connects, blocking for at most the connect timeout for each answer.
    ///
    /// @throws redis.clients.jedis.exceptions.JedisException  where there is no usable Redis
    RedisConnection dial(String purpose, List<Script> scripts) {
        var place = find();
        var config = config(url.login())
                .clientName("coscribe-" + purpose)
                .database(url.database())
                .build();
        var connection = new RedisConnection(sockets(place, config), config, place);
        try {
            require(connection, new CommandArguments(Command.PING));
            requirePrimary(connection);
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

    /// A replica would answer, with what it has until now. Who may not ask is taken at its word.
    private static void requirePrimary(RedisConnection connection) {
        connection.write(new CommandArguments(Command.INFO).add("replication"));
        connection.flush();
        if (connection.read() instanceof byte[] text && Words.text(text).contains("role:slave")) {
            throw new JedisConnectionException("it is a replica; a relay needs the primary");
        }
    }

    private Place find() {
        if (sentinels.isEmpty()) {
            return url.places().getFirst();
        }
        var found = sentinels.get().primary();
        primary = Optional.of(found);
        return found;
    }

    /// Asks the Sentinels again, where there are any. Blocks.
    ///
    /// @throws redis.clients.jedis.exceptions.JedisException  where none knows
    void lookAgain() {
        if (sentinels.isPresent()) {
            var _ = find();
        }
    }

    /// Whether another connection may reach another server.
    boolean mayFindAnother() {
        return sentinels.isPresent();
    }

    /// Whether the primary is known to be somewhere else.
    boolean hasMoved(RedisConnection connection) {
        return primary.filter(place -> !place.equals(connection.place())).isPresent();
    }

    String address() {
        return url.address();
    }

    private static JedisSocketFactory sockets(Place place, JedisClientConfig config) {
        var sockets = new DefaultJedisSocketFactory(new HostAndPort(place.host(), place.port()), config);
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

    private DefaultJedisClientConfig.Builder config(Optional<Login> login) {
        var config = DefaultJedisClientConfig.builder()
                .resp2()
                .autoNegotiateProtocol(false)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .connectionTimeoutMillis(
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .socketTimeoutMillis(Math.toIntExact(settings.connectTimeout().toMillis()))
                .blockingSocketTimeoutMillis(0)
                .ssl(url.tls());
        login.ifPresent(to -> {
            to.user().ifPresent(config::user);
            config.password(to.password());
        });
        if (url.tls()) {
            var parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must name the host
            config.sslParameters(parameters);
            settings.trust().ifPresent(config::sslSocketFactory);
        }
        return config;
    }
}
