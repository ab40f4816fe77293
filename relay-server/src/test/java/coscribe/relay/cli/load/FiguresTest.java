package coscribe.relay.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void percentiles_are_of_what_was_added() {
        var figures = new Figures();
        for (int i = 2_000; i >= 1; i--) {
            figures.add(i * 1_000_000L);
        }
        assertThat(figures.count()).isEqualTo(2_000);
        assertThat(figures.millis(50)).isEqualTo(1_000);
        assertThat(figures.millis(99)).isEqualTo(1_980);
        assertThat(figures.millis(100)).isEqualTo(2_000);
        figures.add(1);
        assertThat(figures.millis(0)).isEqualTo(1e-6);
        figures.clear();
        assertThat(figures.millis(50)).isZero();
    }
}
