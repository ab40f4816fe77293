package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final String[] CHARACTERS = {
        "a",
        "word",
        " ",
        "  ",
        "-",
        "1984",
        "\u05d0",
        "\u05e9\u05c1\u05dc\u05d5\u05dd",
        "\u05e2\u05d5\u05dc\u05dd",
        "\u0645\u0631\u062d\u0628\u0627",
        "\u0644\u0627",
        "\u064b",
        "\u0301",
        "\u200d",
        "\u200c",
        "\u202e",
        "\u202c",
        "\u2067",
        "\u2069",
        "\u200f",
        "\ufe0f",
        "\u4e2d\u6587",
        "\ud83d\ude00",
        "\ud83a\udd00",
        "(",
        "\u0e01\u0e33"
    };

    @Test
    void text_from_right_to_left_is_wrapped_at_any_width() {
        long first = Laws.caseSeed();
        for (int i = 0; i < Math.min(500, Laws.cases()); i++) {
            long seed = first + i;
            Fx.run(() -> {
                var gen = new Gen(seed);
                var words = new StringBuilder();
                for (int n = gen.between(1, 60); n > 0; n--) {
                    words.append(gen.pick(CHARACTERS));
                }
                var flow = new TextFlow();
                boolean cut = Pieces.isNeeded(words);
                var pieces =
                        cut ? Pieces.of(words.toString(), Pieces.isForced(words)) : java.util.List.of(words.toString());
                assertThat(String.join("", pieces)).isEqualTo(words.toString());
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
        Fx.run(() -> {
            String hebrew = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd ".repeat(40) + "\u05e9".repeat(300);
            var desk = Desk.of(hebrew);
            try {
                desk.stage.getScene().getRoot().applyCss();
                desk.stage.getScene().getRoot().layout();
                assertThat(desk.surface.readBack()).isEqualTo(desk.document.text());
                assertThat(desk.surface.shapeOf(0, hebrew.length())).hasSizeGreaterThan(4);
                desk.surface.select(Caret.at(hebrew.length()), true);
                assertThat(desk.surface.caretAt(hebrew.length())).isPresent();
            } finally {
                desk.close();
            }
        });
    }
}
