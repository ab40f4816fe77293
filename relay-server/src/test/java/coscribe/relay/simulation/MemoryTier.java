package coscribe.relay.simulation;

import coscribe.ot.protocol.Epoch;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.memory.Keepsake;
import coscribe.relay.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A store that in nine worlds of ten never loses anything. In the others it does what a store may do
/// that promises less, what a backup does, or what a retention period does.
final class MemoryTier implements Tier {
    private final Scheduler scheduler;
    private final MemoryStore store;
    private final Kind kind;
    private final List<LogEntry> trimmed = new ArrayList<>();
    private Optional<Keepsake> kept = Optional.empty();
    private boolean forgot;

    private enum Kind {
        SAFE,
        /// The newest commits are lost, and others take their numbers.
        GOES_BACK,
        /// The document is restored from a backup.
        RESTORED,
        /// The log reaches back a few commits only.
        SHORT
    }

    MemoryTier(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.store = new MemoryStore(scheduler, scheduler);
        this.kind = scheduler.chance(0.1) ? Kind.values()[1 + scheduler.random.nextInt(3)] : Kind.SAFE;
    }

    @Override
    public DocumentStore openDocuments() {
        return store.openDocuments();
    }

    @Override
    public DocumentFeed openFeed() {
        return store.openFeed();
    }

    @Override
    public DocumentStore truth() {
        return store.openDocuments();
    }

    @Override
    public PresenceStore presence() {
        return store.presence();
    }

    @Override
    public void disturb(World world) {
        switch (kind) {
            case SAFE -> {}
            case GOES_BACK -> perhapsPutBack(world, Seen.What.WENT_BACK);
            case RESTORED -> perhapsPutBack(world, Seen.What.RESTORED);
            case SHORT -> {
                if (scheduler.chance(0.1)) {
                    var forgotten = Keepsake.trim(store, world.document, scheduler.random.nextInt(8));
                    if (!forgotten.isEmpty()) {
                        world.seen.saw(Seen.What.TRIMMED);
                        trimmed.addAll(forgotten);
                    }
                }
            }
        }
    }

    private void perhapsPutBack(World world, Seen.What what) {
        double dice = scheduler.random.nextDouble();
        if (dice < 0.1) {
            kept = Optional.of(Keepsake.of(store, world.document));
        } else if (dice < 0.13) {
            putBack(world, what);
        }
    }

    @Override
    public void entered(World world) {
        if (kind == Kind.GOES_BACK
                && world.faulty(0.1)
                && kept.filter(Keepsake::isOld).isPresent()) {
            world.seen.saw(Seen.What.WENT_BACK_BEHIND_JOIN);
            putBack(world, Seen.What.WENT_BACK);
        }
    }

    private void putBack(World world, Seen.What what) {
        kept.filter(Keepsake::isOld).ifPresent(old -> {
            world.seen.saw(what);
            forgot = true;
            old.putBack(what == Seen.What.RESTORED ? Epoch.random(scheduler.random) : old.epoch());
        });
    }

    @Override
    public boolean forgot() {
        return forgot;
    }

    @Override
    public List<LogEntry> trimmed() {
        return trimmed;
    }

    @Override
    public void calm() {}

    @Override
    public boolean forgetsAtRest(World world) {
        boolean forgets = kind == Kind.GOES_BACK && kept.filter(Keepsake::isOld).isPresent();
        if (forgets) {
            putBack(world, Seen.What.WENT_BACK);
        }
        return forgets;
    }
}
