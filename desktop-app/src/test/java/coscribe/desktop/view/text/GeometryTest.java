package coscribe.desktop.view.text;

import static coscribe.desktop.view.text.Desk.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;

class GeometryTest {
    private static final String WRAPPED = "word ".repeat(60).strip(); // about four lines of the page

    @Test
    void a_wrapped_paragraph_has_a_rectangle_for_each_line_and_they_touch() {
        with(WRAPPED, desk -> {
            var lines = desk.surface.shapeOf(0, WRAPPED.length());
            assertThat(lines).hasSizeBetween(3, 6);
            for (int i = 1; i < lines.size(); i++) {
                assertThat(lines.get(i).getMinY()).isCloseTo(lines.get(i - 1).getMaxY(), within(1.0));
            }
        });
    }

    @Test
    void formatting_does_not_cut_a_line_into_pieces() {
        var document = new Written()
                .run("one ")
                .run("two ", Written.BOLD)
                .run("three", Attributes.of("italic", coscribe.ot.delta.Value.TRUE))
                .end(Attributes.NONE)
                .document();
        with("", desk -> {
            desk.load(document, Caret.at(0));
            desk.layOut();
            assertThat(desk.surface.shapeOf(0, 13)).hasSize(1);
        });
    }

    @Test
    void a_selection_over_paragraphs_covers_line_ends_and_empty_lines() {
        with("one\n\ntwo", desk -> assertThat(desk.surface.shapeOf(1, 7)).hasSize(4));
    }

    @Test
    void nothing_is_drawn_for_what_is_out_of_view() {
        with("line\n".repeat(400), desk -> {
            assertThat(desk.surface.caretAt(1_500)).isEmpty();
            assertThat(desk.surface.shapeOf(1_500, 1_600)).isEmpty();
            assertThat(desk.surface.shapeOf(0, 2_000)).hasSizeLessThan(100);
            assertThat(desk.surface.visible().from()).isZero();
            assertThat(desk.surface.visible().to()).isLessThan(200);
        });
    }

    @Test
    void somebody_is_shown_at_a_third_of_the_height() {
        with("line\n".repeat(400), desk -> {
            desk.surface.scrollTo(1_000, 1 / 3.0);
            desk.layOut();
            assertThat(desk.surface.caretAt(1_000).orElseThrow().getMinY()).isCloseTo(200, within(2.0));
            assertThat(desk.surface.visible().contains(1_000)).isTrue();
            assertThat(desk.surface.lineOf(1_000)).isEqualTo(201);
        });
    }

    @Test
    void the_page_is_in_the_middle_of_a_wide_window() {
        with("text", desk -> {
            assertThat(desk.surface.caretAt(0).orElseThrow().getMinX()).isCloseTo(60, within(8.0));
        });
    }

    @Test
    void who_draws_over_it_is_told_at_most_once_a_frame() {
        var desk = Fx.call(() -> Desk.of("line\n".repeat(100)));
        Fx.frames(5);
        var told = new AtomicInteger();
        var end = Fx.call(() -> desk.surface.onMoved(told::incrementAndGet));
        Fx.frames(3);
        told.set(0);
        Fx.frames(5);
        assertThat(told).hasValue(0);
        Fx.run(() -> {
            for (int i = 0; i < 10; i++) {
                desk.foreign(Delta.builder().insert("x").build(desk.document.length()));
                desk.type("y");
            }
        });
        Fx.frames(2);
        assertThat(told.get()).isBetween(1, 3);
        Fx.run(end);
        told.set(0);
        Fx.run(() -> desk.type("z"));
        Fx.frames(2);
        assertThat(told).hasValue(0);
        Fx.run(desk::close);
    }

    @Test
    void a_click_on_a_box_ticks_its_paragraph() {
        var document = new Written()
                .line("first", Written.item("check", 0))
                .line("second", Written.item("check", 0))
                .document();
        with("", desk -> {
            desk.load(document, Caret.at(2));
            desk.layOut();
            var boxes = desk.surface.node().lookupAll(".check").toArray(Node[]::new);
            assertThat(boxes).hasSize(2);
            press(boxes[0]);
            press(boxes[1]);
            assertThat(desk.asked).containsExactlyInAnyOrder("tick 0", "tick 6");
            assertThat(desk.caret).isEqualTo(Caret.at(2));
        });
    }

    @Test
    void a_double_click_selects_the_word_there() {
        with("one two three\n", desk -> {
            desk.surface.area().moveTo(5);
            desk.surface.area().selectWord();
            assertThat(desk.caret).isEqualTo(new Caret(4, 7));
            desk.surface.area().moveTo(14);
            desk.surface.area().selectWord();
            assertThat(desk.caret).isEqualTo(Caret.at(14));
        });
    }

    private static void press(Node node) {
        Event.fireEvent(node, Mouse.primaryOn(node, MouseEvent.MOUSE_PRESSED, 2, 2));
    }
}
