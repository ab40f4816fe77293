package coscribe.bench.faults;

import coscribe.bench.process.RedisChild;
import coscribe.bench.process.RelayChild;
import coscribe.bench.session.StoredLog;
import coscribe.kit.FaultProxy;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.cli.load.NewDocuments;
import coscribe.relay.ops.AdminSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
    private final List<RelayChild> relays = new ArrayList<>();
    private final List<FaultProxy> behind = new ArrayList<>();
    private final FaultProxy front;
    private final RandomGenerator random;

    /// @param relays  0: one, with the embedded store; else as many on one Redis, strict
    Tier(Path home, Path folder, int relays, RandomGenerator random) {
        this.random = random;
        try {
            redis = relays == 0 ? Optional.empty() : Optional.of(RedisChild.start(folder, RedisChild.Keeping.ALWAYS));
            redis.ifPresent(toClose::push);
            for (int i = 0; i < Math.max(1, relays); i++) {
                var relay = RelayChild.startCounting("relay" + (i + 1), home, folder, store());
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
        if (redis.isEmpty()) {
            return new RelayChild.Store.Embedded();
        }
        var proxy = new FaultProxy(random, List.of(FaultProxy.local(redis.get().port())));
        behind.add(proxy);
        toClose.push(proxy);
        return new RelayChild.Store.Redis("redis://127.0.0.1:" + proxy.port(), true);
    }

    List<RelayChild> relays() {
        return relays;
    }

    RedisChild redis() {
        return redis.orElseThrow();
    }

    /// Between everybody who types and the relays.
    FaultProxy front() {
        return front;
    }

    /// Between each relay and Redis; none with the embedded store.
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
        return redis.map(it -> StoredLog.ofRedis(it.url(), document))
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
