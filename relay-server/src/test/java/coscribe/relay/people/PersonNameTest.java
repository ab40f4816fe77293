package coscribe.relay.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Mara Klein         | Mara Klein
                    '  Mara   Klein  ' | Mara Klein
                    Mara\u202eKlein    | MaraKlein
                    \u2066Mara\u2069   | Mara
                    Mara\u200b         | Mara
                    Mara\ufeff         | Mara
                    Mara\u0007         | Mara
                    Mara\u2028Klein    | Mara Klein
                    Mara\ue000         | Mara
                    Zoe\u0308          | Zo\u00eb
                    """)
    void a_name_is_one_line_that_reads_as_it_is_stored(String said, String kept) {
        assertThat(PersonName.clean(said)).isEqualTo(kept);
    }

    @Test
    void line_ends_and_tabs_become_blanks() {
        assertThat(PersonName.clean("Mara\r\n\tKlein\n")).isEqualTo("Mara Klein");
    }

    @Test
    void joiners_that_scripts_need_stay() {
        assertThat(PersonName.clean("\u0645\u06cc\u200c\u0646\u0627")).contains("\u200c");
    }

    @Test
    void half_surrogates_go_and_whole_ones_stay() {
        assertThat(PersonName.clean("a\ud83db\ude00c")).isEqualTo("abc");
        assertThat(PersonName.clean("Mara \ud83d\ude00")).isEqualTo("Mara \ud83d\ude00");
    }

    @Test
    void a_long_name_is_cut_between_characters() {
        assertThat(PersonName.clean("x".repeat(1_000_000))).hasSize(64);
        assertThat(PersonName.clean("x" + "\ud83d\ude00".repeat(40))).hasSize(63);
    }

    @Test
    void who_says_nothing_that_can_be_shown_is_a_guest() {
        assertThat(PersonName.clean("")).isEqualTo(PersonName.FALLBACK);
        assertThat(PersonName.clean(" \u200d\u202e\n")).isEqualTo(PersonName.FALLBACK);
    }

    @Test
    void whatever_is_said_the_name_is_short_and_has_no_controls() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var said = new StringBuilder();
            for (int n = random.nextInt(100); n > 0; n--) {
                said.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(0x100)));
            }

            var name = PersonName.clean(said.toString());

            assertThat(name.length()).isBetween(1, 64);
            assertThat(name.codePoints()
                            .noneMatch(c -> Character.isISOControl(c)
                                    || (c >= 0x202A && c <= 0x202E)
                                    || (c >= 0x2066 && c <= 0x2069)))
                    .as("seed 5, name %d", i)
                    .isTrue();
            assertThat(name.strip()).isEqualTo(name);
        }
    }
}
