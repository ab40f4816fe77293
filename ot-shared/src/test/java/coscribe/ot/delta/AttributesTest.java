package coscribe.ot.delta;

import static coscribe.ot.kit.Notation.a;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void equal_sets_are_equal_whatever_the_order_they_were_made_in() {
        var one = Attributes.of("bold", Value.TRUE).with("header", Value.of(2));
        var two = Attributes.of("header", Value.of(2)).with("bold", Value.TRUE);
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).isEqualTo(a("{bold,header=2}"));
        assertThat(one).isNotEqualTo(a("{bold,header=3}")).isNotEqualTo(a("{bold}"));
    }

    @Test
    void equal_small_sets_are_one_object() {
        assertThat(a("{bold,link='x'}")).isSameAs(a("{link='x',bold}"));
    }

    @Test
    void large_sets_are_equal_but_not_kept() {
        String large = "x".repeat(1_000);
        assertThat(Attributes.of("alt", Value.of(large)))
                .isEqualTo(Attributes.of("alt", Value.of(large)))
                .isNotSameAs(Attributes.of("alt", Value.of(large)));
    }

    @Test
    void more_sets_than_the_table_holds_stay_right() {
        var sets = new ArrayList<Attributes>();
        for (int i = 0; i < 20_000; i++) {
            sets.add(Attributes.of("header", Value.of(i)));
        }
        for (int i = 0; i < sets.size(); i++) {
            assertThat(sets.get(i)).isEqualTo(Attributes.of("header", Value.of(i)));
            assertThat(sets.get(i).thenOnText(a("{bold}")).get("header")).contains(Value.of(i));
        }
    }

    @Test
    void the_map_a_set_was_made_from_may_change_later() {
        var map = new HashMap<>(Map.of("bold", Value.TRUE));
        var set = Attributes.of(map);
        map.clear();
        assertThat(set).isEqualTo(a("{bold}"));
    }

    @Test
    void no_attribute_is_none() {
        assertThat(Attributes.of(Map.of())).isSameAs(Attributes.NONE);
        assertThat(Attributes.NONE.isEmpty()).isTrue();
        assertThat(a("{bold}").without("bold")).isSameAs(Attributes.NONE);
    }

    @Test
    void values_are_found_by_name() {
        var set = a("{bold,header=2,link='x'}");
        assertThat(set.get("header")).contains(Value.of(2));
        assertThat(set.get("italic")).isEmpty();
        assertThat(set.has("link")).isTrue();
        assertThat(set.has("lin")).isFalse();
        assertThat(set.size()).isEqualTo(3);
    }

    @Test
    void names_come_in_ascending_order() {
        var names = new ArrayList<String>();
        a("{link='x',bold,header=2}").forEach((name, value) -> names.add(name));
        assertThat(names).containsExactly("bold", "header", "link");
    }

    @Test
    void a_name_can_be_taken_out() {
        assertThat(a("{bold,header=2}").without("bold")).isEqualTo(a("{header=2}"));
        assertThat(a("{bold}").without("italic")).isEqualTo(a("{bold}"));
    }

    @Test
    void a_later_value_replaces_an_earlier_one() {
        assertThat(a("{bold,header=1}").thenOnRetain(a("{header=2,italic}"))).isEqualTo(a("{bold,header=2,italic}"));
        assertThat(a("{bold,header=1}").thenOnText(a("{header=2,italic}"))).isEqualTo(a("{bold,header=2,italic}"));
    }

    @Test
    void a_removal_survives_between_two_retains() {
        assertThat(a("{bold}").thenOnRetain(a("{bold=-}"))).isEqualTo(a("{bold=-}"));
        assertThat(a("{bold=-}").thenOnRetain(a("{italic}"))).isEqualTo(a("{bold=-,italic}"));
        assertThat(a("{bold=-}").thenOnRetain(a("{bold=-}"))).isEqualTo(a("{bold=-}"));
        assertThat(Attributes.NONE.thenOnRetain(a("{bold=-}"))).isEqualTo(a("{bold=-}"));
    }

    @Test
    void a_removal_acts_on_text_and_is_gone() {
        assertThat(a("{bold,italic}").thenOnText(a("{bold=-}"))).isEqualTo(a("{italic}"));
        assertThat(Attributes.NONE.thenOnText(a("{bold=-}"))).isEqualTo(Attributes.NONE);
        assertThat(a("{italic}").thenOnText(a("{bold=-}"))).isEqualTo(a("{italic}"));
    }

    @Test
    void text_and_retain_do_not_share_their_memory() {
        var bold = a("{bold}");
        var clear = a("{bold=-}");
        assertThat(bold.thenOnRetain(clear)).isEqualTo(clear);
        assertThat(bold.thenOnText(clear)).isEqualTo(Attributes.NONE);
        assertThat(bold.thenOnRetain(clear)).isEqualTo(clear);
    }

    @Test
    void the_losing_format_keeps_only_what_the_winner_leaves_alone() {
        assertThat(a("{bold,header=1}").yieldingTo(a("{header=2}"))).isEqualTo(a("{bold}"));
        assertThat(a("{bold}").yieldingTo(a("{bold=-}"))).isEqualTo(Attributes.NONE);
        assertThat(a("{bold=-}").yieldingTo(a("{italic}"))).isEqualTo(a("{bold=-}"));
    }

    @Test
    void the_way_back_names_what_was_there_and_clears_what_was_not() {
        assertThat(a("{bold,header=1}").backFrom(a("{header=2,italic}"))).isEqualTo(a("{header=1,italic=-}"));
        assertThat(a("{bold}").backFrom(a("{bold=-}"))).isEqualTo(a("{bold}"));
    }

    @Test
    void it_prints_as_the_notation_reads() {
        assertThat(a("{bold,header=2,link='it\\'s',italic=-}")).hasToString("{bold,header=2,italic=-,link='it\\'s'}");
    }
}
