package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/// A Redis with replicas, as far as relays meet it: one primary that answers before its replicas have
/// what was written, links that lag and are cut, `WAIT`, and a failover that puts a replica in the
/// primary's place with what it has. Runs on a simulation's scheduler; scripts are the product's own.
///
/// `WAIT` covers what was written on its connection before, which is what Redis promises; the real one
/// covers what was read as well.
public final class RedisModel {
    /// What the simulation lends.
    public interface Beat {
        void at(long inMicros, Runnable task);
    }

    /// Hears what goes over the lines to the primary, in bytes of Redis' protocol.
    public interface Traffic {
        /// @param what  the script's name, or the command's
        void command(String what, int bytes, int replyBytes);

        /// To each who follows the channel.
        ///
        /// @param kind  the message's first byte, see `FeedMessage`
        void published(char kind, int receivers, int bytesEach);
    }

    private static final Traffic UNHEARD = new Traffic() {
        @Override
        public void command(String what, int bytes, int replyBytes) {}

        @Override
        public void published(char kind, int receivers, int bytesEach) {}
    };

    private static final Set<String> WRITES = Set.of("SET", "HSET", "HDEL", "DEL", "ZADD");

    private final Beat beat;
    private final InstantSource clock;
    private final LongSupplier lag;
    private final List<Server> servers = new ArrayList<>();
    private Server primary;
    private Traffic traffic = UNHEARD;
    private int relays;

    /// @param lag  how long what was written takes to a replica, and its word back, in microseconds
    public RedisModel(Beat beat, InstantSource clock, LongSupplier lag, int replicas) {
        this.beat = beat;
        this.clock = clock;
        this.lag = lag;
        this.primary = new Server("server-0");
        servers.add(primary);
        for (int i = 1; i <= replicas; i++) {
            var replica = new Server("server-" + i);
            servers.add(replica);
            primary.attach(replica);
        }
    }

    Server primary() {
        return primary;
    }

    public void hear(Traffic hearing) {
        traffic = hearing;
    }

    Beat beat() {
        return beat;
    }

    /// As none besides is called.
    String nameOfRelay() {
        return "relay-" + ++relays;
    }

    public int replicas() {
        return servers.size() - 1;
    }

    /// The link to a replica carries nothing any more, in either direction.
    public void cut(int replica) {
        primary.links.stream().skip(replica).findFirst().ifPresent(link -> link.cut = true);
    }

    /// It carries again, what was written meanwhile first.
    public void mend() {
        primary.links.forEach(Link::mend);
    }

    /// Puts the replica that has most in the primary's place.
    ///
    /// @param dead  whether the old one is gone; else it goes on, cut off, and takes itself for what it was
    public void failOver(boolean dead) {
        var old = primary;
        var best = old.links.stream()
                .max(Comparator.comparingLong(link -> link.replica.offset))
                .orElseThrow()
                .replica;
        old.alive = !dead;
        var others = old.links.stream()
                .map(link -> link.replica)
                .filter(replica -> replica != best)
                .toList();
        old.links.forEach(link -> link.gone = true);
        old.links.clear();
        primary = best;
        best.replica = false;
        others.forEach(best::attachAnew);
        returning = old;
    }

    private @Nullable Server returning;

    /// The one that was replaced comes back as a replica: it takes over what the new primary has.
    public void comeBack() {
        var old = returning;
        if (old != null) {
            returning = null;
            old.demote();
            primary.attachAnew(old);
        }
    }

    /// A new server becomes a replica in the place of the one that was replaced; that one goes on by itself.
    public void supply() {
        var old = returning;
        if (old != null) {
            returning = null;
            servers.remove(old);
            var fresh = new Server(old.name + "-anew");
            servers.add(fresh);
            primary.attachAnew(fresh);
        }
    }

    /// Whether all replicas are attached and reached.
    public boolean isWhole() {
        return primary.links.size() == replicas() && primary.links.stream().noneMatch(link -> link.cut);
    }

    /// Hears what is published.
    interface Subscriber {
        void published(byte[] message);

        /// The server is another one, or no longer what it was.
        void lost();
    }

    /// One server.
    final class Server {
        final String name;
        private ModelKeys keys = new ModelKeys();
        private final ModelScripts scripts = new ModelScripts();
        private long offset;
        private boolean alive = true;
        private boolean replica;
        private final List<Link> links = new ArrayList<>();
        private final List<Waiting> waiting = new ArrayList<>();
        private final Map<String, List<Subscriber>> subscribers = new HashMap<>();

        Server(String name) {
            this.name = name;
        }

        ModelKeys keys() {
            return keys;
        }

        boolean isAlive() {
            return alive;
        }

        private void attach(Server replica) {
            replica.replica = true;
            links.add(new Link(this, replica));
        }

        private void attachAnew(Server replica) {
            replica.keys = keys.copy();
            replica.offset = offset;
            replica.alive = true;
            attach(replica);
        }

        private void demote() {
            for (var wait : List.copyOf(waiting)) {
                wait.answer(new JedisDataException("UNBLOCKED force unblock from blocking operation, instance state"
                        + " changed (master -> replica?)"));
            }
            var all = subscribers.values().stream().flatMap(List::stream).toList();
            subscribers.clear();
            all.forEach(Subscriber::lost);
        }

        /// @return what Jedis would read; errors are values
        @Nullable
        Object run(Peer peer, List<String> words) {
            var unit = new ArrayList<ModelKeys.Write>();
            Object reply;
            try {
                reply = words.getFirst().equals("EVALSHA")
                        ? scripts.run(words, called -> command(called, unit))
                        : command(words, unit);
            } catch (JedisDataException refused) {
                reply = refused;
            }
            if (!unit.isEmpty()) {
                offset++;
                peer.wrote(this, offset);
                links.forEach(link -> link.send(List.copyOf(unit), offset));
            }
            traffic.command(Resp.what(words), Resp.command(words), Resp.answer(reply));
            return reply;
        }

        private @Nullable Object command(List<String> words, List<ModelKeys.Write> unit) {
            if (words.getFirst().equals("PUBLISH")) {
                var hearing = subscribers.getOrDefault(words.get(1), List.of());
                traffic.published(
                        words.get(2).charAt(0),
                        hearing.size(),
                        Resp.command(List.of("message", words.get(1), words.get(2))));
                List.copyOf(hearing).forEach(each -> each.published(ModelKeys.bytes(words.get(2))));
                return (long) hearing.size();
            }
            if (replica && WRITES.contains(words.getFirst())) {
                throw new JedisDataException("READONLY You can't write against a read only replica.");
            }
            return keys.run(words, clock.instant().toEpochMilli(), unit);
        }

        /// Answers once, with how many replicas have what the peer wrote.
        void await(Peer peer, int replicas, long micros, java.util.function.Consumer<Object> answer) {
            if (replica) {
                answer.accept(new JedisDataException("ERR WAIT cannot be used with replica instances."));
                return;
            }
            var wait = new Waiting(peer.wroteAt(this), replicas, answer);
            waiting.add(wait);
            look();
            beat.at(micros, () -> wait.answer(confirmed(wait.offset)));
        }

        private long confirmed(long at) {
            return links.stream().filter(link -> link.acknowledged >= at).count();
        }

        private void look() {
            for (var wait : List.copyOf(waiting)) {
                long confirmed = confirmed(wait.offset);
                if (confirmed >= wait.replicas) {
                    wait.answer(confirmed);
                }
            }
            waiting.removeIf(wait -> wait.done);
        }

        void subscribe(DocumentId document, Subscriber subscriber) {
            subscribers
                    .computeIfAbsent(ModelKeys.text(new DocumentKeys(document).channel()), _ -> new ArrayList<>())
                    .add(subscriber);
        }

        void unsubscribe(Subscriber subscriber) {
            subscribers.values().forEach(each -> each.remove(subscriber));
        }
    }

    private static final class Waiting {
        private final long offset;
        private final int replicas;
        private final java.util.function.Consumer<Object> answer;
        private boolean done;

        Waiting(long offset, int replicas, java.util.function.Consumer<Object> answer) {
            this.offset = offset;
            this.replicas = replicas;
            this.answer = answer;
        }

        void answer(Object reply) {
            if (!done) {
                done = true;
                answer.accept(reply);
            }
        }
    }

    /// From a primary to a replica, in order.
    private final class Link {
        private final Server from;
        private final Server replica;
        private long acknowledged;
        private boolean cut;
        private boolean gone;
        private final List<Runnable> held = new ArrayList<>();

        Link(Server from, Server replica) {
            this.from = from;
            this.replica = replica;
            this.acknowledged = replica.offset;
        }

        void send(List<ModelKeys.Write> unit, long offset) {
            Runnable arrival = () -> {
                for (ModelKeys.Write write : unit) {
                    var _ = replica.keys.run(write.words(), clock.instant().toEpochMilli(), new ArrayList<>());
                }
                replica.offset = offset;
                beat.at(lag.getAsLong(), () -> heard(offset));
            };
            held.add(arrival);
            beat.at(lag.getAsLong(), this::next);
        }

        /// Whatever the times, what was written first arrives first.
        private void next() {
            if (!gone && !cut && !held.isEmpty()) {
                held.removeFirst().run();
            }
        }

        private void heard(long offset) {
            if (!gone && !cut) {
                acknowledged = Math.max(acknowledged, offset);
                from.look();
            }
        }

        void mend() {
            if (cut && !gone) {
                cut = false;
                int late = held.size();
                for (int i = 0; i < late; i++) {
                    beat.at(lag.getAsLong(), this::next);
                }
                // Its word on what it had before was lost with the link; it is said again.
                beat.at(lag.getAsLong(), () -> heard(replica.offset));
            }
        }
    }

    /// One connection, as a server knows it.
    static final class Peer {
        private @Nullable Server server;
        private long offset;

        void wrote(Server at, long to) {
            server = at;
            offset = to;
        }

        long wroteAt(Server at) {
            return server == at ? offset : 0;
        }
    }
}
