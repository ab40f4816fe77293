package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ZoomTest {
    private final Zoom zoom = new Zoom();

    @Test
    void goes_up_and_down_by_steps_and_no_further_than_they_go() {
        assertThat(zoom.percent().get()).isEqualTo(100);
        zoom.in();
        assertThat(zoom.percent().get()).isEqualTo(110);
        for (int i = 0; i < 20; i++) {
            zoom.in();
        }
        assertThat(zoom.percent().get()).isEqualTo(300);
        for (int i = 0; i < 40; i++) {
            zoom.out();
        }
        assertThat(zoom.percent().get()).isEqualTo(50);
        zoom.actual();
        assertThat(zoom.percent().get()).isEqualTo(100);
    }

    @Test
    void what_was_noted_is_taken_for_the_nearest_step() {
        zoom.set(125);
        assertThat(zoom.percent().get()).isEqualTo(125);
        zoom.set(-7);
        assertThat(zoom.percent().get()).isEqualTo(50);
        zoom.set(1_000_000);
        assertThat(zoom.percent().get()).isEqualTo(300);
    }
}
