package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static Text text(String plain) {
        return Text.EMPTY.apply(Delta.builder().insert(plain).build());
    }

    private static int words(String plain) {
        return Words.in(text(plain), 0, plain.length());
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',0",
                "'\n',0",
                "'one',1",
                "' one  two\tthree ',3",
                "'well-known, isn''t it?',3",
                "'1,000 plants (all 6)',4",
                "'- * & ...',0",
                "'before\u2014after',2",
                "'10\u00a0km',2",
                "'\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd',2",
                "'\u4e2d\u6587\u5b57',3",
                "'Wort\u4e2d\u6587',3",
                "'na\u00efve caf\u00e9 \u0395\u03bb\u03bb',3",
                "'\ud83d\ude00 smile',1",
                "'\ud835\udc00\ud835\udc01 bold',2"
            })
    void people_count_what_holds_a_letter_or_a_digit(String plain, int words) {
        assertThat(words(plain)).isEqualTo(words);
    }

    @Test
    void a_part_is_counted_by_itself() {
        String plain = "one two three\n";
        assertThat(Words.in(text(plain), 0, 3)).isEqualTo(1);
        assertThat(Words.in(text(plain), 3, 4)).isZero();
        assertThat(Words.in(text(plain), 5, 9)).as("wo t").isEqualTo(2);
        assertThat(Words.in(text(plain), 14, 14)).isZero();
    }

    @Test
    void words_go_on_from_one_part_of_a_long_text_to_the_next() {
        String plain = "abcdefghi ".repeat(20_000);
        assertThat(words(plain)).isEqualTo(20_000);
        assertThat(words("a".repeat(100_000))).isEqualTo(1);
        assertThat(words("\ud835\udc00".repeat(50_000) + " b")).isEqualTo(2);
    }
}
