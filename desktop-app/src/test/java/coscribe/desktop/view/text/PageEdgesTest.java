package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The white around what is written.
class PageEdgesTest {
    static Stream<Attributes> kinds() {
        return Stream.of(
                Attributes.NONE,
                Written.heading(1),
                Written.heading(4),
                Written.item("bullet", 0),
                Written.item("check", 1),
                Attributes.of("quote", Value.TRUE),
                Attributes.of("code-block", Value.TRUE));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void above_the_first_paragraph_is_white_whatever_it_is_and_whatever_follows(Attributes kind) {
        for (Attributes next : kinds().toList()) {
            var two = new Written().line("first", kind).line("second", next).document();
            assertThat(top(two)).as("before %s", next).isGreaterThanOrEqualTo(40);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void above_an_only_paragraph_too(Attributes kind) {
        var alone = new Written().run("alone").end(kind).document();
        assertThat(top(alone)).isGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void below_the_last_paragraph_is_white_whatever_it_is_and_whatever_is_above(Attributes kind) {
        for (Attributes above : kinds().toList()) {
            var two = new Written().line("first", above).run("last").end(kind).document();
            assertThat(below(two)).as("after %s", above).isGreaterThanOrEqualTo(117);
        }
    }

    @Test
    void lists_of_different_kinds_stand_apart_and_inner_lists_do_not() {
        var document = new Written()
                .line("a", Written.item("bullet", 0))
                .line("b", Written.item("ordered", 1))
                .line("c", Written.item("bullet", 0))
                .line("d", Written.item("ordered", 0))
                .line("e", Written.item("bullet", 1))
                .line("f", Written.item("check", 0))
                .run("g")
                .end(Written.item("check", 0))
                .document();
        Fx.run(() -> {
            var desk = Desk.of("");
            try {
                desk.load(document, Caret.at(0));
                desk.layOut();
                var gaps = new double[6];
                for (int i = 0; i < gaps.length; i++) {
                    gaps[i] = top(desk, 2 * i + 2) - top(desk, 2 * i);
                }
                double usual = gaps[0];
                assertThat(gaps[1]).as("out of the inner list").isCloseTo(usual, within(1.5));
                assertThat(gaps[2]).as("bullets, then numbers").isGreaterThan(usual + 2);
                assertThat(gaps[3]).isCloseTo(usual, within(1.5));
                assertThat(gaps[4]).as("numbers, an inner bullet, then boxes").isGreaterThan(usual + 2);
                assertThat(gaps[5]).isCloseTo(usual, within(1.5));
            } finally {
                desk.close();
            }
        });
    }

    /// Who was the first or the last paragraph stands as near to the next one as all others, once it
    /// is not; whoever made it so, and though somebody asks where words are before they are laid out.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void white_goes_with_the_edge_and_not_with_the_paragraph_that_was_there(boolean own) {
        var written = new Written();
        for (int i = 0; i < 8; i++) {
            written.line("line", Attributes.NONE);
        }
        var document = written.run("line").end(Attributes.NONE).document();
        var desk = Fx.call(() -> new Desk(document, Caret.at(0), 900)); // all of it is in view
        Fx.frames(2);
        double first = Fx.call(() -> top(desk, 0));
        change(desk, own, Delta.builder().insert("line\n".repeat(3)).build(desk.document.length()));
        change(desk, own, atEnd(desk).insert("\nline".repeat(3)).build(desk.document.length()));
        standsEvenly(desk, first);
        change(desk, own, Delta.builder().delete(25).build(desk.document.length()));
        standsEvenly(desk, first);
        Fx.run(desk::close);
    }

    /// As when it was the first paragraph and is so no longer: a line of white stood below it.
    @Test
    void who_looks_into_a_paragraph_with_another_style_does_not_keep_it_from_being_measured() {
        Desk.with("one\ntwo\nthree\n", desk -> {
            var box = desk.surface.area().box(1).orElseThrow();
            double usual = box.getHeight();
            box.setStyle("-fx-padding: 40 0 4 0;");
            desk.stage.getScene().getRoot().applyCss();
            assertThat(PageArea.text(box).getLayoutY()).isGreaterThanOrEqualTo(40);
            desk.layOut();
            assertThat(box.getHeight()).isCloseTo(usual + 36, within(0.1));
            assertThat(box.isNeedsLayout()).isFalse();
        });
    }

    private static DeltaBuilder atEnd(Desk desk) {
        return Delta.builder().retain(desk.document.length() - 1);
    }

    private static void change(Desk desk, boolean own, Delta delta) {
        Fx.run(() -> {
            if (own) {
                desk.own(delta);
            } else {
                desk.foreign(delta);
                desk.surface.frame();
            }
            desk.stage.getScene().getRoot().applyCss();
            for (int at = 0; at < desk.document.length(); at++) {
                var _ = desk.surface.caretAt(at);
            }
        });
        Fx.frames(3);
    }

    private static void standsEvenly(Desk desk, double first) {
        var tops = Fx.call(() -> IntStream.range(0, desk.document.length() / 5)
                .mapToObj(line -> top(desk, 5 * line))
                .toList());
        assertThat(tops.getFirst()).isCloseTo(first, within(1.5));
        double usual = tops.get(2) - tops.get(1);
        for (int i = 1; i < tops.size(); i++) {
            assertThat(tops.get(i) - tops.get(i - 1))
                    .as("line %s of %s", i + 1, tops)
                    .isCloseTo(usual, within(1.5));
        }
    }

    private static double top(Desk desk, int position) {
        return desk.surface.caretAt(position).orElseThrow().getMinY();
    }

    /// How far the page goes on below its last words.
    private static double below(coscribe.ot.document.Document document) {
        return Fx.call(() -> {
            var desk = Desk.of("");
            try {
                desk.load(document, Caret.at(0));
                desk.layOut();
                double words = desk.surface.written(0, 600).stream()
                        .mapToDouble(piece -> piece.getMaxY())
                        .max()
                        .orElseThrow();
                return desk.surface.area().getTotalHeightEstimate() - words;
            } finally {
                desk.close();
            }
        });
    }

    private static double top(coscribe.ot.document.Document document) {
        return Fx.call(() -> {
            var desk = Desk.of("");
            try {
                desk.load(document, Caret.at(0));
                desk.layOut();
                return desk.surface.written(0, 600).stream()
                        .mapToDouble(piece -> piece.getMinY())
                        .min()
                        .orElseThrow();
            } finally {
                desk.close();
            }
        });
    }

    @Test
    void who_writes_on_at_the_end_sees_white_below_their_line() {
        var desk = Fx.call(() -> Desk.of("first\n"));
        Fx.frames(2);
        for (int i = 0; i < 60; i++) {
            Fx.run(desk::enter);
            Fx.frames(1);
            var caret = Fx.call(() -> desk.surface.caretAt(desk.caret.head()).orElseThrow());
            assertThat(caret.getMaxY()).as("line %d", i).isLessThanOrEqualTo(600 - PageArea.AROUND_CARET + 1);
        }
        Fx.run(desk::close);
    }

    @Test
    void keys_that_lead_out_of_view_show_two_lines_more_and_all_white_at_the_beginning() {
        var desk = Fx.call(() -> Desk.of("line\n".repeat(200)));
        Fx.frames(2);
        double top = Fx.call(() -> top(desk, 0));
        Fx.run(() -> {
            desk.surface.area().moveTo(500);
            desk.surface.area().requestFollowCaret();
        });
        Fx.frames(2);
        assertThat(Fx.call(() -> desk.surface.caretAt(500).orElseThrow().getMaxY()))
                .isCloseTo(600 - PageArea.AROUND_CARET, within(1.5));
        Fx.run(() -> {
            desk.surface.area().moveTo(250);
            desk.surface.area().requestFollowCaret();
        });
        Fx.frames(2);
        assertThat(Fx.call(() -> top(desk, 250))).isCloseTo(PageArea.AROUND_CARET, within(1.5));
        Fx.run(() -> {
            desk.surface.area().moveTo(0);
            desk.surface.area().requestFollowCaret();
        });
        Fx.frames(2);
        assertThat(Fx.call(() -> top(desk, 0))).isCloseTo(top, within(0.5));
        Fx.run(desk::close);
    }

    @Test
    void a_click_on_the_last_line_in_view_does_not_scroll() {
        var desk = Fx.call(() -> Desk.of("line\n".repeat(200)));
        Fx.frames(2);
        var last = Fx.call(() -> desk.surface.written(570, 590).getFirst());
        for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            Fx.run(() ->
                    desk.surface.area().fireEvent(Mouse.primary(type, last.getMinX() + 4, last.getMinY() + 10, 1)));
        }
        Fx.frames(2);
        assertThat(desk.caret.head()).isPositive();
        assertThat(Fx.call(() -> desk.surface.written(570, 590).getFirst().getMinY()))
                .isEqualTo(last.getMinY());
        Fx.run(desk::close);
    }

    @Test
    void no_line_moves_sideways_when_the_scroll_bar_comes() {
        var desk = Fx.call(() -> Desk.of("first\n"));
        Fx.frames(3);
        double before = Fx.call(() -> desk.surface.caretAt(0).orElseThrow().getMinX());
        double wide = Fx.call(() -> desk.surface.page().getWidth());
        Fx.run(() -> desk.foreign(
                Delta.builder().retain(6).insert("line\n".repeat(100)).build(desk.document.length())));
        Fx.frames(3);
        assertThat(Fx.call(() -> desk.surface.page().getWidth())).isLessThan(wide);
        assertThat(Fx.call(() -> desk.surface.caretAt(0).orElseThrow().getMinX()))
                .isCloseTo(before, within(0.1));
        Fx.run(desk::close);
    }
}
