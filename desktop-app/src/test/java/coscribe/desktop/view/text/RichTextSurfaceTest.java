package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.kit.Drawn;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RichTextSurfaceTest {
    private static final int CASES = Math.min(200, Laws.cases());

    @Test
    void what_is_drawn_is_the_document_whatever_happens_to_it() {
        var desk = Fx.call(() -> Desk.of(""));
        long first = Laws.caseSeed();
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            Fx.run(() -> {
                try {
                    write(desk, new Gen(seed));
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError("broken by seed " + seed + " (-Dcoscribe.seed=" + seed + ")", broken);
                }
            });
        }
        Fx.run(desk::close);
    }

    @Test
    void what_is_drawn_a_piece_a_frame_is_the_document_in_the_end() {
        var desk = Fx.call(() -> Desk.of(""));
        Fx.run(() -> desk.surface.drawAtOnce(120));
        long first = Laws.caseSeed();
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            Fx.run(() -> {
                try {
                    writeInPieces(desk, new Gen(seed));
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError("broken by seed " + seed + " (-Dcoscribe.seed=" + seed + ")", broken);
                }
            });
        }
        Fx.run(desk::close);
        assertThat(unfinished).isPositive();
    }

    private int unfinished; // frames behind which there was more to draw

    private void writeInPieces(Desk desk, Gen gen) {
        Drawn next = gen.change(gen.document());
        desk.load(next.base().toDocument(), Caret.at(gen.below(next.base().length())));
        for (int i = 0; i < 20; i++) {
            if (gen.chance(40)) {
                desk.own(next.delta());
            } else {
                desk.foreign(next.delta());
            }
            for (int frames = gen.below(3); frames > 0; frames--) {
                desk.surface.frame();
                unfinished += desk.surface.drawn().equals(Segments.withoutAuthors(desk.document.text())) ? 0 : 1;
            }
            if (gen.chance(20)) {
                agree(desk, "step " + i);
            }
            next = gen.then(next);
        }
        for (int frames = 0; frames < 1_000; frames++) {
            desk.surface.frame();
        }
        assertThat(desk.surface.drawn()).isEqualTo(Segments.withoutAuthors(desk.document.text()));
        agree(desk, "the end");
    }

    @Test
    void a_long_text_is_drawn_from_its_beginning_on_and_whole_after_some_frames() {
        var desk = Fx.call(() -> Desk.of("a line of a long text\n".repeat(20_000)));
        try {
            int atFirst = Fx.call(() -> {
                desk.load(desk.document, Caret.at(0));
                return desk.surface.drawn().length();
            });
            Awaitility.await()
                    .until(
                            () -> Fx.call(() -> desk.surface.drawn().length()),
                            units -> units == desk.document.length());

            assertThat(atFirst).isBetween(24_000, 25_000);
            assertThat(Fx.call(() -> desk.surface.drawn())).isEqualTo(Segments.withoutAuthors(desk.document.text()));
        } finally {
            Fx.run(desk::close);
        }
    }

    @Test
    void the_beginning_of_a_long_text_is_seen_before_more_of_it_is_drawn() {
        Desk.with("a line of a long text\n".repeat(20_000), desk -> {
            desk.load(desk.document, Caret.at(0));
            int atFirst = desk.surface.drawn().length();
            desk.surface.frame();
            desk.surface.afterLayout();
            desk.surface.frame();
            assertThat(desk.surface.drawn().length()).isEqualTo(atFirst);
            desk.surface.afterLayout();
            desk.surface.frame();
            assertThat(desk.surface.drawn().length()).isGreaterThan(atFirst);
        });
    }

    @Test
    void a_long_text_in_a_window_that_nobody_lays_out_is_drawn_too() {
        Desk.with("a line of a long text\n".repeat(20_000), desk -> {
            desk.load(desk.document, Caret.at(0));
            int atFirst = desk.surface.drawn().length();
            for (int frame = 0; frame < 20; frame++) {
                desk.surface.frame();
            }
            assertThat(desk.surface.drawn().length()).isGreaterThan(atFirst);
        });
    }

    @Test
    void the_caret_behind_a_long_paste_of_mine_is_in_view_when_all_is_drawn() {
        var desk = Fx.call(() -> Desk.of("before and behind\n"));
        try {
            String pasted = "a line of a long text\n".repeat(20_000);
            Fx.run(() -> desk.own(Delta.builder().insert(pasted).build(desk.document.length())));
            Fx.run(() ->
                    desk.own(Delta.builder().retain(pasted.length()).insert("x").build(desk.document.length())));
            Awaitility.await()
                    .until(
                            () -> Fx.call(() -> desk.surface.drawn().length()),
                            units -> units == desk.document.length());
            Awaitility.await()
                    .until(() -> Fx.call(() -> desk.surface.caretAt(desk.caret.head()))
                            .isPresent());

            assertThat(desk.caret).isEqualTo(Caret.at(pasted.length() + 1));
        } finally {
            Fx.run(desk::close);
        }
    }

    @Test
    void a_key_struck_while_a_long_text_is_drawn_is_seen_at_once_and_waits_for_no_more_of_it() {
        var desk = Fx.call(() -> Desk.of("a line of a long text\n".repeat(20_000)));
        try {
            Fx.run(() -> {
                desk.load(desk.document, Caret.at(2));
                type(desk, "!");
                assertThat(desk.surface.drawn().plain()).startsWith("a !line");
                assertThat(desk.surface.drawn().length()).isLessThan(60_000);
                assertThat(desk.surface.drawnCaret()).isEqualTo(Caret.at(3));
            });
            isDrawnInTheEnd(desk);
        } finally {
            Fx.run(desk::close);
        }
    }

    @Test
    void a_key_behind_a_long_paste_that_is_not_drawn_yet_is_seen_at_once() {
        var desk = Fx.call(() -> Desk.of("before and behind\n"));
        try {
            String pasted = "a line of a long text\n".repeat(20_000);
            Fx.run(() -> {
                desk.caret = Caret.at(7);
                desk.surface.select(desk.caret, false);
                desk.own(Delta.builder().retain(7).insert(pasted).build(desk.document.length()));
                type(desk, "x");
                type(desk, "y");
                assertThat(desk.surface.drawn().plain()).contains("text\nxyand behind");
                assertThat(desk.surface.drawn().length()).isLessThan(60_000);
                assertThat(desk.surface.drawnCaret()).isEqualTo(desk.caret);
                press(desk, KeyCode.LEFT, false);
                assertThat(desk.caret).isEqualTo(Caret.at(7 + pasted.length() + 1));
            });
            isDrawnInTheEnd(desk);
        } finally {
            Fx.run(desk::close);
        }
    }

    @Test
    void a_key_to_the_end_of_a_text_leads_there_though_it_is_not_drawn_to_there() {
        var desk = Fx.call(() -> Desk.of("a line of a long text\n".repeat(20_000)));
        try {
            Fx.run(() -> {
                desk.load(desk.document, Caret.at(2));
                press(desk, KeyCode.END, true);
                assertThat(desk.caret).isEqualTo(Caret.at(desk.document.length() - 1));
                type(desk, "!");
                assertThat(desk.surface.drawn().plain()).endsWith("\n!\n");
            });
            isDrawnInTheEnd(desk);
            assertThat(Fx.call(() -> desk.surface.caretAt(desk.caret.head()))).isPresent();
        } finally {
            Fx.run(desk::close);
        }
    }

    private static void type(Desk desk, String character) {
        Event.fireEvent(
                desk.surface.area(),
                new KeyEvent(KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
    }

    private static void press(Desk desk, KeyCode code, boolean control) {
        Event.fireEvent(
                desk.surface.area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, false, control, false, false));
    }

    private static void isDrawnInTheEnd(Desk desk) {
        Awaitility.await().until(() -> Fx.call(() -> !desk.surface.isBehind()));
        assertThat(Fx.call(() -> desk.surface.drawn())).isEqualTo(Segments.withoutAuthors(desk.document.text()));
        assertThat(Fx.call(() -> desk.surface.drawnCaret())).isEqualTo(desk.caret);
    }

    private static void write(Desk desk, Gen gen) {
        Drawn next = gen.change(gen.document());
        desk.load(next.base().toDocument(), Caret.at(gen.below(next.base().length())));
        for (int i = 0; i < 20; i++) {
            if (gen.chance(40)) {
                desk.own(next.delta());
            } else {
                desk.foreign(next.delta());
            }
            if (gen.chance(50)) {
                agree(desk, "step " + i);
            }
            next = gen.then(next);
        }
        agree(desk, "the end");
    }

    private static void agree(Desk desk, String when) {
        assertThat(desk.surface.readBack(desk.document).contentHash()).as(when).isEqualTo(desk.document.contentHash());
        assertThat(desk.surface.drawnCaret()).as(when).isEqualTo(desk.caret);
    }
}
