package coscribe.desktop.view.text;

import static coscribe.desktop.view.text.Desk.with;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import org.junit.jupiter.api.Test;

class SpokenTest {
    @Test
    void the_text_is_a_text_area_with_its_words_and_its_caret() {
        with("one two\nthree", desk -> {
            desk.surface.area().selectRange(4, 7);
            assertThat(desk.surface.area().getAccessibleRole()).isEqualTo(AccessibleRole.TEXT_AREA);
            assertThat(asked(desk, AccessibleAttribute.TEXT)).isEqualTo("one two\nthree");
            assertThat(asked(desk, AccessibleAttribute.SELECTION_START)).isEqualTo(4);
            assertThat(asked(desk, AccessibleAttribute.SELECTION_END)).isEqualTo(7);
            assertThat(asked(desk, AccessibleAttribute.CARET_OFFSET)).isEqualTo(7);
            assertThat(asked(desk, AccessibleAttribute.EDITABLE)).isEqualTo(true);
        });
    }

    @Test
    void the_words_are_made_once_for_a_version_of_the_text() {
        with("one two", desk -> {
            var first = asked(desk, AccessibleAttribute.TEXT);
            assertThat(asked(desk, AccessibleAttribute.TEXT)).isSameAs(first);
            desk.foreign(Delta.builder().insert("new ").build(8));
            assertThat(asked(desk, AccessibleAttribute.TEXT)).isEqualTo("new one two");
            assertThat(asked(desk, AccessibleAttribute.CARET_OFFSET)).isEqualTo(desk.caret.head());
        });
    }

    @Test
    void a_line_is_a_paragraph() {
        with("one two\nthree", desk -> {
            assertThat(asked(desk, AccessibleAttribute.LINE_FOR_OFFSET, 7)).isEqualTo(0);
            assertThat(asked(desk, AccessibleAttribute.LINE_FOR_OFFSET, 8)).isEqualTo(1);
            assertThat(asked(desk, AccessibleAttribute.LINE_START, 1)).isEqualTo(8);
            assertThat(asked(desk, AccessibleAttribute.LINE_END, 0)).isEqualTo(7);
            assertThat(asked(desk, AccessibleAttribute.LINE_END, 1)).isEqualTo(13);
            assertThat(asked(desk, AccessibleAttribute.LINE_START, 2)).isNull();
        });
    }

    @Test
    void places_on_the_screen_lead_to_characters_and_back() {
        with("one two\nthree", desk -> {
            var bounds = (Bounds[]) asked(desk, AccessibleAttribute.BOUNDS_FOR_RANGE, 8, 12);
            assertThat(bounds).hasSize(1);
            var start = new Point2D(bounds[0].getMinX() + 1, bounds[0].getCenterY());
            assertThat(asked(desk, AccessibleAttribute.OFFSET_AT_POINT, start)).isEqualTo(8);
            var end = new Point2D(bounds[0].getMaxX() + 1, bounds[0].getCenterY());
            assertThat(asked(desk, AccessibleAttribute.OFFSET_AT_POINT, end)).isEqualTo(13);
        });
    }

    @Test
    void a_screen_reader_selects_and_scrolls() {
        with("line\n".repeat(200), desk -> {
            desk.surface.area().executeAccessibleAction(AccessibleAction.SET_TEXT_SELECTION, 2, 7);
            assertThat(desk.caret).isEqualTo(new Caret(2, 7));
            desk.surface.area().executeAccessibleAction(AccessibleAction.SHOW_TEXT_RANGE, 800, 803);
            desk.surface.area().layout();
            assertThat(desk.surface.caretAt(800)).isPresent();
        });
    }

    private static Object asked(Desk desk, AccessibleAttribute attribute, Object... parameters) {
        return desk.surface.area().queryAccessibleAttribute(attribute, parameters);
    }
}
