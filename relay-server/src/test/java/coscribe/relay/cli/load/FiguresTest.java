package coscribe.relay.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final double ONE_IN_128 = 1.0 / 128;

    @Test
    void percentiles_are_of_what_was_added_to_1_in_128() {
        var figures = new Figures();
        for (int i = 2_000; i >= 1; i--) {
            figures.add(i * 1_000_000L);
        }
        assertThat(figures.count()).isEqualTo(2_000);
        assertThat(figures.millis(50)).isCloseTo(1_000, within(1_000 * ONE_IN_128));
        assertThat(figures.millis(99)).isCloseTo(1_980, within(1_980 * ONE_IN_128));
        assertThat(figures.millis(100)).isEqualTo(2_000);
        assertThat(figures.most()).isEqualTo(2_000);
        figures.add(1);
        assertThat(figures.millis(0)).isEqualTo(1e-6);
        figures.clear();
        assertThat(figures.millis(50)).isZero();
        assertThat(figures.most()).isZero();
    }

    @Test
    void each_duration_is_told_to_1_in_128_and_never_too_short() {
        for (long nanos = 1; nanos > 0; nanos = nanos * 3 / 2 + 1) {
            var figures = new Figures();
            figures.add(nanos);
            figures.add(Long.MAX_VALUE);
            assertThat(figures.millis(50)).isBetween(nanos / 1e6, nanos / 1e6 * (1 + ONE_IN_128) + 1e-6);
        }
    }

    @Test
    void a_clock_that_was_behind_counts_as_nothing() {
        var figures = new Figures();
        figures.add(-5);
        assertThat(figures.millis(100)).isZero();
        assertThat(figures.count()).isEqualTo(1);
    }
}
