package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Crowd;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.paint.Paint;
import org.fxmisc.richtext.TextExt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who wrote what, in a real text with two authors.
class AuthorColoursTest {
    private static final PaletteSlot SLOT = new PaletteSlot(4, 2);
    private Window window;

    @BeforeEach
    void open() {
        window = Fx.call(() -> {
            var made = new Window("Nobody knows who wrote this line.\n", 800, 400, false);
            var mara = made.crowd.joins("Mara Klein", Role.EDITOR, SLOT);
            made.crowd.types(mara, 0, "Mara wrote this. ");
            made.selectAnd(0, it -> it.type("I wrote this. "));
            made.view.authorColours().addListener((property, was, is) -> made.surface.showAuthors(is));
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
        return Fx.call(() -> {
            var found = new ArrayList<TextExt>();
            gather(window.view.text(), words, found);
            assertThat(found).as(words).hasSize(1);
            return found.getFirst().getBackgroundColor();
        });
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
        assertThat(behind("Mara")).isNull();
        does(() -> window.view.authorsShown().set(true));
        assertThat(behind("Mara")).isEqualTo(Palette.LIGHT.of(SLOT).deriveColor(0, 1, 1, 0.18));
        assertThat(behind("I wrote"))
                .isEqualTo(Palette.LIGHT.of(PaletteSlot.of(Crowd.ME.hex())).deriveColor(0, 1, 1, 0.18));
        assertThat(behind("Nobody")).isNull();
        does(() -> window.crowd.presentsMe());
        assertThat(behind("I wrote"))
                .isEqualTo(Palette.LIGHT.of(new PaletteSlot(5, 1)).deriveColor(0, 1, 1, 0.18));
        does(() -> window.view.authorsShown().set(false));
        assertThat(behind("Mara")).isNull();
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
}
