package coscribe.desktop.view.text;

import static coscribe.desktop.view.text.Desk.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.presence.Caret;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What stays where it is while others write.
class StayingTest {
    private static final int LINE = 11; // units of a line of `lines`

    @Test
    void my_line_stays_at_its_height_when_200_lines_are_pasted_above_it() {
        with(lines(300), desk -> {
            desk.caret = new Caret(100 * LINE, 100 * LINE + 5);
            desk.surface.select(desk.caret, false);
            desk.surface.scrollTo(100 * LINE, 0.4);
            desk.layOut();
            double before = heightOf(desk, desk.caret.head());
            desk.foreign(Delta.builder().retain(50 * LINE).insert(lines(200)).build(desk.document.length()));
            var drawn = desk.surface.readBack();
            desk.layOut();
            assertThat(heightOf(desk, desk.caret.head())).isCloseTo(before, within(0.6));
            assertThat(desk.surface.drawnCaret()).isEqualTo(new Caret(300 * LINE, 300 * LINE + 5));
            assertThat(desk.surface.area().getSelectedText()).isEqualTo("line ");
            assertThat(drawn).isEqualTo(desk.document.text());
        });
    }

    @Test
    void my_line_stays_when_lines_in_view_above_it_come_and_go() {
        with(lines(300), desk -> {
            desk.caret = Caret.at(100 * LINE);
            desk.surface.select(desk.caret, false);
            desk.surface.scrollTo(100 * LINE, 0.6);
            desk.layOut();
            double before = heightOf(desk, desk.caret.head());
            int mine = 100;
            for (int i = 0; i < 20; i++) {
                int at = (mine - 1 - i % 8) * LINE;
                int length = desk.document.length();
                if (i % 3 == 2) {
                    desk.foreign(Delta.builder().retain(at).delete(LINE).build(length));
                    mine--;
                } else {
                    desk.foreign(Delta.builder().retain(at).insert(lines(1)).build(length));
                    mine++;
                }
                var _ = desk.surface.readBack();
                desk.layOut();
                assertThat(heightOf(desk, desk.caret.head())).as("step " + i).isCloseTo(before, within(0.6));
            }
        });
    }

    @Test
    void the_first_line_in_view_stays_when_my_caret_is_elsewhere() {
        with(lines(300), desk -> {
            desk.surface.scrollTo(150 * LINE, 0);
            desk.layOut();
            int top = desk.surface.visible().from();
            double before = heightOf(desk, top);
            desk.foreign(Delta.builder().retain(10 * LINE).insert(lines(40)).build(desk.document.length()));
            desk.foreign(Delta.builder().retain(80 * LINE).delete(20 * LINE).build(desk.document.length()));
            var _ = desk.surface.readBack();
            desk.layOut();
            assertThat(heightOf(desk, top + 20 * LINE)).isCloseTo(before, within(0.6));
        });
    }

    @Test
    void text_above_me_that_grows_taller_does_not_push_me_down() {
        with(lines(300), desk -> {
            desk.caret = Caret.at(100 * LINE);
            desk.surface.select(desk.caret, false);
            desk.surface.scrollTo(100 * LINE, 0.6);
            desk.layOut();
            double before = heightOf(desk, desk.caret.head());
            desk.foreign(Delta.builder()
                    .retain(97 * LINE - 1)
                    .retain(1, Attributes.of("header", Value.of(1)))
                    .build(desk.document.length()));
            var _ = desk.surface.readBack();
            desk.layOut();
            assertThat(heightOf(desk, desk.caret.head())).isCloseTo(before, within(0.6));
        });
    }

    @Test
    void typing_does_not_scroll_where_the_caret_is_in_view() {
        with(lines(300), desk -> {
            double first = heightOf(desk, 0);
            for (int line = 0; line < 15; line++) {
                desk.surface.area().moveTo(line * LINE + 3);
                desk.type("x");
                desk.layOut();
                desk.surface.area().moveTo(line * LINE + 4);
                var own = Delta.builder().retain(line * LINE + 3).delete(1).build(desk.document.length());
                desk.own(own);
                desk.layOut();
                assertThat(heightOf(desk, 0)).as("line " + line).isCloseTo(first, within(0.6));
            }
        });
    }

    @Test
    void others_changes_wait_for_the_frame_and_are_then_one() {
        var desk = Fx.call(() -> Desk.of("text"));
        var seen = new AtomicInteger();
        Fx.run(() -> {
            var _ = desk.surface.area().multiRichChanges().subscribe(changes -> seen.incrementAndGet());
            desk.surface.area().moveTo(2);
            for (int i = 0; i < 10; i++) {
                desk.foreign(Delta.builder().insert("x").build(desk.document.length()));
            }
            assertThat(seen).hasValue(0);
        });
        Fx.frames(3);
        Fx.run(() -> {
            assertThat(seen).hasValue(1);
            assertThat(desk.surface.drawnCaret()).isEqualTo(Caret.at(12));
            desk.close();
        });
    }

    @Test
    void a_place_that_is_clicked_is_told_in_the_newest_text() {
        with("one two", desk -> {
            desk.foreign(Delta.builder().insert("new ").build(8));
            desk.surface.area().moveTo(5);
            assertThat(desk.caret).isEqualTo(Caret.at(9));
            assertThat(desk.surface.caretAt(9)).isEqualTo(desk.surface.geometryOfDrawn(5));
            var _ = desk.surface.readBack();
            assertThat(desk.surface.drawnCaret()).isEqualTo(Caret.at(9));
        });
    }

    @Test
    void a_surface_that_was_closed_is_forgotten() {
        var desk = Fx.call(() -> Desk.of(lines(50)));
        Fx.frames(3);
        var surface = new WeakReference<>(desk.surface);
        var area = new WeakReference<>(desk.surface.area());
        Fx.run(desk::close);
        var emptied = new WeakReference<>(desk);
        desk = null;
        Awaitility.await().until(() -> {
            System.gc();
            Fx.frames(1);
            return surface.get() == null && area.get() == null && emptied.get() == null;
        });
    }

    private static String lines(int count) {
        return "line of it\n".repeat(count);
    }

    private static double heightOf(Desk desk, int position) {
        return desk.surface.caretAt(position).orElseThrow().getMinY();
    }
}
