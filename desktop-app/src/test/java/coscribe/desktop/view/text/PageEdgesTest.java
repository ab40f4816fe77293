package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.presence.Caret;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /// How far the page goes on below its last words.
    private static double below(coscribe.ot.document.Document document) {
        return Fx.call(() -> {
            var desk = Desk.of("");
            try {
                desk.load(document, Caret.at(0));
                layOut(desk);
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
                layOut(desk);
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

    private static void layOut(Desk desk) {
        desk.stage.getScene().getRoot().applyCss();
        desk.stage.getScene().getRoot().layout();
    }
}
