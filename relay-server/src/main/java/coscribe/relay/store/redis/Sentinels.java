package coscribe.relay.store.redis;

import coscribe.relay.store.redis.RedisUrl.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Asks Sentinels which server is the primary. All are asked at once, and of those that answer the one
/// that knows the newest configuration is believed: a Sentinel that was cut off from the others still
/// names the server that they have replaced.
final class Sentinels {
    private final List<Place> places;
    private final String name;
    private final JedisClientConfig config;
    private final Duration patience;

    /// @param patience  how long all of them together have to answer
    Sentinels(List<Place> places, String name, JedisClientConfig config, Duration patience) {
        this.places = List.copyOf(places);
        this.name = name;
        this.config = config;
        this.patience = patience;
    }

    private sealed interface Answer {
        /// @param epoch  of the configuration; grows with each failover
        record At(Place primary, long epoch) implements Answer {}

        record Unknown(String why) implements Answer {}
    }

    /// Returns when most have answered, or all that can. Blocks.
    ///
    /// @throws JedisConnectionException  where none knows
    Place primary() {
        var told = new LinkedBlockingQueue<Answer>();
        for (Place place : places) {
            Thread.ofVirtual().name("redis-sentinel").start(() -> told.add(ask(place)));
        }
        var found = new ArrayList<Answer.At>();
        var problem = "no Sentinel answers within " + patience.toMillis() + " ms";
        long deadline = System.nanoTime() + patience.toNanos();
        for (int heard = 0; heard < places.size() && found.size() <= places.size() / 2; heard++) {
            switch (next(told, deadline - System.nanoTime())) {
                case null -> heard = places.size();
                case Answer.At at -> found.add(at);
                case Answer.Unknown(var why) -> problem = "no Sentinel knows the primary '" + name + "': " + why;
            }
        }
        if (found.isEmpty()) {
            throw new JedisConnectionException(problem);
        }
        return Collections.max(found, Comparator.comparingLong(Answer.At::epoch))
                .primary();
    }

    /// Null when the time is over.
    private static @Nullable Answer next(LinkedBlockingQueue<Answer> told, long nanos) {
        try {
            return told.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException("interrupted while Sentinels were asked", e);
        }
    }

    private Answer ask(Place place) {
        try (var sentinel = new Jedis(new HostAndPort(place.host(), place.port()), config)) {
            var said = sentinel.sentinelMaster(name);
            var host = said.get("ip");
            var port = said.get("port");
            return host == null || port == null
                    ? new Answer.Unknown("Sentinel " + place + " does not say where it is")
                    : new Answer.At(
                            new Place(host, Integer.parseInt(port)),
                            Long.parseLong(said.getOrDefault("config-epoch", "0")));
        } catch (JedisException e) {
            return new Answer.Unknown(String.valueOf(e.getMessage()));
        }
    }
}
