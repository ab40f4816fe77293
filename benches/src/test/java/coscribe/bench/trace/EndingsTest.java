package coscribe.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.bench.trace.Endings.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingsTest {
    @Test
    void the_recorded_text_is_as_recorded() {
        assertThat(Endings.compare("abc", "abc")).isEqualTo(new Ending.AsRecorded());
    }

    @Test
    void two_inserts_in_the_other_order_are_a_tie() {
        assertThat(Endings.compare("one two three.", "one three two.")).isInstanceOf(Ending.Tied.class);
        assertThat(Endings.compare("xABCxy", "xCABxy")).isEqualTo(new Ending.Tied(1, 4, 1));
    }

    @Test
    void another_character_is_wrong() {
        assertThat(Endings.compare("abcd", "abxd")).isInstanceOf(Ending.Wrong.class);
    }

    @Test
    void a_missing_or_doubled_character_is_wrong() {
        assertThat(Endings.compare("abcd", "abd")).isInstanceOf(Ending.Wrong.class);
        assertThat(Endings.compare("abcd", "abbcd")).isInstanceOf(Ending.Wrong.class);
    }

    @Test
    void the_same_characters_far_apart_are_wrong() {
        String text = "0123456789".repeat(20);
        assertThat(Endings.compare("a" + text + "b", "b" + text + "a")).isInstanceOf(Ending.Wrong.class);
    }

    @Test
    void a_tie_where_the_recording_is_known_to_have_none_is_wrong() {
        String recorded = "a".repeat(3_797) + "bcdefgh" + "z".repeat(100);
        var friends = new Recording("friendsforever", "", recorded, 2, List.of());
        var others = new Recording("another", "", recorded, 2, List.of());
        String early = "a".repeat(3_796) + "ba" + "cdefgh" + "z".repeat(100);
        String known = "a".repeat(3_797) + "b" + "dcefgh" + "z".repeat(100);

        assertThat(Endings.compare(friends, early)).isInstanceOf(Ending.Wrong.class);
        assertThat(Endings.compare(others, early)).isInstanceOf(Ending.Tied.class);
        assertThat(Endings.compare(friends, known)).isInstanceOf(Ending.Tied.class);
        assertThat(Endings.compare(friends, recorded)).isEqualTo(new Ending.AsRecorded());
    }
}
