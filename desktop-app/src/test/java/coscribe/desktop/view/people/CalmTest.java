package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.desktop.view.text.Fx;
import coscribe.ot.kit.Gen;
import coscribe.ot.protocol.ClientId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;

/// Nineteen people type in view of a writer, who looks at frame after frame: of more, not all are drawn.
class CalmTest {
    private static final int PEOPLE = 19;
    private static final int FRAMES = 80;
    private static final String MINE = "These are the words that I am reading.";

    private final Gen gen = new Gen(20);
    private final ArrayList<ClientId> people = new ArrayList<>();
    private final Map<ClientId, Double> rise = new HashMap<>();
    private Window window;
    private int moves;

    /// Where my line is drawn: from its first to behind its last letter.
    private Rectangle2D myLine() {
        int at = window.at(MINE);
        var first = window.surface.caretAt(at).orElseThrow();
        var last = window.surface.caretAt(at + MINE.length()).orElseThrow();
        return new Rectangle2D(first.getMinX(), first.getMinY(), last.getMinX() - first.getMinX(), first.getHeight());
    }

    private int[] pixels(WritableImage picture, Rectangle2D line) {
        int width = (int) line.getWidth() - 4; // without my caret, which blinks
        int height = (int) line.getHeight();
        var pixels = new int[width * height];
        picture.getPixelReader()
                .getPixels(
                        (int) line.getMinX() + 1,
                        (int) line.getMinY(),
                        width,
                        height,
                        javafx.scene.image.PixelFormat.getIntArgbInstance(),
                        pixels,
                        0,
                        width);
        return pixels;
    }

    /// A name stays at its height over its line, unless words, another name or the page's edge came
    /// there.
    private int look(ClientId who, String at) {
        var flag = flagOf(who);
        if (!flag.isVisible()) {
            return 0;
        }
        double now = flag.getLayoutY() - caretOf(who).getMinY();
        Double before = rise.put(who, now);
        if (before != null && Math.abs(before - now) > 1) {
            moves++;
            double left = caretOf(who).getMinX() + (before < -10 || before > 10 ? -1 : 8);
            var old = new Rectangle2D(left, caretOf(who).getMinY() + before - 1, flag.width(), Flags.HEIGHT + 2);
            boolean words = window.surface.written(old.getMinY(), old.getMaxY()).stream()
                    .anyMatch(old::intersects);
            boolean names = people.stream()
                    .filter(other -> !other.equals(who) && flagOf(other).isVisible())
                    .anyMatch(other -> old.intersects(
                            flagOf(other).getLayoutX(),
                            flagOf(other).getLayoutY(),
                            flagOf(other).width(),
                            Flags.HEIGHT));
            boolean edge = !window.surface.page().contains(old); // the page was scrolled to keep my line
            assertThat(words || names || edge)
                    .as("%s: why did the name of %s move by %.1f?", at, who, now - before)
                    .isTrue();
        }
        return 1;
    }

    private Flag flagOf(ClientId who) {
        return window.view.marker(who).orElseThrow().flag();
    }

    private Rectangle2D caretOf(ClientId who) {
        return window.view.marker(who).flatMap(Marker::at).orElseThrow();
    }

    /// Ends of their paragraphs, each of which holds its own number.
    private int end(int person) {
        String start = "Paragraph " + (10 + person) + ":";
        String text = window.model.document().text().plain();
        return text.indexOf('\n', text.indexOf(start));
    }

    @Test
    void my_line_stands_still_and_no_name_leaves_its_place_while_nineteen_people_type() {
        Fx.start();
        var text = new StringBuilder();
        for (int i = 0; i < PEOPLE; i++) {
            text.append("Paragraph ").append(10 + i).append(": ").append("words ".repeat(i % 4 == 0 ? 9 : 2));
            text.append(i == PEOPLE / 2 ? "\n\n" + MINE + "\n\n" : "\n");
        }
        text.append("More of it.\n".repeat(12)); // room to scroll: the page may grow above my line
        window = Fx.call(() -> new Window(text.toString(), 900, 950, false));
        Fx.frames(3);
        Fx.run(() -> {
            for (int i = 0; i < PEOPLE; i++) {
                people.add(window.crowd.joins("Person " + i));
                window.crowd.stands(people.get(i), end(i));
            }
            window.select(window.at(MINE) + MINE.length(), window.at(MINE) + MINE.length());
        });
        Fx.frames(3);
        var line = Fx.call(this::myLine);
        int[] before = Fx.call(() -> pixels(window.picture(), line));
        int seen = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            Fx.run(() -> {
                for (int i = 0; i < PEOPLE; i++) {
                    if (gen.chance(30)) {
                        window.crowd.types(people.get(i), end(i), gen.chance(20) ? " " : "e");
                    }
                }
                window.crowd.time.pass(Duration.ofMillis(50));
            });
            Fx.frames(2);
            String at = "frame " + frame;
            Fx.run(() -> {
                assertThat(myLine().getMinY()).as(at).isCloseTo(line.getMinY(), within(0.5));
                assertThat(pixels(window.picture(), line)).as(at).isEqualTo(before);
            });
            for (ClientId who : people) {
                seen += Fx.call(() -> look(who, at));
            }
        }
        assertThat(seen).isGreaterThan(FRAMES * PEOPLE / 2);
        assertThat(moves).isLessThan(PEOPLE / 2); // in four seconds in which a hundred lines grow
        Fx.run(window::close);
    }
}
