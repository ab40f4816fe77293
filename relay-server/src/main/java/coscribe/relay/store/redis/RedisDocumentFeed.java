package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.StoreMetrics;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Subscriptions, on a connection of their own. When it breaks, a new one takes up all of them, and
/// each listener hears that something may have been missed. Listeners are called on its one thread.
final class RedisDocumentFeed implements DocumentFeed, Lifeline.Use {
    private static final Duration SILENCE_BEFORE_PING = Duration.ofSeconds(3);
    private static final Duration SILENCE_BEFORE_GIVING_UP = Duration.ofSeconds(8);
    /// Presence is dropped where this part of the room for waiting commands is taken.
    private static final double TOO_BUSY_FOR_PRESENCE = 0.25;

    private static final Logger log = LoggerFactory.getLogger(RedisDocumentFeed.class);

    private final CommandLine commands;
    private final Dialer dialer;
    private final StoreMetrics metrics;
    private final long timeoutNanos;
    private final Lifeline lifeline;

    /// Guards everything below.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<DocumentId, Following> followings = new HashMap<>();
    private final ArrayDeque<Request> unsent = new ArrayDeque<>();
    /// Answers come in the order of the requests.
    private final ArrayDeque<Request> unanswered = new ArrayDeque<>();
    private boolean writing;
    private @Nullable RedisConnection connection;
    private long heardAtNanos;
    private boolean pinged;
    private boolean closed;

    private record Following(Listener listener, CompletableFuture<Void> confirmed, long deadlineNanos) {}

    private sealed interface Request {
        /// @param again  on a new connection, after one that was lost
        record Subscribe(DocumentId document, Following following, boolean again) implements Request {}

        record Unsubscribe(DocumentId document) implements Request {}

        record Ping() implements Request {}
    }

    RedisDocumentFeed(
            Dialer dialer, RandomGenerator random, CommandLine commands, Duration timeout, StoreMetrics metrics) {
        this.metrics = metrics;
        this.commands = commands;
        this.dialer = dialer;
        this.timeoutNanos = timeout.toNanos();
        this.lifeline = new Lifeline("feed", dialer, List.of(), random, metrics, this);
    }

    void start() {
        lifeline.start();
    }

    @Override
    public CompletionStage<Void> follow(DocumentId document, Listener listener) {
        var following = new Following(listener, new CompletableFuture<>(), System.nanoTime() + timeoutNanos);
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedStage(new StoreUnavailableException("the feed is closed"));
            }
            var before = followings.put(document, following);
            if (before != null) {
                chain(following, before);
            }
            if (connection != null) {
                unsent.add(new Request.Subscribe(document, following, false));
            }
        } finally {
            lock.unlock();
        }
        write();
        return following.confirmed();
    }

    /// Who was replaced while waiting is answered together with its successor.
    private static void chain(Following successor, Following before) {
        var _ = successor.confirmed().whenComplete((_, failure) -> {
            if (failure == null) {
                complete(before);
            } else {
                before.confirmed().completeExceptionally(failure);
            }
        });
    }

    private static void complete(Following following) {
        var _ = following.confirmed().completeAsync(() -> null, Runnable::run);
    }

    @Override
    public void unfollow(DocumentId document) {
        Following before;
        lock.lock();
        try {
            before = followings.remove(document);
            if (before != null && connection != null) {
                unsent.add(new Request.Unsubscribe(document));
            }
        } finally {
            lock.unlock();
        }
        if (before != null) {
            before.confirmed().completeExceptionally(new StoreUnavailableException("not followed any longer"));
        }
        write();
    }

    @Override
    public CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message) {
        if (commands.load() >= TOO_BUSY_FOR_PRESENCE) {
            metrics.presenceNotPublished();
            return CompletableFuture.completedStage(true);
        }
        var words = new Words(Command.PUBLISH)
                .add(new DocumentKeys(document).channel())
                .add(FeedMessage.presence(message));
        return commands.send(words, Optional.empty(), listening -> listening.number() > 1, false)
                .exceptionally(failure -> true);
    }

    /// Has what is unsent written by a thread that may wait for the socket.
    private void write() {
        lock.lock();
        try {
            if (writing || connection == null || unsent.isEmpty()) {
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("redis-feed-write").start(this::writeAll);
    }

    private void writeAll() {
        while (true) {
            RedisConnection wire;
            List<Request> requests;
            lock.lock();
            try {
                if (connection == null || unsent.isEmpty()) {
                    writing = false;
                    return;
                }
                wire = connection;
                requests = new ArrayList<>(unsent);
                unanswered.addAll(unsent);
                unsent.clear();
            } finally {
                lock.unlock();
            }
            try {
                for (Request request : requests) {
                    wire.write(words(request).arguments());
                }
                wire.flush();
            } catch (JedisException e) {
                wire.sever(); // the reader sees it, and everything is asked anew
            }
        }
    }

    private static Words words(Request request) {
        return switch (request) {
            case Request.Subscribe subscribe -> words(Command.SUBSCRIBE, subscribe.document());
            case Request.Unsubscribe(var document) -> words(Command.UNSUBSCRIBE, document);
            case Request.Ping() -> new Words(Command.PING);
        };
    }

    private static Words words(ProtocolCommand command, DocumentId document) {
        return new Words(command).add(new DocumentKeys(document).channel());
    }

    @Override
    public void use(RedisConnection wire) {
        lock.lock();
        try {
            connection = wire;
            pinged = false;
            heardAtNanos = System.nanoTime();
            followings.forEach((document, following) -> unsent.add(new Request.Subscribe(
                    document, following, following.confirmed().isDone())));
        } finally {
            lock.unlock();
        }
        write();
        while (true) {
            heard(wire.read());
        }
    }

    private void heard(Object raw) {
        lock.lock();
        try {
            heardAtNanos = System.nanoTime();
            pinged = false;
        } finally {
            lock.unlock();
        }
        if (raw instanceof JedisDataException refused) {
            answered(new StoreUnavailableException("Redis refused a subscription: " + refused.getMessage(), refused));
            return;
        }
        var reply = new Reply(raw);
        if (reply.word().equals("message")) {
            document(reply.at(1).text())
                    .ifPresent(document -> announce(document, reply.at(2).bytes()));
        } else {
            answered(null);
        }
    }

    private static Optional<DocumentId> document(String channel) {
        int open = channel.indexOf('{');
        int shut = channel.indexOf('}');
        return open < 0 || shut < open
                ? Optional.empty()
                : Optional.of(new DocumentId(channel.substring(open + 1, shut)));
    }

    private void announce(DocumentId document, byte[] message) {
        Following following;
        lock.lock();
        try {
            following = followings.get(document);
        } finally {
            lock.unlock();
        }
        if (following == null) {
            return; // no longer
        }
        var listener = following.listener();
        try {
            switch (FeedMessage.parse(message)) {
                case FeedMessage.Committed(var entries) -> listener.committed(entries);
                case FeedMessage.HeadMoved(var head) -> listener.headMoved(head);
                case FeedMessage.AccessChanged() -> listener.accessChanged();
                case FeedMessage.Presence(var bytes) -> listener.presence(bytes);
            }
        } catch (RuntimeException e) {
            log.error("a message was not taken document={} bytes={}", document, message.length, e);
        }
    }

    private void answered(@Nullable StoreUnavailableException refusal) {
        Request request;
        boolean current = false;
        lock.lock();
        try {
            request = unanswered.poll();
            if (request instanceof Request.Subscribe(var document, var following, var _)) {
                current = followings.get(document) == following;
                if (refusal != null && current) {
                    followings.remove(document);
                }
            }
        } finally {
            lock.unlock();
        }
        if (request instanceof Request.Subscribe(var document, var following, boolean again) && current) {
            if (refusal != null) {
                log.error("not subscribed document={} cause=\"{}\"", document, refusal.getMessage());
                following.confirmed().completeExceptionally(refusal);
            } else if (again) {
                interrupted(document, following);
            } else {
                complete(following);
            }
        }
    }

    private static void interrupted(DocumentId document, Following following) {
        try {
            following.listener().interrupted();
        } catch (RuntimeException e) {
            log.error("an interruption was not taken document={}", document, e);
        }
    }

    @Override
    public void lost(String cause) {
        lock.lock();
        try {
            connection = null;
            unsent.clear();
            unanswered.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Called every now and then: asks a silent connection whether it lives, gives up one that does
    /// not, and fails who waited too long to be subscribed.
    void expire() {
        var overdue = new ArrayList<Following>();
        long now = System.nanoTime();
        lock.lock();
        try {
            long silence = now - heardAtNanos;
            boolean gone = silence > SILENCE_BEFORE_GIVING_UP.toNanos();
            if (connection != null && (gone || dialer.hasMoved(connection))) {
                connection.sever();
            } else if (connection != null && silence > SILENCE_BEFORE_PING.toNanos() && !pinged) {
                pinged = true;
                unsent.add(new Request.Ping());
            }
            followings.values().removeIf(following -> {
                boolean late = !following.confirmed().isDone() && now - following.deadlineNanos() > 0;
                if (late) {
                    overdue.add(following);
                }
                return late;
            });
        } finally {
            lock.unlock();
        }
        write();
        overdue.forEach(following -> following
                .confirmed()
                .completeExceptionally(new StoreUnavailableException("Redis did not subscribe in time")));
    }

    @Override
    public void close() {
        var left = new ArrayList<Following>();
        lock.lock();
        try {
            closed = true;
            left.addAll(followings.values());
            followings.clear();
        } finally {
            lock.unlock();
        }
        lifeline.close();
        left.forEach(following ->
                following.confirmed().completeExceptionally(new StoreUnavailableException("the feed is closed")));
    }
}
