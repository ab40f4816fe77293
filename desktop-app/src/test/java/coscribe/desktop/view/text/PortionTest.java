package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortionTest {
    private static final long MILLI = 1_000_000;

    private final Portion portion = new Portion();

    @Test
    void begins_small_and_at_most_doubles_up_to_a_bound() {
        assertThat(portion.units()).isEqualTo(Portion.LEAST);
        portion.took(MILLI);
        assertThat(portion.units()).isEqualTo(2 * Portion.LEAST);
        for (int i = 0; i < 20; i++) {
            portion.took(MILLI);
        }
        assertThat(portion.units()).isEqualTo(Portion.MOST);
    }

    @Test
    void takes_back_what_was_too_much_at_once_but_never_stands_still() {
        for (int i = 0; i < 20; i++) {
            portion.took(MILLI);
        }
        portion.took(16 * MILLI);
        assertThat(portion.units()).isEqualTo(Portion.MOST / 2);
        portion.took(1_000 * MILLI);
        assertThat(portion.units()).isEqualTo(Portion.LEAST);
    }

    @Test
    void takes_a_frame_that_no_clock_can_measure_for_a_short_one() {
        portion.took(0);
        assertThat(portion.units()).isEqualTo(2 * Portion.LEAST);
    }
}
