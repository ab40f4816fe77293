package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.presence.Caret;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.paint.Paint;
import org.fxmisc.richtext.TextExt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who wrote what, in a real text with two authors.
class AuthorColoursTest {
    private static final PaletteSlot SLOT = new PaletteSlot(4, 2);
    private static final String LINE = "I wrote this. Mara wrote this. Nobody knows who wrote this line.";
    private Window window;
    private ClientId mara;

    @BeforeEach
    void open() {
        window = Fx.call(() -> {
            var made = new Window("Nobody knows who wrote this line.\n", 800, 400, false);
            mara = made.crowd.joins("Mara Klein", Role.EDITOR, SLOT);
            made.crowd.types(mara, 0, "Mara wrote this. ");
            made.selectAnd(0, it -> it.type("I wrote this. "));
            return made;
        });
        Fx.frames(3);
    }

    @AfterEach
    void close() {
        Fx.run(window::close);
    }

    /// The ground behind words.
    private Paint behind(String words) {
        return Fx.call(() -> drawn(words).getBackgroundColor());
    }

    private TextExt drawn(String words) {
        var found = new ArrayList<TextExt>();
        gather(window.view.text(), words, found);
        assertThat(found).as(words).hasSize(1);
        return found.getFirst();
    }

    private static void gather(Node node, String words, List<TextExt> into) {
        if (node instanceof TextExt text && text.getText().startsWith(words)) {
            into.add(text);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> gather(child, words, into));
        }
    }

    private void does(Runnable what) {
        Fx.run(what);
        Fx.frames(3);
    }

    @Test
    void are_the_colours_of_who_is_here_and_of_oneself() {
        assertThat(behind(LINE)).isNull();
        does(() -> window.view.authorsShown().set(true));
        assertThat(behind("Mara")).isEqualTo(Palette.LIGHT.of(SLOT).deriveColor(0, 1, 1, 0.18));
        assertThat(behind("I wrote"))
                .isEqualTo(Palette.LIGHT.of(PaletteSlot.of(Crowd.ME.hex())).deriveColor(0, 1, 1, 0.18));
        assertThat(behind("Nobody")).isNull();
        does(() -> window.crowd.presentsMe());
        assertThat(behind("I wrote"))
                .isEqualTo(Palette.LIGHT.of(new PaletteSlot(5, 1)).deriveColor(0, 1, 1, 0.18));
        does(() -> window.view.authorsShown().set(false));
        assertThat(behind(LINE)).isNull();
    }

    /// Many people write one paragraph, and each run that is drawn costs.
    @Test
    void cut_a_line_into_its_authors_words_only_while_they_are_shown() {
        assertThat(runs()).isEqualTo(1);
        does(() -> window.view.authorsShown().set(true));
        assertThat(runs()).isEqualTo(3);
        does(() -> window.crowd.types(mara, 0, "And this. "));
        assertThat(runs()).isEqualTo(4);
        does(() -> window.view.authorsShown().set(false));
        assertThat(runs()).isEqualTo(1);
        does(() -> window.crowd.types(mara, 0, "More. "));
        assertThat(runs()).isEqualTo(1);
    }

    private int runs() {
        return Fx.call(() -> {
            var found = new ArrayList<TextExt>();
            gather(window.view.text(), "", found);
            return (int) found.stream().filter(run -> !run.getText().isEmpty()).count();
        });
    }

    @Test
    void follow_the_theme_and_what_is_written_later() {
        does(() -> window.view.authorsShown().set(true));
        does(() -> window.dark.set(true));
        assertThat(behind("Mara")).isEqualTo(Palette.DARK.of(SLOT).deriveColor(0, 1, 1, 0.28));
        var jon = Fx.call(() -> window.crowd.joins("Jon", Role.EDITOR, new PaletteSlot(2, 0)));
        does(() -> window.crowd.types(jon, 0, "Jon came later. "));
        assertThat(behind("Jon"))
                .isEqualTo(Palette.DARK.of(new PaletteSlot(2, 0)).deriveColor(0, 1, 1, 0.28));
    }

    @Test
    void leave_the_letters_as_readable_as_a_selection_does() {
        does(() -> window.view.authorsShown().set(true));
        var image = Fx.call(window::picture);
        var ground = Palette.LIGHT.of(SLOT);
        int tinted = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                var at = image.getPixelReader().getColor(x, y);
                tinted += Math.abs(at.getRed() - (1 - 0.18 * (1 - ground.getRed()))) < 0.01
                                && Math.abs(at.getBlue() - (1 - 0.18 * (1 - ground.getBlue()))) < 0.01
                        ? 1
                        : 0;
            }
        }
        assertThat(tinted).isGreaterThan(500); // it is drawn, and no stronger
    }

    @Test
    void stay_when_their_author_leaves() {
        does(() -> window.view.authorsShown().set(true));
        does(() -> window.crowd.leaves(mara));
        assertThat(behind("Mara")).isEqualTo(Palette.LIGHT.of(SLOT).deriveColor(0, 1, 1, 0.18));
    }

    @Test
    void are_lines_in_high_contrast_and_no_grounds() {
        does(() -> window.view.authorsShown().set(true));
        does(() -> window.contrast.set(true));
        assertThat(behind("Mara")).isNull();
        assertThat(Fx.call(() -> drawn("Mara").getUnderlineColor())).isEqualTo(Palette.LIGHT_OUTLINES.of(SLOT));
        does(() -> window.view.authorsShown().set(false));
        assertThat(Fx.call(() -> drawn(LINE).getUnderlineColor())).isNull();
    }

    @Test
    void leave_inline_code_its_ground() {
        does(() -> {
            window.select(0, 7);
            window.selectAnd(0, it -> {
                it.select(new Caret(0, 7));
                it.toggle(InlineStyle.CODE);
            });
        });
        var usual = behind("I wrote");
        assertThat(usual).isNotNull();
        does(() -> window.view.authorsShown().set(true));
        assertThat(behind("I wrote")).isEqualTo(usual);
        does(() -> window.view.authorsShown().set(false));
        assertThat(behind("I wrote")).isEqualTo(usual);
    }

    @Nested
    class The_legend {
        @BeforeEach
        void show() {
            does(() -> window.view.authorsShown().set(true));
            passes();
        }

        /// The moment after which the text was looked through.
        private void passes() {
            does(() -> window.crowd.time.pass(Duration.ofSeconds(1)));
        }

        private List<String> words() {
            return Fx.call(() -> window.legend.getChildrenUnmodifiable().stream()
                    .filter(Node::isVisible)
                    .map(it -> ((Label) it).getText())
                    .toList());
        }

        private List<String> told() {
            return Fx.call(() -> window.legend.lookupAll(".author-chip").stream()
                    .filter(it -> it.getPseudoClassStates().contains(PseudoClass.getPseudoClass("told")))
                    .map(it -> ((Label) it).getText())
                    .toList());
        }

        private void caretAt(String words) {
            does(() -> window.selectAnd(window.at(words) + words.length(), it -> {}));
        }

        @Test
        void is_there_with_the_colours_only() {
            assertThat(words()).containsExactly("Written by", "You", "Mara Klein");
            does(() -> window.view.authorsShown().set(false));
            assertThat(Fx.call(() -> window.legend.isVisible() || window.legend.isManaged()))
                    .isFalse();
        }

        @Test
        void names_who_is_away() {
            does(() -> window.crowd.presentsMe());
            does(() -> window.crowd.leaves(mara));
            assertThat(words()).containsExactly("Written by", "Me (you)", "Mara Klein, away");
            does(() -> window.crowd.joins("Jon"));
            passes();
            assertThat(words()).as("Jon wrote nothing").containsExactly("Written by", "Me (you)", "Mara Klein, away");
        }

        @Test
        void names_whose_words_are_there_and_no_others() {
            var jon = Fx.call(() -> window.crowd.joins("Jon"));
            does(() -> window.crowd.types(jon, 0, "Jon too. "));
            passes();
            assertThat(words()).containsExactly("Written by", "You", "Jon", "Mara Klein");
            does(() -> window.crowd.deletes(jon, 0, 9));
            passes();
            assertThat(words()).containsExactly("Written by", "You", "Mara Klein");
        }

        @Test
        void points_out_who_wrote_what_the_caret_stands_behind() {
            caretAt("Mara wrote");
            assertThat(told()).containsExactly("Mara Klein");
            caretAt("I wrote");
            assertThat(told()).containsExactly("You");
            caretAt("Nobody");
            assertThat(told()).isEmpty();
        }

        @Test
        void points_out_who_wrote_what_the_pointer_is_at() {
            caretAt("I wrote");
            var at = Fx.call(
                    () -> window.surface.caretAt(window.at("Mara wrote") + 2).orElseThrow());
            points(at.getMinX() + 1, at.getMinY() + at.getHeight() / 2);
            assertThat(told()).containsExactly("Mara Klein");
            points(at.getMinX() + 1, 300);
            assertThat(told()).as("nobody wrote in the white").containsExactly("You");
        }

        private void points(double x, double y) {
            does(() -> {
                var node = window.surface.node();
                var at = node.localToScene(x, y);
                Event.fireEvent(
                        node,
                        new MouseEvent(
                                MouseEvent.MOUSE_MOVED,
                                at.getX(),
                                at.getY(),
                                at.getX(),
                                at.getY(),
                                MouseButton.NONE,
                                0,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                null));
            });
        }

        @Test
        void counts_whom_it_has_no_room_for_and_keeps_who_is_pointed_out() {
            does(() -> {
                for (int i = 0; i < 12; i++) {
                    var who = window.crowd.joins("Somebody with a long name " + (char) ('A' + i));
                    window.crowd.types(who, 0, "Words of " + (char) ('A' + i) + ". ");
                }
            });
            passes();
            caretAt("Words of L");
            var shown = words();
            assertThat(shown).hasSizeBetween(4, 8).contains("Somebody with a long name L");
            assertThat(shown.getLast()).isEqualTo("+" + (14 - (shown.size() - 2)));
            assertThat(Fx.call(() -> window.legend.getHeight())).as("one line").isEqualTo(34);
            assertThat(Fx.call(() -> window.legend.getChildrenUnmodifiable().stream()
                            .filter(Node::isVisible)
                            .mapToDouble(it -> it.getBoundsInParent().getMaxX())
                            .max()
                            .orElseThrow()))
                    .isLessThanOrEqualTo(800);
        }
    }
}
