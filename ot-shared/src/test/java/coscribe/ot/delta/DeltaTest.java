package coscribe.ot.delta;

import static coscribe.ot.kit.Notation.a;
import static coscribe.ot.kit.Notation.d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeltaTest {
    @Nested
    class Building {
        @Test
        void joins_neighbours_of_one_kind_and_formatting() {
            assertThat(d("1 2 +'a' +'b' -1 -2 1{bold} 2{bold}").ops())
                    .containsExactly(
                            new Op.Retain(3, Attributes.NONE),
                            new Op.Insert("ab", Attributes.NONE),
                            new Op.Delete(3),
                            new Op.Retain(3, a("{bold}")));
        }

        @Test
        void keeps_neighbours_of_other_formatting_apart() {
            assertThat(d("+'a'{bold} +'b' 1{bold} 1{italic}").ops()).hasSize(4);
        }

        @Test
        void drops_empty_components_and_the_plain_retain_at_the_end() {
            assertThat(d("0 +'' -0 2{bold} 0{italic} 7")).isEqualTo(d("2{bold} @9"));
            assertThat(d("5").isIdentity()).isTrue();
            assertThat(d("5")).isEqualTo(Delta.identity(5));
        }

        @Test
        void joins_across_an_empty_component() {
            assertThat(d("+'a' -0 +'b'")).isEqualTo(d("+'ab'"));
        }

        @Test
        void leaves_an_insert_where_it_is_among_deletes() {
            assertThat(d("-3 +'x'")).isNotEqualTo(d("+'x' -3"));
            assertThat(d("-1 +'x' -2").ops()).hasSize(3);
        }

        @Test
        void counts_the_lengths_before_and_after() {
            var delta = d("4 +'hi' -2 3{bold} @20");
            assertThat(delta.baseLength()).isEqualTo(20);
            assertThat(delta.targetLength()).isEqualTo(20);
            assertThat(delta.size()).isEqualTo(4);
            assertThat(delta.insertedLength()).isEqualTo(2);
            assertThat(delta.insertedText()).isEqualTo("hi");
            assertThat(delta.untouchedAtStart()).isEqualTo(4);
            assertThat(delta.untouchedAtEnd()).isEqualTo(11);
        }

        @Test
        void knows_that_a_formatted_beginning_is_touched() {
            assertThat(d("4{bold} +'x'").untouchedAtStart()).isZero();
            assertThat(d("+'x' 4").untouchedAtStart()).isZero();
            assertThat(Delta.identity(4).untouchedAtStart()).isZero();
            assertThat(Delta.identity(4).untouchedAtEnd()).isEqualTo(4);
        }

        @Test
        void refuses_components_that_reach_over_the_text() {
            assertThatThrownBy(() -> d("3 -3 @5")).isInstanceOf(DeltaMismatchException.class);
        }

        @Test
        void a_replacement_must_lie_in_the_text_and_clears_nothing() {
            var plain = Attributes.NONE;
            assertThatThrownBy(() -> Delta.replacement(5, 3, 3, "x", plain)).isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> Delta.replacement(5, 6, 0, "x", plain)).isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> Delta.replacement(5, Integer.MAX_VALUE, Integer.MAX_VALUE, "x", plain))
                    .isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> Delta.replacement(5, -1, 0, "x", plain))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.replacement(5, 0, -1, "x", plain))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.replacement(5, 0, 1, "x", a("{bold=-}")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.replacement(Delta.MAX_LENGTH, 0, 0, "x", plain))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_negative_lengths() {
            assertThatThrownBy(() -> Delta.builder().retain(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.builder().delete(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.identity(-1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_lengths_that_do_not_fit() {
            int most = Delta.MAX_LENGTH;
            assertThat(Delta.builder().delete(most).build().baseLength()).isEqualTo(most);
            assertThatThrownBy(() -> Delta.builder().delete(most).delete(1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.builder().retain(Integer.MAX_VALUE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.builder()
                            .retain(most, a("{bold}"))
                            .retain(1)
                            .delete(1)
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.builder().insert("x").build(most))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Delta.identity(most + 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refuses_to_clear_an_attribute_of_inserted_text() {
            assertThatThrownBy(() -> d("+'x'{bold=-}")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void takes_text_from_any_sequence() {
            var delta = Delta.builder()
                    .insert(new StringBuilder("xhix"), 1, 3, Attributes.NONE)
                    .insert("-there-", 1, 6, Attributes.NONE)
                    .build();
            assertThat(delta).isEqualTo(d("+'hithere'"));
        }
    }

    @Nested
    class Composing {
        @Test
        void puts_the_later_insert_in_front_of_the_earlier_deletes() {
            assertThat(d("-3").compose(d("+'x'"))).isEqualTo(d("+'x' -3"));
            assertThat(d("-3 +'a'").compose(d("+'x' 1"))).isEqualTo(d("+'x' -3 +'a'"));
        }

        @Test
        void forgets_text_that_came_and_went() {
            assertThat(d("1 +'abc' 1").compose(d("1 -3 1"))).isEqualTo(Delta.identity(2));
            assertThat(d("+'abc'").compose(d("1 -1 1"))).isEqualTo(d("+'ac'"));
        }

        @Test
        void formats_text_that_was_inserted_and_keeps_the_removal_for_what_was_there() {
            assertThat(d("+'ab'{bold} 2").compose(d("1 2{bold=-,italic} 1")))
                    .isEqualTo(d("+'a'{bold} +'b'{italic} 1{bold=-,italic} 1"));
        }

        @Test
        void refuses_changes_that_do_not_follow_each_other() {
            assertThatThrownBy(() -> d("+'ab'").compose(d("-1")))
                    .isInstanceOf(DeltaMismatchException.class)
                    .hasMessageContaining("2")
                    .hasMessageContaining("1");
        }

        @Test
        void a_run_of_nothing_is_a_mistake() {
            assertThatThrownBy(() -> Delta.composeAll(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Transforming {
        @Test
        void lets_the_left_insert_go_first_on_a_tie() {
            assertThat(d("1 +'R' 1").transform(d("1 +'L' 1"), Side.RIGHT)).isEqualTo(d("2 +'R' 1"));
            assertThat(d("1 +'L' 1").transform(d("1 +'R' 1"), Side.LEFT)).isEqualTo(d("1 +'L' 2"));
        }

        @Test
        void does_not_delete_twice() {
            assertThat(d("1 -3 1").transform(d("2 -3"), Side.RIGHT)).isEqualTo(d("1 -1"));
        }

        @Test
        void keeps_an_insert_whose_surroundings_were_deleted() {
            assertThat(d("2 +'x' 2").transform(d("-4"), Side.RIGHT)).isEqualTo(d("+'x'"));
        }

        @Test
        void does_not_format_or_delete_what_it_did_not_know_of() {
            assertThat(d("2{bold}").transform(d("1 +'x' 1"), Side.RIGHT)).isEqualTo(d("1{bold} 1 1{bold}"));
            assertThat(d("-2").transform(d("1 +'x' 1"), Side.RIGHT)).isEqualTo(d("-1 1 -1"));
        }

        @Test
        void lets_the_right_value_of_an_attribute_stay() {
            assertThat(d("1{header=1}").transform(d("1{header=2}"), Side.RIGHT)).isEqualTo(d("1{header=1}"));
            assertThat(d("1{header=1}").transform(d("1{header=2}"), Side.LEFT)).isEqualTo(d("1"));
            assertThat(d("1{bold}").transform(d("1{bold=-}"), Side.LEFT)).isEqualTo(d("1"));
        }

        @Test
        void refuses_changes_of_texts_of_two_lengths() {
            assertThatThrownBy(() -> d("+'x' 1").transform(d("2"), Side.LEFT))
                    .isInstanceOf(DeltaMismatchException.class);
        }
    }

    @Nested
    class Splitting {
        @Test
        void cuts_a_long_insert() {
            var split = d("3 +'abcdef' 1").split(10, 4);
            assertThat(split.first()).isEqualTo(d("3 +'abcd' 1"));
            assertThat(split.rest()).isEqualTo(d("7 +'ef' 1"));
        }

        @Test
        void cuts_between_components() {
            var split = d("1 -1 1 -1 1 -1").split(4, 10);
            assertThat(split.first()).isEqualTo(d("1 -1 1 -1 @6"));
            assertThat(split.rest()).isEqualTo(d("3 -1"));
        }

        @Test
        void leaves_a_surrogate_pair_whole() {
            assertThat(d("+'ab\\ud83d\\ude00'").split(10, 3).first()).isEqualTo(d("+'ab'"));
        }

        @Test
        void leaves_a_delete_with_the_insert_behind_it() {
            var split = d("+'ab' -1 +'cd' 1").split(10, 2);
            assertThat(split.first()).isEqualTo(d("+'ab' 2"));
            assertThat(split.rest()).isEqualTo(d("2 -1 +'cd' 1"));
            split = d("1 -1 1 -1 +'x'").split(4, 10);
            assertThat(split.first()).isEqualTo(d("1 -1 @4"));
        }

        @Test
        void cuts_an_insert_behind_a_delete() {
            var split = d("-1 +'abc'").split(10, 2);
            assertThat(split.first()).isEqualTo(d("-1 +'ab'"));
            assertThat(split.rest()).isEqualTo(d("2 +'c'"));
        }

        @Test
        void returns_what_fits_whole() {
            var delta = d("3 +'abc' -1");
            assertThat(delta.split(3, 3)).isEqualTo(new Delta.Split(delta, Delta.identity(6)));
        }

        @Test
        void needs_room_to_come_forward() {
            assertThatThrownBy(() -> d("+'x'").split(2, 2)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> d("+'x'").split(3, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Mapping_positions {
        @Test
        void moves_what_stands_behind_a_change() {
            assertThat(d("2 +'xyz' 4").mapPosition(4, Bias.BEFORE)).isEqualTo(7);
            assertThat(d("1 -2 3").mapPosition(5, Bias.AFTER)).isEqualTo(3);
            assertThat(d("4 +'x' 1").mapPosition(3, Bias.AFTER)).isEqualTo(3);
        }

        @Test
        void brings_what_stood_in_deleted_text_to_its_place() {
            assertThat(d("1 -3 1").mapPosition(2, Bias.AFTER)).isEqualTo(1);
            assertThat(d("1 -3 1").mapPosition(4, Bias.BEFORE)).isEqualTo(1);
        }

        @Test
        void decides_by_the_bias_where_something_is_inserted() {
            assertThat(d("2 +'xy' 1").mapPosition(2, Bias.BEFORE)).isEqualTo(2);
            assertThat(d("2 +'xy' 1").mapPosition(2, Bias.AFTER)).isEqualTo(4);
        }

        @Test
        void refuses_positions_outside_the_text() {
            assertThatThrownBy(() -> d("3").mapPosition(4, Bias.AFTER)).isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> d("3").mapPosition(-1, Bias.AFTER)).isInstanceOf(DeltaMismatchException.class);
        }
    }

    /// However large two changes are, transforming stays quick; here without a clock (`./bench
    /// core` has one): what comes out is no larger than what goes in.
    @Nested
    class The_largest_changes {
        private static final int COMPONENTS = 64 * 1024;

        private static Delta large(int phase, boolean formatted) {
            var delta = Delta.builder();
            for (int i = 0; i < COMPONENTS / 2; i++) {
                switch ((i + phase) % 3) {
                    case 0 -> delta.insert("ab").retain(3, formatted ? a("{bold}") : Attributes.NONE);
                    case 1 -> delta.delete(3).retain(2);
                    default ->
                        delta.retain(1, formatted ? a("{italic}") : Attributes.NONE)
                                .delete(2);
                }
            }
            return delta.build(3 * COMPONENTS);
        }

        @Test
        void transform_to_at_most_the_components_of_both() {
            for (boolean formatted : new boolean[] {false, true}) {
                var one = large(0, formatted);
                var two = large(1, formatted);
                assertThat(one.size()).isGreaterThan(COMPONENTS / 2);
                assertThat(one.transform(two, Side.LEFT).size()).isLessThanOrEqualTo(one.size() + two.size());
                assertThat(two.transform(one, Side.RIGHT).size()).isLessThanOrEqualTo(one.size() + two.size());
                assertThat(one.transform(two, Side.LEFT).insertedText()).isSameAs(one.insertedText());
            }
        }

        @Test
        void compose_to_at_most_the_components_and_text_of_both() {
            var one = large(0, true);
            var two = large(1, true).transform(one, Side.RIGHT);
            var composed = one.compose(two);
            assertThat(composed.size()).isLessThanOrEqualTo(one.size() + two.size());
            assertThat(composed.insertedLength()).isLessThanOrEqualTo(one.insertedLength() + two.insertedLength());
        }

        @Test
        void compose_in_a_tree_whose_levels_are_no_larger_than_the_run() {
            var run = new ArrayList<Delta>();
            for (int i = 0; i < COMPONENTS; i++) {
                run.add(Delta.builder().retain(i / 2).insert("x").build(i));
            }
            var composed = Delta.composeAll(run);
            assertThat(composed.insertedText()).isEqualTo("x".repeat(COMPONENTS));
            assertThat(composed.size()).isEqualTo(1);
        }
    }
}
