package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpeedTest {
    private long now;
    private final Speed speed = new Speed(() -> now);
    private final Speed.Screen screen = speed.screen();

    private void passes(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void tells_nothing_of_what_did_not_happen() {
        assertThat(speed.lines()).isEmpty();
        screen.keyPressed();
        screen.laidOut(true);
        assertThat(speed.lines()).as("a key that changed nothing").isEmpty();
        screen.ownChange();
        screen.laidOut(true);
        assertThat(speed.lines()).as("a change that no key made").isEmpty();
    }

    @Test
    void measures_a_key_from_its_press_to_the_frame_that_shows_it() {
        for (int millis = 1; millis <= 100; millis++) {
            screen.keyPressed();
            screen.keyTyped();
            passes(millis);
            screen.ownChange();
            screen.laidOut(true);
        }
        assertThat(speed.lines())
                .containsExactly("key to screen: 100 times, half under 50.0 ms, 99 % under 99.0 ms (wanted under 16),"
                        + " longest 100.0 ms");
    }

    @Test
    void an_old_key_that_no_frame_followed_is_not_taken_for_a_new_one() {
        screen.keyPressed(); // Shift, say
        passes(60_000);
        screen.keyPressed();
        screen.keyTyped();
        passes(3);
        screen.ownChange();
        screen.laidOut(true);
        assertThat(speed.lines()).singleElement().asString().contains("longest 3.0 ms");
    }

    @Test
    void what_is_drawn_in_several_frames_is_there_with_the_last() {
        screen.foreignChange();
        passes(20);
        screen.laidOut(false);
        screen.foreignChange();
        passes(20);
        screen.laidOut(true);
        screen.laidOut(true);
        assertThat(speed.lines())
                .containsExactly("others' text to screen: 1 times, half under 40.0 ms, 95 % under 40.0 ms (wanted under"
                        + " 100), longest 40.0 ms");
    }

    @Test
    void says_how_often_something_waited_too_long() {
        for (int millis : new int[] {1, 2, 49, 50, 51}) {
            speed.waited(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(speed.lines())
                .containsExactly("wait for the thread that draws: 5 times, half under 49.0 ms, longest 51.0 ms (wanted"
                        + " under 50, missed 2 times)");
    }

    @Test
    void only_the_newest_count_but_for_the_longest() {
        speed.waited(TimeUnit.MILLISECONDS.toNanos(70));
        for (int i = 0; i < 2_500; i++) {
            speed.waited(TimeUnit.MILLISECONDS.toNanos(2));
        }
        assertThat(speed.lines())
                .containsExactly("wait for the thread that draws: 2501 times, half under 2.0 ms, longest 70.0 ms"
                        + " (wanted under 50, missed 1 times)");
    }

    @Test
    void the_first_start_and_the_last_document_count() {
        speed.started(1_900);
        speed.started(60_000);
        var opened = speed.opening();
        passes(312);
        opened.run();
        assertThat(speed.lines())
                .containsExactly(
                        "start to caret 1900 ms (wanted under 2000)",
                        "last document opened in 312 ms (wanted under 1000)");
    }
}
