package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.ot.presence.Caret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import org.fxmisc.richtext.Caret.CaretVisibility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CaretBlinkTest {
    private final VirtualTime time = new VirtualTime();
    private final long begun = time.instant().toEpochMilli();

    @Nested
    class By_itself {
        private final List<String> seen = new ArrayList<>();
        private final CaretBlink blink = new CaretBlink(time, time, time, this::changed);

        private void changed() {
            seen.add((blink.isGone() ? "gone " : "there ") + (time.instant().toEpochMilli() - begun));
        }

        @Test
        void it_comes_and_goes_every_half_second_while_it_is_to_blink() {
            blink.blink(true);
            time.pass(Duration.ofMillis(1_600));
            assertThat(seen).containsExactly("gone 501", "there 1002", "gone 1503");
            blink.blink(false);
            time.pass(Duration.ofSeconds(10));
            assertThat(seen).endsWith("there 1600").hasSize(4);
        }

        @Test
        void it_is_seen_for_half_a_second_wherever_it_was_put() {
            blink.blink(true);
            for (int i = 0; i < 10; i++) {
                time.pass(Duration.ofMillis(400));
                blink.moved();
            }
            assertThat(seen).isEmpty();
            time.pass(Duration.ofMillis(600));
            assertThat(blink.isGone()).isTrue();
            blink.moved();
            assertThat(blink.isGone()).isFalse();
        }

        @Test
        void once_closed_it_changes_no_more() {
            blink.blink(true);
            blink.close();
            time.pass(Duration.ofSeconds(10));
            assertThat(seen).isEmpty();
        }
    }

    @Nested
    class On_the_page {
        @Test
        void the_widget_asks_for_no_frames_of_its_own() {
            Desk.with(
                    "one two",
                    desk -> assertThat(desk.surface
                                    .area()
                                    .getCaretSelectionBind()
                                    .getUnderlyingCaret()
                                    .getBlinkRate())
                            .isEqualTo(javafx.util.Duration.ZERO));
        }

        @Test
        void it_blinks_while_the_text_has_the_keyboard_and_is_seen_where_one_writes() {
            Desk.with("one two", desk -> {
                desk.surface.blink(time, Runnable::run, time);
                desk.surface.requestFocus();
                time.pass(Duration.ofMillis(600));
                assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.OFF);
                desk.surface.area().moveTo(3);
                assertThat(desk.caret).isEqualTo(Caret.at(3));
                assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.AUTO);
                time.pass(Duration.ofMillis(600));
                assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.OFF);
                ((Region) desk.surface.node()).setFocusTraversable(true);
                desk.surface.node().requestFocus();
                assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.AUTO);
                time.pass(Duration.ofSeconds(10));
                assertThat(desk.surface.area().getShowCaret()).isEqualTo(CaretVisibility.AUTO);
            });
        }
    }
}
