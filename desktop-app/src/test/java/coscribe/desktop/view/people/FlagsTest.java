package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private static final double WIDTH = 700;
    private static final double HEIGHT = 500;
    private final RandomGenerator random = new SplittableRandom(3);
    private final List<Flags.Wanted> wanted = new ArrayList<>();
    private Optional<Rectangle2D> own = Optional.empty();

    private void wants(double x, double y) {
        wanted.add(new Flags.Wanted(ClientId.random(random), new Rectangle2D(x, y, 0, 20), 60));
    }

    private Flags.Layout placed() {
        return Flags.place(wanted, own, WIDTH, HEIGHT, 28);
    }

    @Test
    void a_flag_stands_above_its_line() {
        wants(100, 200);
        var flag = placed().flags().getFirst();
        assertThat(flag.y() + Flags.HEIGHT).isLessThanOrEqualTo(200);
        assertThat(flag.x()).isBetween(98.0, 100.0);
    }

    @Test
    void on_the_first_visible_line_it_stands_below() {
        wants(100, 5);
        assertThat(placed().flags().getFirst().y()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void it_stays_inside_the_page() {
        wants(695, 200);
        wants(0, 400);
        assertThat(placed().flags().get(0).x()).isEqualTo(WIDTH - 60);
        assertThat(placed().flags().get(1).x()).isEqualTo(0);
    }

    @Test
    void flags_side_by_side_stay_on_one_level() {
        wants(100, 200);
        wants(300, 200);
        assertThat(placed().flags()).extracting(Flags.Placed::level).containsExactly(0, 0);
    }

    @Test
    void flags_that_meet_stack_upward_and_never_overlap() {
        wants(100, 200);
        wants(110, 200);
        wants(120, 200);
        var flags = placed().flags();
        assertThat(flags).extracting(Flags.Placed::level).containsExactly(0, 1, 2);
        assertThat(flags.get(1).y()).isLessThanOrEqualTo(flags.get(0).y() - Flags.HEIGHT);
        assertThat(flags.get(2).y()).isLessThanOrEqualTo(flags.get(1).y() - Flags.HEIGHT);
    }

    @Test
    void below_the_first_line_they_stack_downward() {
        wants(100, 5);
        wants(110, 5);
        var flags = placed().flags();
        assertThat(flags.get(1).y()).isGreaterThanOrEqualTo(flags.get(0).y() + Flags.HEIGHT);
    }

    @Test
    void seven_on_one_line_are_three_flags_and_four_more() {
        for (int i = 0; i < 7; i++) {
            wants(100 + 8 * i, 200);
        }
        var layout = placed();
        assertThat(layout.flags()).hasSize(3);
        assertThat(layout.more()).hasSize(1);
        assertThat(layout.more().getFirst().count()).isEqualTo(4);
    }

    @Test
    void no_flag_comes_within_48_pixels_of_my_caret() {
        own = Optional.of(new Rectangle2D(100, 200, 0, 20));
        wants(100, 200);
        wants(147, 200);
        wants(100, 224);
        wants(149, 200);
        wants(100, 300);
        assertThat(placed().flags())
                .extracting(Flags.Placed::owner)
                .containsExactly(wanted.get(3).owner(), wanted.get(4).owner());
        assertThat(placed().more()).isEmpty();
    }

    /// Whatever comes: nothing overlaps, nothing leaves the page, everybody is shown or counted.
    @Test
    void on_random_places_flags_never_overlap_and_nobody_is_lost() {
        for (int round = 0; round < 500; round++) {
            wanted.clear();
            int count = random.nextInt(1, 12);
            for (int i = 0; i < count; i++) {
                wants(random.nextInt((int) WIDTH), 24 * random.nextInt(0, 20));
            }
            var layout = placed();
            var boxes = layout.flags().stream()
                    .map(it -> new Rectangle2D(it.x(), it.y(), 60, Flags.HEIGHT))
                    .toList();
            for (int a = 0; a < boxes.size(); a++) {
                assertThat(boxes.get(a).getMinX()).isGreaterThanOrEqualTo(0);
                assertThat(boxes.get(a).getMaxX()).isLessThanOrEqualTo(WIDTH);
                assertThat(boxes.get(a).getMinY()).isGreaterThanOrEqualTo(0);
                assertThat(boxes.get(a).getMaxY()).isLessThanOrEqualTo(HEIGHT);
                for (int b = 0; b < a; b++) {
                    assertThat(boxes.get(a).intersects(boxes.get(b)))
                            .as("round %d", round)
                            .isFalse();
                }
            }
            int more = layout.more().stream().mapToInt(Flags.More::count).sum();
            assertThat(boxes.size() + more).as("round %d", round).isEqualTo(count);
        }
    }
}
