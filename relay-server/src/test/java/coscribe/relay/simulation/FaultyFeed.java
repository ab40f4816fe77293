package coscribe.relay.simulation;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.LogEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/// One relay's subscription: loses, repeats, delays and so reorders what it brings.
final class FaultyFeed implements DocumentFeed {
    private final World world;
    private final DocumentFeed feed;
    private final Brought brought;
    private final BooleanSupplier alive;

    FaultyFeed(World world, DocumentFeed feed, Brought brought, BooleanSupplier alive) {
        this.world = world;
        this.feed = feed;
        this.brought = brought;
        this.alive = alive;
    }

    @Override
    public CompletionStage<Void> follow(DocumentId document, Listener listener) {
        brought.follows();
        return feed.follow(document, new Faulty(listener));
    }

    @Override
    public void unfollow(DocumentId document) {
        feed.unfollow(document);
    }

    @Override
    public CompletionStage<Boolean> publishPresence(DocumentId document, byte[] message) {
        var answer = new CompletableFuture<Boolean>();
        if (alive.getAsBoolean()) {
            feed.publishPresence(document, message)
                    .thenAccept(others -> world.scheduler.at(world.delay(), () -> {
                        if (alive.getAsBoolean()) {
                            answer.complete(others);
                        }
                    }));
        }
        return answer;
    }

    @Override
    public void close() {
        feed.close();
    }

    private final class Faulty implements Listener {
        private final Listener listener;

        Faulty(Listener listener) {
            this.listener = listener;
        }

        private void pass(Runnable word) {
            world.scheduler.at(world.delay(), () -> {
                if (alive.getAsBoolean()) {
                    word.run();
                }
            });
        }

        @Override
        public void committed(List<LogEntry> entries) {
            if (world.faulty(world.feedLoss)) {
                world.seen.saw(Seen.What.LOST_NEWS);
                return;
            }
            if (world.faulty(0.05)) {
                // As for large commits, which are always read: no gap.
                pass(() -> {
                    brought.by(entries);
                    listener.headMoved(entries.getLast().revision());
                });
                return;
            }
            pass(() -> bring(entries));
            if (world.faulty(0.05)) {
                pass(() -> bring(entries));
            }
            if (world.faulty(0.01)) {
                pass(listener::interrupted);
            }
        }

        private void bring(List<LogEntry> entries) {
            brought.by(entries);
            listener.committed(entries);
            var first = entries.getFirst().revision();
            // Where the store forgot, there may be no copy to read for.
            world.require(
                    world.mayDrop() || !brought.isUnreadBefore(first),
                    () -> "what is missing before " + first + " is not read");
        }

        @Override
        public void headMoved(Revision head) {
            if (!world.faulty(world.feedLoss)) {
                pass(() -> listener.headMoved(head));
            }
        }

        @Override
        public void presence(byte[] message) {
            if (!world.faulty(0.2)) {
                pass(() -> listener.presence(message));
            }
        }

        @Override
        public void accessChanged() {
            if (!world.faulty(world.feedLoss)) {
                pass(listener::accessChanged);
            }
        }

        @Override
        public void interrupted() {
            pass(listener::interrupted);
        }
    }
}
