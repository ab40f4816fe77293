package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.StoreUnsafeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Relaxed, where Redis has replicas: what strict would have had confirmed before it is told is
/// confirmed after it was, within a bound ({@link Unconfirmed}), or nothing more is told (ADR 0028).
///
/// About twice a second, while something is told, a mark is written on the connection on which commits
/// are, and then looked for on another, with a `WAIT` behind: a server that has the mark has everything
/// before it, and so have replicas that have what was written where it was found. So no commit ever
/// waits for a replica.
final class Relaxed {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration MARK_KEPT = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Relaxed.class);

    private final Line commands;
    private final Line replicas;
    private final Unconfirmed unconfirmed;
    private final LongSupplier nanoTime;
    private final byte[] key;
    private final AtomicBoolean asking = new AtomicBoolean();
    private Optional<String> logged = Optional.empty();
    private long mark;
    private long askedAtNanos;

    /// @param commands  where commits are
    /// @param replicas  where is waited for replicas
    /// @param atRisk    the bound
    /// @param relay     this relay, as none besides is called
    Relaxed(Line commands, Line replicas, Duration atRisk, LongSupplier nanoTime, String relay) {
        this.commands = commands;
        this.replicas = replicas;
        this.unconfirmed = new Unconfirmed(atRisk, nanoTime);
        this.nanoTime = nanoTime;
        this.key = Words.bytes("cs:mark:" + relay);
        this.askedAtNanos = nanoTime.getAsLong() - EVERY.toNanos();
    }

    /// Why edits are not taken now, for an administrator.
    Optional<String> doubt() {
        return unconfirmed.doubt();
    }

    /// Called every now and then, by one thread.
    void beat() {
        log(doubt());
        long now = nanoTime.getAsLong();
        if (!unconfirmed.isSomething() || now - askedAtNanos < EVERY.toNanos() || !asking.compareAndSet(false, true)) {
            return;
        }
        askedAtNanos = now;
        unconfirmed.asking();
        long number = ++mark;
        var _ = commands.send(new Words(redis.clients.jedis.Protocol.Command.SET)
                        .add(key)
                        .add(number)
                        .add("PX")
                        .add(MARK_KEPT.toMillis()))
                .thenCompose(_ -> replicas.send(
                        Script.MARKED.call(key).add(number).add(MARK_KEPT.toMillis()),
                        Optional.empty(),
                        reply -> reply.number() == 1,
                        true))
                .whenComplete((found, failure) -> {
                    if (failure != null) {
                        heard(Optional.of(String.valueOf(cause(failure).getMessage())));
                    } else if (found) {
                        heard(Optional.empty());
                    } else {
                        heard(Optional.of("another server was asked than the one that took it"));
                    }
                });
    }

    private void heard(Optional<String> doubt) {
        unconfirmed.answered(doubt);
        asking.set(false);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void log(Optional<String> doubt) {
        if (doubt.isPresent() && logged.isEmpty()) {
            LOG.warn("event=writes_refused reason=\"{}\"", doubt.get());
        } else if (doubt.isEmpty() && logged.isPresent()) {
            LOG.info("event=writes_taken_again");
        }
        logged = doubt;
    }

    /// The same connection, on which is answered at once what replicas had to confirm.
    Line over(Line line) {
        return new Line() {
            @Override
            public <T> CompletionStage<T> send(
                    Words words, Optional<DocumentId> document, Command.Decoder<T> decoder, boolean confirm) {
                var answer = line.send(words, document, decoder, false);
                return confirm ? answer.thenApply(this::told) : answer;
            }

            private <T> T told(T answer) {
                unconfirmed.tell();
                return answer;
            }

            @Override
            public boolean confirms() {
                return false;
            }

            @Override
            public void close() {
                line.close();
            }
        };
    }

    /// The same feed; what it must not tell is read from the log once that may be told.
    DocumentFeed over(DocumentFeed feed) {
        return new DocumentFeed() {
            @Override
            public CompletionStage<Void> follow(DocumentId document, Listener listener) {
                return feed.follow(document, new Told(listener));
            }

            @Override
            public void unfollow(DocumentId document) {
                feed.unfollow(document);
            }

            @Override
            public CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message) {
                return feed.publishPresence(document, message);
            }

            @Override
            public void close() {
                feed.close();
            }
        };
    }

    private final class Told implements DocumentFeed.Listener {
        private final DocumentFeed.Listener listener;

        Told(DocumentFeed.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void committed(List<LogEntry> entries) {
            try {
                unconfirmed.tell();
            } catch (StoreUnsafeException _) {
                listener.headMoved(entries.getLast().revision());
                return;
            }
            listener.committed(entries);
        }

        @Override
        public void headMoved(Revision head) {
            listener.headMoved(head);
        }

        @Override
        public void presence(byte[] message) {
            listener.presence(message);
        }

        @Override
        public void accessChanged() {
            listener.accessChanged();
        }

        @Override
        public void interrupted() {
            listener.interrupted();
        }
    }
}
