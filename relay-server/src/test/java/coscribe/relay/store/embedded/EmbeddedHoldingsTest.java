package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.Holdings;
import coscribe.relay.store.HoldingsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedHoldingsTest extends HoldingsContract {
    private static final EmbeddedSettings SETTINGS = new EmbeddedSettings(100, Holdings.RUN_COMMITS, 10_000, 500, 4, 0);

    @TempDir
    private Path folder;

    private EmbeddedStore here;
    private EmbeddedStore there;

    @BeforeEach
    void open() {
        here = EmbeddedFixture.open(folder.resolve("here"), SETTINGS);
        there = EmbeddedFixture.open(folder.resolve("there"), SETTINGS);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static Place place(EmbeddedStore store) {
        return new Place(store.documents(), store.people(), store.holdings());
    }

    @Override
    protected Place here() {
        return place(here);
    }

    @Override
    protected Place there() {
        return place(there);
    }

    @Test
    void old_log_is_put_into_segments_and_opens_again() {
        a_document_that_is_put_elsewhere_goes_on_there();

        there.close();

        assertThat(EmbeddedFixture.number(folder.resolve("there"), "SELECT count(*) FROM segment"))
                .isEqualTo(2);
        assertThat(EmbeddedFixture.number(folder.resolve("there"), "SELECT count(*) FROM log"))
                .isEqualTo(701 - 2 * Holdings.RUN_COMMITS);
        there = EmbeddedFixture.open(folder.resolve("there"), SETTINGS);
    }
}
