package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Role;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures for people to look at, in target/shots; a test can only say that everybody's colour is
/// in them, and that letters are as they would be without people.
class PeoplePicturesTest {
    private static final List<String> NAMES = List.of(
            "Mara Klein",
            "Jon Tveit",
            "Aiko Sato",
            "Lena Brandt",
            "Omar Haddad",
            "Ines Costa",
            "Piotr Zielinski",
            "Noor Aziz",
            "Tom Becker",
            "Yuki Mori",
            "Eva Lund",
            "Sam Okafor",
            "Rosa Vidal",
            "Ben Adler",
            "Zoe Marsh",
            "Karl Weiss",
            "Mina Park",
            "Ole Dahl",
            "Ana Reis",
            "Max Frei",
            "Ida Holm",
            "Leo Grant",
            "Uma Rao",
            "Finn Byrne",
            "Pia Keller");
    private static final String PLAN = "Plan for spring\n"
            + "We start with the garden beds, because the soil is ready in March. Everything else waits for warm"
            + " nights and for the new tools, not the old ones. Run the plan first, or see the almanac.\n"
            + "Budget\n"
            + "A quiet paragraph of plain text that is long enough to be wrapped onto a second line of the page, and"
            + " in which three people have selected something at the same time.\n"
            + "Seeds only from what grew last year. Water it well, and let it rest until the first leaves come.\n";

    @BeforeEach
    void open() {
        Fx.start();
    }

    @AfterEach
    void undress() {
        dress(false);
    }

    private static void dress(boolean dark) {
        Fx.run(() -> Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet()));
    }

    private static WritableImage shot(String text, double width, double height, boolean dark, Consumer<Window> script) {
        dress(dark);
        var window = Fx.call(() -> new Window(text, width, height, dark));
        Fx.frames(3);
        Fx.run(() -> script.accept(window));
        Fx.frames(5);
        var image = Fx.call(window::picture);
        Fx.run(window::close);
        return image;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void all_colours_and_shapes_tell_apart_to_every_eye(boolean dark) {
        String text = "\nAll eight colours and four shapes, in one page of text.\n".repeat(8);
        var halves = new ArrayList<WritableImage>();
        for (int half = 0; half < 2; half++) {
            int from = half * 2;
            halves.add(shot(text, 640, 600, dark, window -> {
                window.select(0, 0);
                for (int i = 0; i < 16; i++) {
                    var slot = new PaletteSlot(i / 2, from + i % 2);
                    int start = i / 2 * 57 + 1 + (i % 2) * 26;
                    var who = window.crowd.joins(NAMES.get(i), Role.EDITOR, slot);
                    window.crowd.selects(who, start + 4, start + 18);
                }
            }));
        }
        var both = beside(halves.get(0), halves.get(1));
        String name = "people-palette-" + (dark ? "dark" : "light");
        save(both, name);
        save(seen(both, Vision.PROTAN), name + "-protan");
        save(seen(both, Vision.DEUTAN), name + "-deutan");
        for (int colour = 0; colour < PaletteSlot.COLOURS; colour++) {
            assertThat(has(both, Palette.of(dark, false).of(new PaletteSlot(colour, 0))))
                    .isTrue();
        }
    }

    /// Seven carets, one behind each letter of one word: no pixel of a letter is another than
    /// without them.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seven_on_one_line_leave_its_letters_as_they_are(boolean dark) {
        var plain = shot(PLAN, 900, 360, dark, window -> window.select(3, 3));
        var image = shot(PLAN, 900, 360, dark, window -> {
            window.select(3, 3);
            int line = window.at("A quiet");
            for (int i = 0; i < 7; i++) {
                var who = window.crowd.joins(NAMES.get(i));
                window.crowd.stands(who, line + 18 + i);
            }
        });
        save(image, "people-seven-" + (dark ? "dark" : "light"));
        for (int i = 0; i < 7; i++) {
            assertThat(has(image, Palette.of(dark, false).of(new PaletteSlot(i, 0))))
                    .as("the colour of the %d. of seven", i + 1)
                    .isTrue();
        }
        var ink = most(plain);
        int letters = 0;
        for (int y = 0; y < plain.getHeight(); y++) {
            for (int x = 0; x < plain.getWidth(); x++) {
                if (plain.getPixelReader().getArgb(x, y) == ink) {
                    letters++;
                    assertThat(image.getPixelReader().getArgb(x, y))
                            .as("a letter's pixel at %d, %d", x, y)
                            .isEqualTo(ink);
                }
            }
        }
        assertThat(letters).isGreaterThan(2_000); // else nothing was looked at
    }

    /// The colour that is there most often but for the page's: the letters' own.
    private static int most(WritableImage image) {
        var counts = new HashMap<Integer, Integer>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counts.merge(image.getPixelReader().getArgb(x, y), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .skip(1)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void people_write_together(boolean dark) {
        var image = shot(PLAN.repeat(6), 1000, 560, dark, window -> {
            window.withBar();
            window.crowd.time.pass(Duration.ofSeconds(1));
            var crowd = window.crowd;
            var mara = crowd.joins("Mara Klein");
            var jon = crowd.joins("Jon Tveit");
            var aiko = crowd.joins("Aiko Sato");
            crowd.joins("Lena Brandt", Role.VIEWER, new PaletteSlot(6, 3));
            ClientId omar = crowd.joins("Omar Haddad");
            var ines = crowd.joins("Ines Costa");
            window.selectAnd(window.at("Seeds"), it -> it.codeBlock());
            window.selectAnd(window.at("Budget"), it -> it.heading(2));
            window.selectAnd(window.at("We start"), it -> it.quote());
            window.selectAnd(window.at("Plan for"), it -> it.quote());
            crowd.time.settle();
            int quiet = window.at("A quiet");
            var zoe = crowd.joins("Zoe Marsh");
            crowd.selects(zoe, window.at("Seeds"), window.at("Seeds") + 20);
            var tom = crowd.joins("Tom Becker");
            crowd.selects(tom, window.at("waits for"), window.at("waits for") + 20);
            crowd.selects(mara, quiet + 2, quiet + 60);
            crowd.selects(jon, quiet + 30, quiet + 130);
            crowd.selects(omar, quiet + 50, quiet + 100);
            window.select(quiet + 70, quiet + 90);
            crowd.types(ines, window.at("because"), "only ");
            crowd.types(aiko, window.model.document().length() - 40, "far away");
        });
        save(image, "people-together-" + (dark ? "dark" : "light"));
        assertThat(has(image, Palette.of(dark, false).of(new PaletteSlot(0, 0))))
                .isTrue();
    }

    @Test
    void the_list_shows_twenty_five() {
        for (boolean dark : new boolean[] {false, true}) {
            var image = shot(PLAN, 1000, 900, dark, window -> {
                window.withBar();
                window.withPanel();
                window.crowd.presentsMe();
                for (int i = 0; i < 25; i++) {
                    var role = i % 7 == 3 ? Role.VIEWER : i == 1 ? Role.COMMENTER : Role.EDITOR;
                    var who = window.crowd.joins(NAMES.get(i), role, new PaletteSlot(i % 8, i / 8));
                    window.crowd.stands(who, 20 + 9 * i);
                }
                window.crowd.time.pass(Duration.ofMinutes(3));
                var everyone = window.crowd.people.everyone().get();
                for (int i : new int[] {0, 2, 4, 5, 8, 9, 12, 13, 14}) {
                    window.crowd.types(everyone.get(i).client(), 30 + 20 * i, "x");
                }
            });
            save(image, "people-list-" + (dark ? "dark" : "light"));
            assertThat(has(image, Palette.of(dark, false).of(new PaletteSlot(0, 0))))
                    .isTrue();
        }
    }

    // --- pictures

    private static WritableImage beside(WritableImage a, WritableImage b) {
        var both = new WritableImage((int) (a.getWidth() + b.getWidth()), (int) a.getHeight());
        both.getPixelWriter().setPixels(0, 0, (int) a.getWidth(), (int) a.getHeight(), a.getPixelReader(), 0, 0);
        both.getPixelWriter()
                .setPixels((int) a.getWidth(), 0, (int) b.getWidth(), (int) b.getHeight(), b.getPixelReader(), 0, 0);
        return both;
    }

    private static WritableImage seen(WritableImage image, Vision eye) {
        var out = new WritableImage((int) image.getWidth(), (int) image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                out.getPixelWriter()
                        .setColor(x, y, eye.sees(image.getPixelReader().getColor(x, y)));
            }
        }
        return out;
    }

    private static boolean has(WritableImage image, Color colour) {
        int wanted = 0xff000000
                | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getPixelReader().getArgb(x, y) == wanted) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void save(WritableImage image, String name) {
        try {
            var file = new File("target/shots/" + name + ".png");
            assertThat(file.getParentFile().mkdirs() || file.getParentFile().isDirectory())
                    .isTrue();
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
