package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import java.util.List;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final String[] RARE = {"\u200c", "\u202e", "\u202c", "\u2067", "\u2069", "\ufe0f", "\ud83a\udd00"};

    @Test
    void text_from_right_to_left_is_wrapped_at_any_width() {
        long first = Laws.caseSeed();
        for (int i = 0; i < Math.min(500, Laws.cases()); i++) {
            long seed = first + i;
            Fx.run(() -> {
                String words = Babel.words(new Gen(seed), RARE);
                var flow = new TextFlow();
                boolean cut = Pieces.isNeeded(words);
                var pieces = cut ? Pieces.of(words, Pieces.isForced(words)) : List.of(words);
                assertThat(String.join("", pieces)).isEqualTo(words);
                pieces.forEach(piece -> flow.getChildren().add(new Text(piece)));
                for (double width = 400; width < 700; width += 37) {
                    try {
                        flow.resize(width, flow.prefHeight(width));
                        flow.layout();
                        assertThat(Lines.range(flow, 0, words.length())).isNotEmpty();
                    } catch (RuntimeException broken) {
                        throw new AssertionError("seed " + seed + ", width " + width, broken);
                    }
                }
            });
        }
    }

    @Test
    void a_paragraph_of_hebrew_is_drawn_in_several_lines() {
        String hebrew = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd ".repeat(40) + "\u05e9".repeat(300);
        Desk.with(hebrew, desk -> {
            assertThat(desk.surface.readBack()).isEqualTo(desk.document.text());
            assertThat(desk.surface.shapeOf(0, hebrew.length())).hasSizeGreaterThan(4);
            desk.surface.select(Caret.at(hebrew.length()), true);
            assertThat(desk.surface.caretAt(hebrew.length())).isPresent();
        });
    }
}
