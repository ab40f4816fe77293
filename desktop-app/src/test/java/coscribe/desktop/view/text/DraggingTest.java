package coscribe.desktop.view.text;

import static coscribe.desktop.view.text.Desk.with;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.viewmodel.Fragment;
import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class DraggingTest {
    /// Where the pointer is to fall in front of a character.
    private static Point2D at(Desk desk, int position) {
        Rectangle2D caret = desk.surface.caretAt(position).orElseThrow();
        return new Point2D(caret.getMinX() + 1, caret.getMinY() + caret.getHeight() / 2);
    }

    @Test
    void what_is_selected_is_moved_or_copied_to_where_the_pointer_lets_it_fall() {
        with("one two three", desk -> {
            var dragging = desk.surface.dragging();
            assertThat(dragging.drop(at(desk, 8), true, Optional.empty(), Optional.empty()))
                    .isTrue();
            assertThat(dragging.drop(at(desk, 3), false, Optional.of(Fragment.ofPlain("two")), Optional.of("two")))
                    .isTrue();
            assertThat(desk.asked).containsExactly("move to 8", "drop two at 3");
        });
    }

    @Test
    void text_of_other_programs_falls_as_plain_text_and_other_things_do_not() {
        with("one two three", desk -> {
            var dragging = desk.surface.dragging();
            assertThat(dragging.drop(at(desk, 13), false, Optional.empty(), Optional.of("four")))
                    .isTrue();
            assertThat(dragging.drop(at(desk, 13), false, Optional.empty(), Optional.empty()))
                    .isFalse();
            assertThat(desk.asked).containsExactly("drop plain four at 13");
        });
    }

    @Test
    void it_falls_in_front_of_the_words_under_the_pointer_whatever_others_write_meanwhile() {
        with("one two three", desk -> {
            desk.foreign(Delta.builder().insert("zero ").build(desk.document.length())); // to be drawn
            var pointer = at(desk, 5 + 8);
            var _ = desk.surface.dragging().drop(pointer, true, Optional.empty(), Optional.empty());
            assertThat(desk.asked).containsExactly("move to 13");
        });
    }

    @Test
    void a_line_shows_where_it_would_fall_and_goes_with_it() {
        with("one two three", desk -> {
            var dragging = desk.surface.dragging();
            assertThat(dragging.mark()).isEmpty();
            var pointer = at(desk, 8);
            dragging.over(pointer.getX(), pointer.getY());
            var mark = dragging.mark().orElseThrow();
            var caret = desk.surface.caretAt(8).orElseThrow();
            assertThat(mark.getLayoutX()).isEqualTo(caret.getMinX() - 1);
            assertThat(mark.getHeight()).isEqualTo(caret.getHeight());
            var _ = dragging.drop(pointer, true, Optional.empty(), Optional.empty());
            assertThat(dragging.mark()).isEmpty();
        });
    }

    @Test
    void the_page_scrolls_behind_its_rim() {
        with("line\n".repeat(200), desk -> {
            var area = desk.surface.area();
            for (int i = 0; i < 20; i++) {
                desk.surface.dragging().over(300, area.getHeight() - 5);
                desk.layOut();
            }
            assertThat(desk.surface.visible().from()).isPositive();
            for (int i = 0; i < 40; i++) {
                desk.surface.dragging().over(300, 5);
                desk.layOut();
            }
            assertThat(desk.surface.visible().from()).isZero();
            desk.caret = Caret.at(0);
        });
    }
}
