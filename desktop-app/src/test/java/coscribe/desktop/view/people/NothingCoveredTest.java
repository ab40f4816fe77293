package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.ot.export.ListKind;
import coscribe.ot.kit.Gen;
import coscribe.ot.protocol.ClientId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real pages, drawn: a picture without people says where ink is, and no flag may be there.
class NothingCoveredTest {
    private static final String[] WORDS = {
        "soil", "garden", "a", "Ångström", "gypsy", "beds", "because", "MARCH", "quay,", "(six)", "long", "unbelievably"
    };
    private static final int PEOPLE = 9;
    private static final double INK = 0.75; // brightness; the grounds of code and quotes are brighter

    @BeforeEach
    void start() {
        Fx.start();
    }

    @Test
    void no_flag_covers_ink_whatever_is_written_and_wherever_people_are() {
        int flags = 0;
        for (long seed = 1; seed <= 12; seed++) {
            flags += look(seed);
        }
        assertThat(flags).isGreaterThan(40); // else nothing was tried
    }

    @Test
    void who_types_out_of_view_is_told_where_no_ink_is_however_narrow_the_window() {
        var widths = new HashSet<Double>();
        for (int width : new int[] {480, 640, 700, 760, 900, 1_180}) {
            var window = Fx.call(() ->
                    new Window("Soil and seeds fill every line of this long page. ".repeat(400), width, 500, false));
            try {
                Fx.frames(3);
                Fx.run(() -> window.view.caretsShown().set(false));
                Fx.frames(2);
                var page = Fx.call(window::picture);
                Fx.run(() -> {
                    window.view.caretsShown().set(true);
                    for (String name : List.of("Aiko Mori", "Mara Klein")) {
                        var who = window.crowd.joins(name);
                        window.crowd.types(who, window.model.document().length() - 1, "x");
                    }
                });
                Fx.frames(4);
                var chips = Fx.call(() -> {
                    var found = new ArrayList<Bounds>();
                    chips(window.view.text(), found);
                    return List.copyOf(found);
                });
                assertThat(chips).as("at %d px", width).hasSize(EdgeChips.MOST);
                chips.forEach(box -> assertThat(ink(page, box))
                        .as("ink under the chip at %s of %d px", box, width)
                        .isZero());
                chips.forEach(box -> widths.add(box.getWidth()));
            } finally {
                Fx.run(window::close);
            }
        }
        assertThat(widths).hasSizeGreaterThan(1); // words where there is room, an arrow where there is not
    }

    private static void chips(Node node, List<Bounds> into) {
        if (node.isVisible() && node.getStyleClass().contains("edge-chip")) {
            into.add(node.localToScene(node.getLayoutBounds()));
        } else if (node.isVisible() && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> chips(child, into));
        }
    }

    private static int ink(WritableImage page, Bounds box) {
        int ink = 0;
        for (int y = (int) box.getMinY(); y < box.getMaxY(); y++) {
            for (int x = (int) box.getMinX(); x < box.getMaxX(); x++) {
                ink += page.getPixelReader().getColor(x, y).getBrightness() < INK ? 1 : 0;
            }
        }
        return ink;
    }

    private static int look(long seed) {
        var gen = new Gen(seed);
        int width = gen.pick(new Integer[] {640, 760, 900});
        var window = Fx.call(() -> new Window(text(gen), width, 600, false));
        try {
            Fx.run(() -> format(window, gen));
            Fx.frames(3);
            Fx.run(() -> window.view.caretsShown().set(false));
            Fx.frames(2);
            var page = Fx.call(window::picture);
            var people = new ArrayList<ClientId>();
            Fx.run(() -> {
                window.view.caretsShown().set(true);
                for (int i = 0; i < PEOPLE; i++) {
                    people.add(window.crowd.joins("Person number " + i));
                    window.crowd.stands(people.get(i), somewhere(window, gen));
                }
            });
            int seen = 0;
            for (int step = 0; step < 4; step++) {
                Fx.frames(2);
                seen += check(window, page, seed);
                Fx.run(() -> {
                    for (ClientId who : people) {
                        if (gen.chance(50)) {
                            window.crowd.stands(who, somewhere(window, gen));
                        }
                    }
                });
            }
            return seen;
        } finally {
            Fx.run(window::close);
        }
    }

    private static String text(Gen gen) {
        var text = new StringBuilder();
        for (int paragraph = 0; paragraph < 14; paragraph++) {
            for (int words = gen.below(gen.chance(50) ? 6 : 45); words > 0; words--) {
                text.append(gen.pick(WORDS)).append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void format(Window window, Gen gen) {
        int length = window.model.document().length();
        window.select(0, 0);
        for (int i = 0; i < 5; i++) {
            int at = gen.below(length);
            switch (gen.below(4)) {
                case 0 -> window.selectAnd(at, it -> it.heading(1 + gen.below(4)));
                case 1 -> window.selectAnd(at, it -> it.list(gen.pick(ListKind.values())));
                case 2 -> window.selectAnd(at, it -> it.quote());
                default -> window.selectAnd(at, it -> it.codeBlock());
            }
        }
        window.select(length - 1, length - 1);
    }

    private static int somewhere(Window window, Gen gen) {
        return gen.below(Math.max(1, window.surface.visible().to()));
    }

    private static int check(Window window, WritableImage page, long seed) {
        var boxes = Fx.call(() -> {
            var found = new ArrayList<Bounds>();
            flags(window.view.text(), found);
            return List.copyOf(found);
        });
        for (var box : boxes) {
            assertThat(ink(page, box))
                    .as("seed %d: ink under the flag at %s", seed, box)
                    .isZero();
        }
        return boxes.size();
    }

    private static void flags(Node node, List<Bounds> into) {
        if (node.isVisible() && node instanceof Flag flag) {
            into.add(flag.localToScene(flag.getLayoutBounds()));
        } else if (node.isVisible() && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> flags(child, into));
        }
    }
}
