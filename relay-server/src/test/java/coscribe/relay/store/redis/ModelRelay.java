package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One relay's way to a {@link RedisModel}: the product's own store over lines that carry flights in
/// order, end with their server, and find the primary again after a while.
public final class ModelRelay {
    private final RedisModel model;
    private final Confirmation confirmation;
    private final LongSupplier delay;
    private final LongSupplier finds;
    private final DocumentStore documents;
    private final DocumentFeed feed;
    private final Gate gate;

    /// @param delay  one way to the server, in microseconds
    /// @param finds  how long it takes until a relay has found who is the primary now
    public ModelRelay(
            RedisModel model, RedisSettings settings, InstantSource clock, LongSupplier delay, LongSupplier finds) {
        this.model = model;
        this.confirmation = settings.confirmation();
        this.delay = delay;
        this.finds = finds;
        var commands = new ModelLine(Confirmation.NONE);
        var relaxed = Optional.of(settings.laterConfirmation())
                .filter(Confirmation::isNeeded)
                .map(asked -> new Relaxed(
                        commands,
                        new ModelLine(asked),
                        settings.atRisk(),
                        () -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()),
                        model.nameOfRelay()));
        relaxed.ifPresent(this::beat);
        this.gate = new Gate(() -> relaxed.flatMap(Relaxed::doubt));
        Line bulk = new ModelLine(confirmation);
        Line commits = relaxed.isPresent() ? commands : new ModelLine(confirmation);
        this.documents = new RedisDocumentStore(
                relaxed.map(bounded -> bounded.over(commits)).orElse(commits),
                commands,
                relaxed.map(bounded -> bounded.over(bulk)).orElse(bulk),
                gate,
                clock,
                Limits.BASE_AGE);
        var subscriptions = new Feed(commands);
        this.feed = relaxed.map(bounded -> bounded.over(subscriptions)).orElse(subscriptions);
    }

    private void beat(Relaxed relaxed) {
        model.beat().at(50_000, () -> {
            relaxed.beat();
            beat(relaxed);
        });
    }

    /// Why edits are not taken now.
    public Optional<String> writesRefused() {
        return gate.shut();
    }

    public DocumentStore documents() {
        return documents;
    }

    public DocumentFeed feed() {
        return feed;
    }

    /// Where one connection leads: to a server, until that ends or the relay finds another primary.
    private final class Way {
        private RedisModel.Server server = model.primary();
        private boolean looking;
        private final Runnable moved;

        Way(Runnable moved) {
            this.moved = moved;
        }

        /// The server, where it can be reached now.
        Optional<RedisModel.Server> reached() {
            if (server != model.primary() && !looking) {
                long wait = finds.getAsLong();
                if (wait == 0) {
                    server = model.primary();
                    moved.run();
                    return Optional.of(server);
                }
                looking = true;
                model.beat().at(wait, () -> {
                    looking = false;
                    server = model.primary();
                    moved.run();
                });
            }
            return server.isAlive() ? Optional.of(server) : Optional.empty();
        }

        boolean leadsTo(RedisModel.Server at) {
            return server == at && at.isAlive();
        }
    }

    private final class ModelLine implements Line {
        private final Confirmation asked;
        private final ArrayDeque<Command<?>> waiting = new ArrayDeque<>();
        private RedisModel.Peer peer = new RedisModel.Peer();
        private final Way way = new Way(() -> peer = new RedisModel.Peer());
        private boolean flying;

        ModelLine(Confirmation asked) {
            this.asked = asked;
        }

        @Override
        public <T> CompletionStage<T> send(
                Words words, Optional<DocumentId> document, Command.Decoder<T> decoder, boolean confirm) {
            var command = new Command<>(
                    words, document, decoder, new CompletableFuture<T>(), 0, confirm && asked.isNeeded(), false);
            waiting.add(command);
            takeOff();
            return command.answer();
        }

        private void takeOff() {
            if (flying || waiting.isEmpty()) {
                return;
            }
            flying = true;
            model.beat().at(delay.getAsLong(), () -> {
                var flight = List.copyOf(waiting);
                waiting.clear();
                way.reached().ifPresentOrElse(server -> arrive(server, flight), () -> lost(flight));
            });
        }

        private void arrive(RedisModel.Server server, List<Command<?>> flight) {
            var replies = new ArrayList<@Nullable Object>();
            for (Command<?> command : flight) {
                replies.add(server.run(peer, words(command.words())));
            }
            if (flight.stream().noneMatch(Command::confirm)) {
                land(server, flight, replies, Optional.empty());
                return;
            }
            var wait = words(asked.words());
            server.await(
                    peer,
                    Integer.parseInt(wait.get(1)),
                    Long.parseLong(wait.get(2)) * 1_000,
                    reply -> land(server, flight, replies, asked.doubt(reply)));
        }

        private void land(
                RedisModel.Server server,
                List<Command<?>> flight,
                List<@Nullable Object> replies,
                Optional<StoreUnsafeException> doubt) {
            model.beat().at(delay.getAsLong(), () -> {
                if (!way.leadsTo(server)) {
                    lost(flight);
                    return;
                }
                flying = false;
                for (int i = 0; i < flight.size(); i++) {
                    flight.get(i).land(replies.get(i), doubt);
                }
                takeOff();
            });
        }

        private void lost(List<Command<?>> flight) {
            flying = false;
            flight.forEach(command -> command.failed(new StoreUnavailableException("the model's connection ended")));
            takeOff();
        }

        @Override
        public boolean confirms() {
            return asked.isNeeded();
        }

        @Override
        public void close() {}
    }

    /// As Redis' client sends it.
    static List<String> words(Words words) {
        var all = new ArrayList<String>();
        words.arguments().forEach(each -> all.add(ModelKeys.text(each.getRaw())));
        return all;
    }

    private final class Feed implements DocumentFeed {
        private final Line commands;
        private final Map<DocumentId, Following> followed = new HashMap<>();

        Feed(Line commands) {
            this.commands = commands;
        }

        @Override
        public CompletionStage<Void> follow(DocumentId document, Listener listener) {
            unfollow(document);
            var following = new Following(document, listener);
            followed.put(document, following);
            following.subscribe();
            return following.confirmed;
        }

        @Override
        public void unfollow(DocumentId document) {
            var before = followed.remove(document);
            if (before != null) {
                before.end();
            }
        }

        @Override
        public CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message) {
            var words = new Words(redis.clients.jedis.Protocol.Command.PUBLISH)
                    .add(new DocumentKeys(document).channel())
                    .add(FeedMessage.presence(message));
            return commands.send(words, Optional.empty(), listening -> listening.number() > 1, false)
                    .exceptionally(failure -> true);
        }

        @Override
        public void close() {
            List.copyOf(followed.keySet()).forEach(this::unfollow);
        }
    }

    private final class Following implements RedisModel.Subscriber {
        private final DocumentId document;
        private final DocumentFeed.Listener listener;
        private final CompletableFuture<Void> confirmed = new CompletableFuture<>();
        private final Way way = new Way(this::moved);
        private RedisModel.@Nullable Server at;
        private boolean ended;

        Following(DocumentId document, DocumentFeed.Listener listener) {
            this.document = document;
            this.listener = listener;
        }

        void subscribe() {
            model.beat().at(delay.getAsLong(), () -> {
                if (ended) {
                    return;
                }
                var server = way.reached();
                if (server.isEmpty()) {
                    return; // `moved` comes
                }
                at = server.get();
                at.subscribe(document, this);
                if (confirmed.isDone()) {
                    listener.interrupted();
                } else {
                    confirmed.complete(null);
                }
                watch();
            });
        }

        /// A relay asks now and then whether the primary is still where it was.
        private void watch() {
            model.beat().at(1_000_000, () -> {
                if (!ended && at != null) {
                    var _ = way.reached();
                    watch();
                }
            });
        }

        private void moved() {
            leave();
            subscribe();
        }

        private void leave() {
            if (at != null) {
                at.unsubscribe(this);
                at = null;
            }
        }

        @Override
        public void published(byte[] message) {
            model.beat().at(delay.getAsLong(), () -> {
                if (ended) {
                    return;
                }
                switch (FeedMessage.parse(message)) {
                    case FeedMessage.Committed(var entries) -> listener.committed(entries);
                    case FeedMessage.HeadMoved(var head) -> listener.headMoved(head);
                    case FeedMessage.AccessChanged() -> listener.accessChanged();
                    case FeedMessage.Presence(var bytes) -> listener.presence(bytes);
                }
            });
        }

        @Override
        public void lost() {
            var _ = way.reached();
        }

        void end() {
            ended = true;
            leave();
            confirmed.completeExceptionally(new StoreUnavailableException("not followed any longer"));
        }
    }
}
