package coscribe.relay.store.memory;

import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.PresenceStoreContract;
import java.time.Duration;

class MemoryPresenceTest extends PresenceStoreContract {
    private final TestClock clock = new TestClock();
    private final PresenceStore presence = new MemoryPresence(clock, Runnable::run);

    @Override
    protected PresenceStore presence() {
        return presence;
    }

    @Override
    protected void elapse(Duration duration) {
        clock.elapse(duration);
    }

    @Override
    protected Duration timeToLive() {
        return Duration.ofSeconds(30);
    }
}
