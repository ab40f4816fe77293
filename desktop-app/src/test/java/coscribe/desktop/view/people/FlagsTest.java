package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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
    private static final Rectangle2D PAGE = new Rectangle2D(0, 0, WIDTH, HEIGHT);
    private static final Rectangle2D COLUMN = new Rectangle2D(50, 0, 500, HEIGHT);
    private final RandomGenerator random = new SplittableRandom(3);
    private final List<Flags.Wanted> wanted = new ArrayList<>();
    private final List<Rectangle2D> written = new ArrayList<>();
    private Optional<Rectangle2D> own = Optional.empty();

    @CanIgnoreReturnValue
    private ClientId wants(double x, double y) {
        return wants(x, y, Optional.empty(), false);
    }

    @CanIgnoreReturnValue
    private ClientId wants(double x, double y, Optional<Flags.Placed> before, boolean asked) {
        var owner = before.map(Flags.Placed::owner).orElseGet(() -> ClientId.random(random));
        wanted.add(new Flags.Wanted(owner, new Rectangle2D(x, y, 0, 20), 60, before, asked));
        return owner;
    }

    private void wrote(double left, double right, double y) {
        written.add(new Rectangle2D(left, y, right - left, 20));
    }

    private Flags.Layout placed() {
        return Flags.place(
                wanted,
                new Flags.Ground(
                        PAGE,
                        COLUMN,
                        own,
                        (top, bottom) -> written.stream()
                                .filter(it -> it.getMaxY() > top && it.getMinY() < bottom)
                                .toList()),
                28);
    }

    private Flags.Placed only() {
        assertThat(placed().flags()).hasSize(1);
        return placed().flags().getFirst();
    }

    @Test
    void a_flag_stands_above_its_line() {
        wants(100, 200);
        assertThat(only().spot()).isEqualTo(Flags.Spot.ABOVE);
        assertThat(only().y() + Flags.HEIGHT).isLessThanOrEqualTo(200);
        assertThat(only().x()).isBetween(98.0, 100.0);
    }

    @Test
    void a_short_line_above_leaves_room_for_it() {
        wants(100, 200);
        wrote(50, 98, 176);
        wrote(50, 550, 200);
        assertThat(only().spot()).isEqualTo(Flags.Spot.ABOVE);
    }

    @Test
    void under_words_it_stands_behind_the_end_of_its_line() {
        wants(300, 200);
        wrote(50, 550, 176);
        wrote(50, 300, 200);
        wrote(50, 550, 224);
        assertThat(only().spot()).isEqualTo(Flags.Spot.BEHIND);
        assertThat(only().x()).isEqualTo(308);
        assertThat(only().y()).isEqualTo(201);
    }

    @Test
    void a_few_words_behind_the_caret_do_not_send_it_into_the_margin() {
        wants(200, 200);
        wrote(50, 550, 176);
        wrote(50, 300, 200);
        wrote(50, 550, 224);
        assertThat(only().spot()).isEqualTo(Flags.Spot.BEHIND);
        assertThat(only().x()).isEqualTo(308);
        wrote(300, 400, 200);
        assertThat(only().spot()).isEqualTo(Flags.Spot.MARGIN);
    }

    @Test
    void with_words_before_and_behind_it_stands_below_a_last_line() {
        wants(200, 200);
        wrote(50, 550, 176);
        wrote(50, 400, 200);
        assertThat(only().spot()).isEqualTo(Flags.Spot.BELOW);
        assertThat(only().y()).isGreaterThanOrEqualTo(220);
    }

    @Test
    void in_the_midst_of_words_it_stands_in_the_margin_beside_its_line() {
        wants(200, 200);
        for (int line = 0; line < 20; line++) {
            wrote(50, 545, 8 + 24 * line);
        }
        assertThat(only().spot()).isEqualTo(Flags.Spot.MARGIN);
        assertThat(only().x()).isEqualTo(562);
        assertThat(only().y()).isEqualTo(201);
    }

    @Test
    void where_nothing_is_white_there_is_no_flag() {
        wants(200, 200);
        for (int line = 0; line < 20; line++) {
            wrote(0, 690, 8 + 24 * line);
        }
        assertThat(placed().flags()).isEmpty();
        assertThat(placed().more()).isEmpty();
    }

    @Test
    void the_pointer_brings_it_even_there() {
        wants(200, 200, Optional.empty(), true);
        for (int line = 0; line < 20; line++) {
            wrote(0, 690, 8 + 24 * line);
        }
        assertThat(only().spot()).isEqualTo(Flags.Spot.ABOVE);
    }

    @Test
    void on_the_first_visible_line_it_stands_below() {
        wants(100, 5);
        wrote(50, 400, 5);
        assertThat(only().y()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void it_stays_inside_the_page() {
        wants(695, 200);
        wants(0, 400);
        assertThat(placed().flags().get(0).x()).isEqualTo(WIDTH - 60);
        assertThat(placed().flags().get(1).x()).isEqualTo(0);
    }

    @Test
    void it_stays_where_it_was_as_long_as_that_is_white() {
        var owner = ClientId.random(random);
        var before = Optional.of(new Flags.Placed(owner, Flags.Spot.MARGIN, 0, 562, 201));
        wants(200, 200, before, false);
        assertThat(only().spot()).isEqualTo(Flags.Spot.MARGIN);
        written.add(new Rectangle2D(600, 190, 20, 20));
        assertThat(only().spot()).isEqualTo(Flags.Spot.ABOVE);
    }

    @Test
    void who_types_does_not_push_down_who_stands_nearer() {
        var jon = wants(100, 200);
        var eva = wants(110, 200);
        var before = placed().flags();
        wanted.clear();
        wants(119, 200, Optional.of(before.get(1)), false);
        wants(100, 200, Optional.of(before.get(0)), false);
        assertThat(placed().flags()).extracting(Flags.Placed::owner).containsExactly(jon, eva);
        assertThat(placed().flags()).extracting(Flags.Placed::level).containsExactly(0, 1);
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
    void a_stack_does_not_grow_into_words() {
        wants(100, 200);
        wants(110, 200);
        wants(120, 200);
        wrote(50, 550, 150);
        var layout = placed();
        assertThat(layout.flags()).hasSize(1);
        assertThat(layout.more()).extracting(Flags.More::count).containsExactly(2);
    }

    @Test
    void below_the_first_line_they_stack_downward() {
        wants(100, 5);
        wants(110, 5);
        wrote(50, 400, 5);
        var flags = placed().flags();
        assertThat(flags.get(1).y()).isGreaterThanOrEqualTo(flags.get(0).y() + Flags.HEIGHT);
    }

    @Test
    void in_the_margin_they_stand_beside_each_other_on_their_line() {
        for (int line = 0; line < 20; line++) {
            wrote(50, 545, 8 + 24 * line);
        }
        wants(200, 200);
        wants(300, 200);
        wants(300, 224);
        assertThat(placed().flags()).extracting(Flags.Placed::y).containsExactly(201.0, 201.0, 225.0);
        assertThat(placed().flags()).extracting(Flags.Placed::x).containsExactly(562.0, 625.0, 562.0);
    }

    @Test
    void flags_of_two_lines_do_not_stack() {
        wants(300, 200);
        wrote(50, 310, 176);
        wrote(50, 300, 200);
        wants(310, 224);
        wrote(50, 310, 224);
        assertThat(placed().flags()).extracting(Flags.Placed::level).containsExactly(0, 0);
        assertThat(placed().flags())
                .extracting(Flags.Placed::spot)
                .containsExactly(Flags.Spot.BEHIND, Flags.Spot.BEHIND);
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

    @Test
    void a_flag_that_would_come_near_my_caret_goes_elsewhere() {
        own = Optional.of(new Rectangle2D(500, 150, 0, 20));
        wants(445, 200);
        assertThat(only().spot()).isNotEqualTo(Flags.Spot.ABOVE);
    }

    /// Whatever is written and wherever people are: no flag covers words, another flag or the
    /// surroundings of my caret, none leaves the page, and with an empty page nobody is lost.
    @Test
    void on_random_pages_flags_cover_nothing() {
        int shown = 0;
        for (int round = 0; round < 3_000; round++) {
            wanted.clear();
            written.clear();
            boolean empty = round % 5 == 0;
            for (int line = 0; !empty && line < 20; line++) {
                if (random.nextInt(4) > 0) {
                    wrote(50, random.nextInt(60, 551), 8 + 24 * line);
                }
            }
            own = random.nextInt(3) == 0
                    ? Optional.of(new Rectangle2D(random.nextInt(50, 550), 8 + 24 * random.nextInt(20), 0, 20))
                    : Optional.empty();
            int count = random.nextInt(1, 12);
            for (int i = 0; i < count; i++) {
                wants(random.nextInt(50, 550), 8 + 24 * random.nextInt(0, 20));
            }
            var layout = placed();
            var boxes = new ArrayList<Rectangle2D>();
            layout.flags().forEach(it -> boxes.add(new Rectangle2D(it.x(), it.y(), 60, Flags.HEIGHT)));
            layout.more().forEach(it -> boxes.add(new Rectangle2D(it.x(), it.y(), 28, Flags.HEIGHT)));
            shown += boxes.size();
            for (int a = 0; a < boxes.size(); a++) {
                var box = boxes.get(a);
                assertThat(PAGE.contains(box)).as("round %d", round).isTrue();
                assertThat(written.stream().noneMatch(box::intersects))
                        .as("round %d", round)
                        .isTrue();
                assertThat(own.filter(it -> Flags.distance(it, box) < Flags.FROM_OWN))
                        .as("round %d", round)
                        .isEmpty();
                for (int b = 0; b < a; b++) {
                    assertThat(box.intersects(boxes.get(b)))
                            .as("round %d", round)
                            .isFalse();
                }
            }
            int more = layout.more().stream().mapToInt(Flags.More::count).sum();
            assertThat(layout.flags().size() + more).as("round %d", round).isLessThanOrEqualTo(count);
            if (empty && own.isEmpty()) {
                assertThat(layout.flags().size() + more).as("round %d", round).isEqualTo(count);
            }
        }
        assertThat(shown).isGreaterThan(10_000);
    }
}
