package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// As {@link HoldingsContract}, of a store that keeps old commits in segments.
public abstract class SegmentedHoldingsContract extends HoldingsContract {
    /// How commits lie in a store that is closed.
    public record Kept(long segments, long single) {}

    protected abstract Kept kept(String name);

    @Test
    void old_log_is_put_into_segments_and_opens_again() {
        a_document_that_is_put_elsewhere_goes_on_there();

        whileClosedThere(name -> assertThat(kept(name)).isEqualTo(new Kept(2, 701 - 2 * Holdings.RUN_COMMITS)));

        assertThat(await(there().holdings().document(document))).isPresent();
    }
}
