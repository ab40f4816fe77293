package coscribe.relay.simulation;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.memory.MemoryPresence;
import coscribe.relay.store.redis.ModelRelay;
import coscribe.relay.store.redis.RedisModel;
import coscribe.relay.store.redis.RedisSettings;

/// One Redis that nothing happens to, reached by the product's own store and scripts; what goes over
/// the lines to it is counted.
final class CountedTier implements Tier {
    private final Scheduler scheduler;
    private final RedisModel model;
    private final MemoryPresence presence;

    CountedTier(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.presence = new MemoryPresence(scheduler, scheduler);
        this.model = new RedisModel(scheduler::at, scheduler, () -> scheduler.between(50, 500), 0);
    }

    /// Counts into a world's traffic.
    void countInto(Traffic traffic) {
        model.hear(new RedisModel.Traffic() {
            @Override
            public void command(String what, int bytes, int replyBytes) {
                traffic.add("to Redis: " + what, 1, bytes);
                traffic.add("from Redis: " + what, 1, replyBytes);
            }

            @Override
            public void published(char kind, int receivers, int bytesEach) {
                traffic.add("from Redis: news " + kind, receivers, (long) receivers * bytesEach);
            }
        });
    }

    private ModelRelay open() {
        return new ModelRelay(model, RedisSettings.DEFAULT, scheduler, () -> scheduler.between(20, 200), () -> 0);
    }

    @Override
    public DocumentStore openDocuments() {
        return open().documents();
    }

    @Override
    public DocumentFeed openFeed() {
        return open().feed();
    }

    @Override
    public DocumentStore truth() {
        return open().documents();
    }

    @Override
    public PresenceStore presence() {
        return presence;
    }

    @Override
    public void disturb(World world) {}

    @Override
    public void calm() {}
}
