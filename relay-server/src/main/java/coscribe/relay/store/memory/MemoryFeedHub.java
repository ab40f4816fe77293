package coscribe.relay.store.memory;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.Announcer;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Where the feeds of one process meet: what is announced is handed to everybody who follows the
/// document. Each listener is called by its own task on the executor; a single-threaded executor so
/// keeps the order of the log.
public final class MemoryFeedHub implements Announcer {
    private final Executor executor;
    private final Map<DocumentId, List<Following>> followers = new ConcurrentHashMap<>();

    public MemoryFeedHub(Executor executor) {
        this.executor = executor;
    }

    /// A feed of its own for one relay.
    public DocumentFeed open() {
        return new Feed();
    }

    @Override
    public void committed(DocumentId document, List<LogEntry> entries) {
        tell(document, listener -> listener.committed(entries));
    }

    @Override
    public void accessChanged(DocumentId document) {
        tell(document, DocumentFeed.Listener::accessChanged);
    }

    private void tell(DocumentId document, Consumer<DocumentFeed.Listener> message) {
        for (Following following : followers.getOrDefault(document, List.of())) {
            try {
                executor.execute(() -> following.hear(message));
            } catch (RejectedExecutionException e) {
                return; // the process is shutting down, and a feed may lose
            }
        }
    }

    private static final class Following {
        private final DocumentFeed feed;
        private final DocumentFeed.Listener listener;
        private volatile boolean over;

        Following(DocumentFeed feed, DocumentFeed.Listener listener) {
            this.feed = feed;
            this.listener = listener;
        }

        void hear(Consumer<DocumentFeed.Listener> message) {
            if (!over) {
                message.accept(listener);
            }
        }
    }

    private final class Feed implements DocumentFeed {
        @Override
        public CompletionStage<Void> follow(DocumentId document, Listener listener) {
            followers.compute(document, (_, before) -> {
                var after = without(before == null ? List.of() : before);
                after.add(new Following(this, listener));
                return after;
            });
            return CompletableFuture.runAsync(() -> {}, executor);
        }

        @Override
        public void unfollow(DocumentId document) {
            followers.computeIfPresent(document, (_, before) -> {
                var after = without(before);
                return after.isEmpty() ? null : after;
            });
        }

        private List<Following> without(List<Following> before) {
            var after = new CopyOnWriteArrayList<Following>();
            for (Following following : before) {
                if (following.feed == this) {
                    following.over = true;
                } else {
                    after.add(following);
                }
            }
            return after;
        }

        @Override
        public CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message) {
            tell(document, listener -> listener.presence(message));
            boolean others =
                    followers.getOrDefault(document, List.of()).stream().anyMatch(following -> following.feed != this);
            return CompletableFuture.completedStage(others);
        }

        @Override
        public void close() {
            List.copyOf(followers.keySet()).forEach(this::unfollow);
        }
    }
}
