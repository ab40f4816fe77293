package coscribe.relay.store;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// A feed that loses, repeats and delays announcements, as a plan says; late ones run on the
/// executor it is given, so that they overtake each other as a seeded scheduler decides.
public final class FeedFaults implements DocumentFeed {
    public enum Fault {
        NONE,
        LOSE,
        REPEAT,
        DELAY
    }

    private final DocumentFeed feed;
    private final Supplier<Fault> plan;
    private final Executor later;
    private final Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
    private int published;

    /// @param plan  asked once for each announcement to each listener
    public FeedFaults(DocumentFeed feed, Supplier<Fault> plan, Executor later) {
        this.feed = feed;
        this.plan = plan;
        this.later = later;
    }

    /// How often soft state was handed to everybody so far.
    public synchronized int published() {
        return published;
    }

    /// How many announcements suffered each fault so far.
    public synchronized Map<Fault, Integer> seen() {
        return Map.copyOf(seen);
    }

    private void announce(Runnable announcement) {
        var fault = plan.get();
        synchronized (this) {
            seen.merge(fault, 1, Integer::sum);
        }
        switch (fault) {
            case NONE -> announcement.run();
            case LOSE -> {}
            case REPEAT -> {
                announcement.run();
                later.execute(announcement);
            }
            case DELAY -> later.execute(announcement);
        }
    }

    @Override
    public CompletionStage<Void> follow(DocumentId document, Listener listener) {
        return feed.follow(document, new Listener() {
            @Override
            public void committed(List<LogEntry> entries) {
                announce(() -> listener.committed(entries));
            }

            @Override
            public void headMoved(Revision head) {
                announce(() -> listener.headMoved(head));
            }

            @Override
            public void presence(byte[] message) {
                announce(() -> listener.presence(message));
            }

            @Override
            public void accessChanged() {
                announce(listener::accessChanged);
            }

            @Override
            public void interrupted() {
                listener.interrupted();
            }
        });
    }

    @Override
    public void unfollow(DocumentId document) {
        feed.unfollow(document);
    }

    @Override
    public CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message) {
        synchronized (this) {
            published++;
        }
        return feed.publishPresence(document, message);
    }

    @Override
    public void close() {
        feed.close();
    }
}
