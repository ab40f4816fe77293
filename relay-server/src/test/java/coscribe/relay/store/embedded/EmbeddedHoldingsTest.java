package coscribe.relay.store.embedded;

import coscribe.relay.store.Holdings;
import coscribe.relay.store.SegmentedHoldingsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedHoldingsTest extends SegmentedHoldingsContract {
    private static final EmbeddedSettings SETTINGS = new EmbeddedSettings(100, Holdings.RUN_COMMITS, 10_000, 500, 4, 0);

    @TempDir
    private Path folder;

    @Override
    protected Place open(String name) {
        var store = EmbeddedFixture.open(folder.resolve(name), SETTINGS);
        return new Place(store.documents(), store.people(), store.holdings(), store::close);
    }

    @Override
    protected Kept kept(String name) {
        return new Kept(count(name, "segment"), count(name, "log"));
    }

    private long count(String name, String table) {
        return EmbeddedFixture.number(folder.resolve(name), "SELECT count(*) FROM " + table);
    }
}
