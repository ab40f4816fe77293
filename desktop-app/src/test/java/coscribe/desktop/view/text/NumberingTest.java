package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NumberingTest {
    @Test
    void items_count_on() {
        assertThat(numbers("1 1 1")).containsExactly(1, 2, 3);
    }

    @Test
    void a_paragraph_between_begins_again() {
        assertThat(numbers("1 1 - 1")).containsExactly(1, 2, 1);
    }

    @Test
    void a_list_of_another_kind_between_begins_again() {
        assertThat(numbers("1 1 * 1")).containsExactly(1, 2, 1);
    }

    @Test
    void deeper_items_are_counted_by_themselves_and_do_not_interrupt() {
        assertThat(numbers("1 1 11 11 111 11 1 11")).containsExactly(1, 2, 1, 2, 1, 3, 3, 1);
    }

    @Test
    void bullets_deeper_down_do_not_interrupt() {
        assertThat(numbers("1 ** 1")).containsExactly(1, 2);
    }

    @Test
    void a_long_list_is_walked_once() {
        var paragraphs = blocks("1 ".repeat(10_000).trim());
        var looks = new AtomicInteger();
        var numbering = new Numbering(i -> {
            looks.incrementAndGet();
            return paragraphs.get(i);
        });
        assertThat(numbering.of(9_999)).isEqualTo(10_000);
        int walked = looks.get();
        assertThat(numbering.of(9_998)).isEqualTo(9_999);
        assertThat(numbering.of(5_000)).isEqualTo(5_001);
        assertThat(looks).hasValue(walked);
        numbering.changedFrom(9_990);
        assertThat(numbering.of(9_999)).isEqualTo(10_000);
        assertThat(looks.get() - walked).isLessThan(50);
    }

    @Test
    void what_changes_above_is_counted_again() {
        var paragraphs = new ArrayList<>(blocks("1 1 1"));
        var numbering = new Numbering(paragraphs::get);
        assertThat(numbering.of(2)).isEqualTo(3);
        paragraphs.set(1, blocks("-").getFirst());
        numbering.changedFrom(1);
        assertThat(numbering.of(2)).isEqualTo(1);
    }

    @Test
    void levels_are_written_as_numbers_letters_and_roman_numbers() {
        assertThat(Numbering.written(4, 0)).isEqualTo("4.");
        assertThat(Numbering.written(4, 1)).isEqualTo("d.");
        assertThat(Numbering.written(28, 1)).isEqualTo("ab.");
        assertThat(Numbering.written(4, 2)).isEqualTo("iv.");
        assertThat(Numbering.written(1994, 5)).isEqualTo("mcmxciv.");
        assertThat(Numbering.written(4, 3)).isEqualTo("4.");
    }

    /// The numbers of the ordered items: `1` and `*` for each level, `-` for body text.
    private static List<Integer> numbers(String list) {
        var blocks = blocks(list);
        var numbering = new Numbering(blocks::get);
        var found = new ArrayList<Integer>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).item() == Look.Item.ORDERED) {
                found.add(numbering.of(i));
            }
        }
        return found;
    }

    private static List<Look.Block> blocks(String list) {
        var look = new Look();
        return List.of(list.split(" ")).stream()
                .map(word -> word.equals("-")
                        ? Attributes.NONE
                        : Written.item(word.startsWith("*") ? "bullet" : "ordered", word.length() - 1))
                .map(look::ofBlock)
                .toList();
    }
}
