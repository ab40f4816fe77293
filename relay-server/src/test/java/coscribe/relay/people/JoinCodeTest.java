package coscribe.relay.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinCodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"7F3KQ9TM2XWD", "7F3K-Q9TM-2XWD", "7f3k-q9tm-2xwd", " 7f3k q9tm 2xwd\n", "7-F-3-K-Q9TM2XWD"})
    void dashes_blanks_and_case_do_not_matter(String typed) {
        assertThat(JoinCode.parse(typed)).contains(new JoinCode("7F3KQ9TM2XWD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7F3K-Q9TM-2XW",
                "7F3K-Q9TM-2XWDE",
                "0F3K-Q9TM-2XWD",
                "OF3K-Q9TM-2XWD",
                "1F3K-Q9TM-2XWD",
                "IF3K-Q9TM-2XWD",
                "LF3K-Q9TM-2XWD",
                "7F3K_Q9TM_2XWD",
                "../../../etc",
                "\uff17F3KQ9TM2XWD"
            })
    void what_cannot_be_a_code_is_none(String typed) {
        assertThat(JoinCode.parse(typed)).isEmpty();
    }

    @Test
    void codes_use_the_whole_alphabet_evenly() {
        var random = new Random(3);
        var counts = new int[128];
        for (int i = 0; i < 10_000; i++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            JoinCode.of(bytes).text().chars().forEach(c -> counts[c]++);
            JoinCode.random(random).text().chars().forEach(c -> counts[c]++);
        }

        double even = 240_000.0 / JoinCode.ALPHABET.length();
        JoinCode.ALPHABET.chars().forEach(c -> assertThat((double) counts[c]).isBetween(0.93 * even, 1.07 * even));
    }

    @Test
    void ten_thousand_codes_are_all_different() {
        var random = new Random(4);
        var seen = new HashSet<JoinCode>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(JoinCode.random(random))).isTrue();
        }
    }

    @Test
    void a_code_shows_itself_only_when_asked() {
        var code = new JoinCode("7F3KQ9TM2XWD");

        assertThat(code.toString()).doesNotContain("7F3K");
        assertThat(code.shown()).isEqualTo("7F3K-Q9TM-2XWD");
        assertThat(code.hash()).hasSize(64).doesNotContain("7F3K");
    }
}
