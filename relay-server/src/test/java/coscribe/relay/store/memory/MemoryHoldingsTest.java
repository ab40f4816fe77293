package coscribe.relay.store.memory;

import coscribe.relay.store.HoldingsContract;
import java.time.InstantSource;

class MemoryHoldingsTest extends HoldingsContract {
    @Override
    protected Place open(String name) {
        var store = new MemoryStore(InstantSource.system(), Runnable::run);
        return new Place(store.openDocuments(), store.people(), store.holdings(), () -> {});
    }
}
