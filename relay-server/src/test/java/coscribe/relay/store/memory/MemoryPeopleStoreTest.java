package coscribe.relay.store.memory;

import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStoreContract;

class MemoryPeopleStoreTest extends PeopleStoreContract {
    private final PeopleStore people = new MemoryStore(new TestClock(), Runnable::run).people();

    @Override
    protected PeopleStore people() {
        return people;
    }
}
