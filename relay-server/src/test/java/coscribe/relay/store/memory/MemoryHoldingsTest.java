package coscribe.relay.store.memory;

import coscribe.relay.store.HoldingsContract;
import java.time.InstantSource;

class MemoryHoldingsTest extends HoldingsContract {
    private final Place here = place();
    private final Place there = place();

    private static Place place() {
        var store = new MemoryStore(InstantSource.system(), Runnable::run);
        return new Place(store.openDocuments(), store.people(), store.holdings());
    }

    @Override
    protected Place here() {
        return here;
    }

    @Override
    protected Place there() {
        return there;
    }
}
