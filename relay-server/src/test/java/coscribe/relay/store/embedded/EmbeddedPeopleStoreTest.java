package coscribe.relay.store.embedded;

import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPeopleStoreTest extends PeopleStoreContract {
    @TempDir
    private Path directory;

    private EmbeddedStore store;

    @BeforeEach
    void open() {
        store = EmbeddedFixture.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected PeopleStore people() {
        return store.people();
    }
}
