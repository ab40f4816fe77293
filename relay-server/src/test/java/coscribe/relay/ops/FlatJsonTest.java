package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {
    @Test
    void what_was_written_is_read_and_stays_on_one_line_of_plain_characters() {
        var random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            var fields = new LinkedHashMap<String, String>();
            for (int n = random.nextInt(6); n > 0; n--) {
                fields.put(text(random), text(random));
            }

            var line = FlatJson.write(fields);

            assertThat(FlatJson.read(line)).as("seed 11, object %d", i).isEqualTo(fields);
            assertThat(line.chars().allMatch(c -> FlatJson.isPlain((char) c))).isTrue();
        }
    }

    @Test
    void what_others_write_is_read_too() {
        assertThat(FlatJson.read(" { \"a\" : 12 , \"b\":true,\"c\":null, \"d\":\"\\u00e9\\/\\b\\f\" } "))
                .isEqualTo(Map.of("a", "12", "b", "true", "c", "null", "d", "\u00e9/\b\f"));
        assertThat(FlatJson.read("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "[]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":{}}",
                "{\"a\":[]}",
                "{\"a\":\"b\"",
                "{\"a\":\"b\",}",
                "{\"a\":\"b\"}x",
                "{\"a\":\"b\",\"a\":\"c\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"b",
                "{a:1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\"
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FlatJson.read(text));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append((char) (random.nextInt(4) > 0 ? random.nextInt(0x80) : random.nextInt(0xD800)));
        }
        return text.toString();
    }
}
