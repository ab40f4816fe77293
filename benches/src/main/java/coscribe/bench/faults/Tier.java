package coscribe.bench.faults;

import coscribe.bench.process.RedisChild;
import coscribe.bench.process.RelayCache;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.WatchedRedis;
import coscribe.bench.session.StoredLog;
import coscribe.kit.FaultProxy;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.cli.load.NewDocuments;
import coscribe.relay.ops.AdminSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Relays in processes of their own and their store, with a network that can be spoilt in front of
/// the relays (by chance, nothing sticks) and between each relay and Redis.
final class Tier implements AutoCloseable {
    private static final String TOKENS_LAST_SECONDS = "3600";

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Optional<RedisChild> redis;
    private final Optional<WatchedRedis> watched;
    private final Keeping keeping;
    private final List<RelayChild> relays = new ArrayList<>();
    private final List<FaultProxy> behind = new ArrayList<>();
    private final FaultProxy front;
    private final RandomGenerator random;

    /// Where what is saved is kept, and what that promises.
    enum Keeping {
        /// With the only relay.
        EMBEDDED,
        /// In one Redis, strict.
        REDIS,
        /// In a primary and a replica that Sentinels watch, strict.
        WATCHED,
        /// The same, relaxed.
        WATCHED_RELAXED
    }

    /// What runs.
    ///
    /// @param relays     how many
    /// @param downAfter  how long Sentinels wait for a server, where there are any
    /// @param drain      how much time a relay gives people to go elsewhere when it is told to end
    /// @param java       options of the relays' Java
    record Layout(Keeping keeping, int relays, Duration downAfter, Duration drain, List<String> java) {
        Layout(Keeping keeping, int relays) {
            this(keeping, relays, Duration.ofSeconds(5), Duration.ofSeconds(1), List.of());
        }

        Layout withDownAfter(Duration wait) {
            return new Layout(keeping, relays, wait, drain, java);
        }

        Layout withDrain(Duration time) {
            return new Layout(keeping, relays, downAfter, time, java);
        }

        Layout withJava(String... options) {
            return new Layout(keeping, relays, downAfter, drain, List.of(options));
        }
    }

    Tier(Path home, Path folder, Layout layout, RandomGenerator random) {
        this.random = random;
        this.keeping = layout.keeping();
        var downAfter = layout.downAfter();
        try {
            redis = keeping == Keeping.REDIS
                    ? Optional.of(RedisChild.start(folder, RedisChild.Keeping.ALWAYS))
                    : Optional.empty();
            redis.ifPresent(toClose::push);
            watched = switch (keeping) {
                case EMBEDDED, REDIS -> Optional.empty();
                case WATCHED -> Optional.of(WatchedRedis.start(folder, RedisChild.Keeping.ALWAYS, downAfter, random));
                case WATCHED_RELAXED ->
                    Optional.of(WatchedRedis.start(folder, RedisChild.Keeping.EVERY_SECOND, downAfter, random));
            };
            watched.ifPresent(toClose::push);
            RelayCache.make(home);
            for (int i = 0; i < layout.relays(); i++) {
                var relay = RelayChild.startCounting(
                        "relay" + (i + 1), home, folder, store(), layout.java(), layout.drain());
                this.relays.add(relay);
                toClose.push(relay);
            }
            front = new FaultProxy(
                    random,
                    this.relays.stream()
                            .map(relay -> FaultProxy.local(relay.port()))
                            .toList());
            toClose.push(front);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private RelayChild.Store store() {
        return switch (keeping) {
            case EMBEDDED -> new RelayChild.Store.Embedded();
            case REDIS -> {
                var proxy = new FaultProxy(random, List.of(FaultProxy.local(redis().port())));
                behind.add(proxy);
                toClose.push(proxy);
                yield new RelayChild.Store.Redis("redis://127.0.0.1:" + proxy.port(), true);
            }
            case WATCHED -> new RelayChild.Store.Watched(watched().url(), "strict", 1);
            case WATCHED_RELAXED -> new RelayChild.Store.Watched(watched().url(), "relaxed", 1);
        };
    }

    List<RelayChild> relays() {
        return relays;
    }

    RedisChild redis() {
        return redis.orElseThrow();
    }

    WatchedRedis watched() {
        return watched.orElseThrow();
    }

    /// Between everybody who types and the relays.
    FaultProxy front() {
        return front;
    }

    /// Between each relay and its one Redis.
    List<FaultProxy> behind() {
        return behind;
    }

    /// Documents that everybody who has a token for them may edit.
    List<DocumentId> documents(int count) {
        return NewDocuments.make(
                FaultProxy.local(relays.getFirst().port()),
                token(Map.of("user", "maker")),
                DeviceId.random(random),
                count);
    }

    /// An access token for somebody who may edit one document.
    String token(String user, DocumentId document) {
        return token(Map.of("user", user, "doc", document.hex(), "role", "editor"));
    }

    private String token(Map<String, String> who) {
        var request = new HashMap<>(who);
        request.put("command", "token.issue");
        request.put("seconds", TOKENS_LAST_SECONDS);
        return ask(request, "token");
    }

    /// A link that lets somebody in, as the first relay writes it.
    String invite() {
        return ask(
                Map.of("command", "invite.create", "role", "editor", "seconds", TOKENS_LAST_SECONDS, "uses", "1"),
                "link");
    }

    private String ask(Map<String, String> request, String wanted) {
        try {
            var answer = AdminSocket.ask(relays.getFirst().data(), request)
                    .orElseThrow(() -> new IllegalStateException("the relay does not answer its administrator"));
            return Optional.ofNullable(answer.get(wanted))
                    .orElseThrow(() -> new IllegalStateException("no " + wanted + ": " + answer));
        } catch (IOException e) {
            throw new UncheckedIOException("the relay's administrator was not answered", e);
        }
    }

    /// Ends the relays, and reads what they left of a document.
    StoredLog stored(DocumentId document) {
        relays.forEach(RelayChild::close);
        return redis.map(RedisChild::url)
                .or(() -> watched.map(WatchedRedis::url))
                .map(url -> StoredLog.ofRedis(url, document))
                .orElseGet(() -> StoredLog.ofEmbedded(relays.getFirst().data(), document));
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a child did not end", e);
            }
        }
    }
}
