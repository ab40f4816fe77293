package coscribe.relay.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;

/// A relay's clock in a world that is spoilt: up to an hour off, and set to another wrong time within
/// the relay's first seconds. Its chance is its own, so that it changes nothing else of a world.
final class SimClock implements InstantSource {
    private static final long MOST_OFF_MICROS = Duration.ofHours(1).toNanos() / 1_000;
    private static final long SET_WITHIN_MICROS = 4_000_000;

    private final World world;
    private final long offMicros;
    private final long setAtMicros;
    private final long thenOffMicros;
    private boolean set;

    SimClock(World world, int relay) {
        this.world = world;
        var random = new SplittableRandom(world.seed * 31 + relay);
        boolean spoilt = world.isSpoilt();
        this.offMicros = spoilt ? off(random) : 0;
        this.setAtMicros = world.scheduler.nowMicros() + random.nextLong(SET_WITHIN_MICROS);
        this.thenOffMicros = spoilt ? off(random) : 0;
    }

    private static long off(SplittableRandom random) {
        return random.nextLong(-MOST_OFF_MICROS, MOST_OFF_MICROS + 1);
    }

    @Override
    public Instant instant() {
        var scheduler = world.scheduler;
        if (!set && scheduler.nowMicros() >= setAtMicros) {
            set = true;
            if (thenOffMicros != offMicros) {
                world.seen.saw(Seen.What.CLOCKS_SET);
            }
        }
        return scheduler.instant().plusNanos((set ? thenOffMicros : offMicros) * 1_000);
    }
}
