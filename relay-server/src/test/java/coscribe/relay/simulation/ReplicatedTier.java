package coscribe.relay.simulation;

import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.memory.MemoryPresence;
import coscribe.relay.store.redis.ModelRelay;
import coscribe.relay.store.redis.RedisModel;
import coscribe.relay.store.redis.RedisSettings;
import java.time.Duration;

/// A Redis with one or two replicas, whose links are cut and whose primary is replaced: dead, or cut
/// off and still answering.
final class ReplicatedTier implements Tier {
    private final Scheduler scheduler;
    private final RedisModel model;
    private final RedisSettings settings;
    private final MemoryPresence presence;
    private boolean changing;
    int cuts;
    int failOvers;

    ReplicatedTier(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.presence = new MemoryPresence(scheduler, scheduler);
        int replicas = scheduler.chance(0.3) ? 2 : 1;
        this.model = new RedisModel(scheduler::at, scheduler, () -> scheduler.between(50, 3_000), replicas);
        this.settings = RedisSettings.DEFAULT.withWaitReplicas(replicas).withWaitPatience(Duration.ofMillis(50));
    }

    private ModelRelay open() {
        return new ModelRelay(
                model, settings, scheduler, () -> scheduler.between(20, 400), () -> scheduler.between(1_000, 400_000));
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
        return new ModelRelay(model, RedisSettings.DEFAULT, scheduler, () -> 0, () -> 0).documents();
    }

    @Override
    public PresenceStore presence() {
        return presence;
    }

    @Override
    public void disturb(World world) {
        if (changing) {
            return;
        }
        double dice = scheduler.random.nextDouble();
        if (dice < 0.05) {
            cut(() -> {});
        } else if (dice < 0.13) {
            cut(this::failOver);
        } else if (dice < 0.16) {
            failOver();
        }
    }

    /// A replica falls behind for a while.
    private void cut(Runnable then) {
        changing = true;
        cuts++;
        for (int i = 0; i < model.replicas(); i++) {
            if (i == 0 || scheduler.chance(0.5)) {
                model.cut(i);
            }
        }
        // Sometimes so long that what was not confirmed is sent again meanwhile.
        long micros = scheduler.chance(0.3) ? scheduler.between(500_000, 2_000_000) : scheduler.between(5_000, 200_000);
        scheduler.at(micros, () -> {
            changing = false;
            then.run();
            model.mend();
        });
    }

    private void failOver() {
        changing = true;
        failOvers++;
        model.failOver(scheduler.chance(0.5));
        scheduler.at(scheduler.between(10_000, 600_000), () -> {
            changing = false;
            model.comeBack();
        });
    }

    @Override
    public void calm() {
        changing = true;
        model.mend();
        model.comeBack();
        scheduler.at(1_000_000, () -> {
            model.mend();
            model.comeBack();
        });
    }
}
