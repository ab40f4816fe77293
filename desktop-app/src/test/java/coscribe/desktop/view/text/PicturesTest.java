package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.Event;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.image.WritableImage;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.shape.Path;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.shape.StrokeType;
import javafx.scene.text.Font;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Pictures for people to look at, in target/shots; what a test can say of them is that they are
/// not empty and that the two themes differ.
class PicturesTest {
    private static final Attributes QUOTE = Attributes.of("quote", Value.TRUE);
    private static final Attributes CODE = Attributes.of("code-block", Value.TRUE);

    @Test
    void every_kind_of_text_is_drawn_in_light_and_dark() {
        var light = picture(new PrimerLight(), "text-light", words(), 5);
        var dark = picture(new PrimerDark(), "text-dark", words(), 5);
        assertThat(brightness(light)).isGreaterThan(0.8);
        assertThat(brightness(dark)).isLessThan(0.3);
    }

    @Test
    void letters_have_the_themes_colour_headings_are_bold_and_code_is_in_one_width() {
        picture(new PrimerDark(), "letters-dark", words(), 0, desk -> {
            var runs = new ArrayList<Run>();
            gather(desk.surface.node(), runs);
            assertThat(runs)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(run -> assertThat(((Color) run.getFill()).getBrightness())
                            .as(run.getText())
                            .isGreaterThan(0.4));
            assertThat(fontOf("Plan for spring", runs).getStyle()).contains("Bold");
            assertThat(fontOf("A quiet paragraph", runs).getStyle()).doesNotContain("Bold");
            assertThat(fontOf("for bed in beds:", runs).getFamily()).contains("Mono");
        });
    }

    @Test
    void inline_code_stands_on_a_ground_with_round_corners() {
        for (var theme : List.of(new PrimerLight(), new PrimerDark())) {
            picture(theme, "code-" + (theme.isDarkMode() ? "dark" : "light"), words(), 0, desk -> {
                desk.surface.area().moveTo(3); // lays out once more
                var grounds = new ArrayList<Path>();
                gatherGrounds(desk.surface.node(), grounds);
                assertThat(grounds).singleElement().satisfies(ground -> {
                    assertThat(ground.getStroke()).isNotNull().isEqualTo(ground.getFill());
                    assertThat(ground.getStrokeWidth()).isEqualTo(3);
                    assertThat(ground.getStrokeType()).isEqualTo(StrokeType.OUTSIDE);
                    assertThat(ground.getStrokeLineJoin()).isEqualTo(StrokeLineJoin.ROUND);
                    fits(desk, ground);
                });
            });
        }
    }

    /// It leaves the space before the word a space, and the sign behind it its place.
    private static void fits(Desk desk, Path ground) {
        int from = 0;
        while (!desk.document.text().attributesAt(from).has("code")) {
            from++;
        }
        int to = from;
        while (desk.document.text().attributesAt(to).has("code")) {
            to++;
        }
        assertThat(desk.document.text().charAt(from - 1)).isEqualTo(' ');
        var box = desk.surface.node().sceneToLocal(ground.localToScene(ground.getBoundsInLocal()));
        var space = desk.surface.shapeOf(from - 1, from).getFirst();
        var word = desk.surface.shapeOf(from, to).getFirst();
        assertThat(box.getMinX()).isBetween(space.getMinX() + space.getWidth() / 2, word.getMinX());
        assertThat(box.getMaxX()).isBetween(word.getMaxX(), word.getMaxX() + 1.01);
    }

    /// What RichTextFX draws behind runs.
    private static void gatherGrounds(Node node, List<Path> into) {
        if (node instanceof Path path
                && path.getTypeSelector().equals("BackgroundPath")
                && !path.getElements().isEmpty()) {
            into.add(path);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> gatherGrounds(child, into));
        }
    }

    private static void gather(Node node, List<Run> into) {
        if (node instanceof Run run) {
            into.add(run);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> gather(child, into));
        }
    }

    private static Font fontOf(String words, List<Run> runs) {
        return runs.stream()
                .filter(run -> run.getText().startsWith(words))
                .map(Run::getFont)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_kind_of_list_is_drawn_in_light_and_dark() {
        var light = picture(new PrimerLight(), "lists-light", lists(), 0);
        var dark = picture(new PrimerDark(), "lists-dark", lists(), 0);
        assertThat(brightness(light)).isGreaterThan(0.8);
        assertThat(brightness(dark)).isLessThan(0.3);
    }

    @Test
    void what_is_selected_leaves_nothing_of_the_page_between_its_lines() {
        var document = words();
        int end = document.text().plain().indexOf("Only what grew") + 4;
        for (var theme : List.of(new PrimerLight(), new PrimerDark())) {
            var from = new AtomicReference<Rectangle2D>();
            var to = new AtomicReference<Rectangle2D>();
            var image = picture(theme, "selected-" + (theme.isDarkMode() ? "dark" : "light"), document, end, desk -> {
                from.set(desk.surface.caretAt(0).orElseThrow());
                to.set(desk.surface.caretAt(end).orElseThrow());
            });
            int x = (int) from.get().getMinX() + 1;
            var page = image.getPixelReader().getArgb(10, 10);
            for (int y = (int) from.get().getMinY() + 1; y < to.get().getMaxY() - 1; y++) {
                assertThat(image.getPixelReader().getArgb(x, y)).as("at %d", y).isNotEqualTo(page);
            }
        }
    }

    @Test
    void a_links_card_and_what_is_composed_stand_over_the_text() {
        for (var theme : List.of(new PrimerLight(), new PrimerDark())) {
            var document = words();
            int link = document.text().plain().indexOf("almanac");
            picture(theme, "card-" + (theme.isDarkMode() ? "dark" : "light"), document, 0, desk -> {
                desk.surface.area().moveTo(link);
                Event.fireEvent(
                        desk.surface.area(),
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED,
                                KeyEvent.CHAR_UNDEFINED,
                                "",
                                KeyCode.ENTER,
                                false,
                                false,
                                true,
                                false));
            });
            picture(theme, "composed-" + (theme.isDarkMode() ? "dark" : "light"), document, 0, desk -> {
                desk.surface.area().moveTo(document.text().plain().indexOf("quiet"));
                Event.fireEvent(
                        desk.surface.area(),
                        new InputMethodEvent(
                                InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                                List.of(
                                        new InputMethodTextRun("comp", InputMethodHighlight.UNSELECTED_RAW),
                                        new InputMethodTextRun("osed", InputMethodHighlight.SELECTED_CONVERTED)),
                                "",
                                8));
            });
        }
    }

    private static WritableImage picture(Theme theme, String name, Document document, int selected) {
        return picture(theme, name, document, selected, desk -> {});
    }

    @CanIgnoreReturnValue
    private static WritableImage picture(
            Theme theme, String name, Document document, int selected, Consumer<Desk> before) {
        Fx.start();
        Fx.run(() -> Application.setUserAgentStylesheet(theme.getUserAgentStylesheet()));
        var desk = Fx.call(() -> {
            var opened = new Desk(document, new Caret(0, selected), 950);
            opened.surface.requestFocus();
            return opened;
        });
        Fx.frames(5);
        Fx.run(() -> before.accept(desk));
        Fx.frames(5);
        var image = Fx.call(() -> desk.stage.getScene().snapshot(null));
        Fx.run(desk::close);
        Fx.run(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
        try {
            var file = new File("target/shots/" + name + ".png");
            assertThat(file.getParentFile().mkdirs() || file.getParentFile().isDirectory())
                    .isTrue();
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(colours(image)).hasSizeGreaterThan(20);
        return image;
    }

    private static HashSet<Integer> colours(WritableImage image) {
        var seen = new HashSet<Integer>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                seen.add(image.getPixelReader().getArgb(x, y));
            }
        }
        return seen;
    }

    private static double brightness(WritableImage image) {
        double sum = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                sum += image.getPixelReader().getColor(x, y).getBrightness();
            }
        }
        return sum / image.getHeight() / image.getWidth();
    }

    private static Document words() {
        return new Written()
                .line("Plan for spring", Written.heading(1))
                .run("We start with the ")
                .run("garden beds", Written.BOLD)
                .run(", because the soil is ready in March. Everything else waits for ")
                .run("warm nights", Attributes.of("italic", Value.TRUE))
                .run(" and for the ")
                .run("new tools", Attributes.of("underline", Value.TRUE))
                .run(", not the ")
                .run("old ones", Attributes.of("strike", Value.TRUE))
                .run(". Run ")
                .run("plan --check", Attributes.of("code", Value.TRUE))
                .run(" first, or see ")
                .run("the almanac", Written.link("https://almanac.example.org/spring"))
                .run(".")
                .end(Attributes.NONE)
                .line("Budget", Written.heading(2))
                .line("A quiet paragraph of plain text that is long enough to be wrapped onto a second line of the"
                        + " page.")
                .line("Seeds", Written.heading(3))
                .line("Only what grew last year.")
                .line("Small print", Written.heading(4))
                .line("Nothing is so small that it could not grow.", QUOTE)
                .line(
                        "It only wants time, water, and somebody who looks after it on the days when nobody else does.",
                        QUOTE)
                .line("for bed in beds:", CODE)
                .line("    bed.water(litres=4)", CODE)
                .line("    bed.rest()", CODE)
                .line("Centred words", Attributes.of("align", Value.of("center")))
                .line("Words at the right", Attributes.of("align", Value.of("right")))
                .embed(Attributes.of("divider", Value.TRUE))
                .end(Attributes.NONE)
                .embed(Written.image("The beds from above, drawn in ink", 480, 120))
                .end(Attributes.NONE)
                .line("The end.")
                .document();
    }

    private static Document lists() {
        var written = new Written().line("Lists", Written.heading(1)).line("What is to be done, in three ways:");
        for (String kind : List.of("bullet", "ordered", "check")) {
            written.line("Dig the first bed", Written.item(kind, 0))
                    .line(
                            "Loosen the soil with a fork, not with a spade, so that the worms stay whole and the roots"
                                    + " find their way down",
                            Written.item(kind, 0))
                    .line("Stones to the left", Written.item(kind, 1))
                    .line("Roots to the right", Written.item(kind, 1))
                    .line("Couch grass into the bin", Written.item(kind, 2))
                    .line("Water it", Written.item(kind, 0).with("checked", Value.TRUE))
                    .line("Between two lists stands a paragraph.");
        }
        for (int level = 0; level <= 5; level++) {
            written.line("Level " + level, Written.item("ordered", level));
        }
        return written.document();
    }
}
