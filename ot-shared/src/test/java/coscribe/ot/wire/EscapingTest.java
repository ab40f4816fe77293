package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import coscribe.ot.protocol.Weight;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One spelling for a text: the canonical form's, Jackson's and JSON.stringify's (ECMA-262,
/// QuoteJSONString) are the same for every character there is.
class EscapingTest {
    private static final int PLANES = 0x110000;

    /// QuoteJSONString, word for word, for text without lone surrogates.
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (point < 0x20) {
                        out.append(String.format("\\u%04x", point));
                    } else {
                        out.appendCodePoint(point);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    private static String everyCharacterFrom(int first, int step) {
        var text = new StringBuilder();
        IntStream.iterate(first, point -> point < PLANES, point -> point + step)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void every_character_is_spelt_alike_by_all_three() {
        for (int first = 0; first < 8; first++) {
            String text = everyCharacterFrom(first, 8);
            byte[] jackson = Json.write(16, out -> Json.writeText(out, text));
            assertThat(utf8(jackson)).isEqualTo(quoted(text));
            var document = new Document(
                    Text.EMPTY.apply(Delta.builder().insert(text + "\n").build()), Threads.NONE);
            assertThat(utf8(CanonicalForm.of(document))).isEqualTo("{\"ops\":[" + quoted(text + "\n") + "]}");
        }
    }

    @Test
    void so_are_names_and_values_of_attributes() {
        String text = everyCharacterFrom(0, 4_001) + "\u0000\u001f\"\\\n\t";
        var set = Attributes.of(text, Value.of(text)).with("n", Value.of(-7)).with("f", Value.TRUE);
        var delta = Delta.builder().insert("\n", set).build();
        String spelt = "[[\"\\n\",{" + quoted(text) + ":" + quoted(text) + ",\"f\":true,\"n\":-7}]]";
        assertThat(utf8(Json.write(16, out -> DeltaJson.write(out, delta)))).isEqualTo(spelt);
        assertThat(utf8(CanonicalForm.of(new Document(Text.EMPTY.apply(delta), Threads.NONE))))
                .isEqualTo("{\"ops\":" + spelt + "}");
    }

    @Test
    void the_weight_of_a_text_is_what_it_takes() {
        String text = everyCharacterFrom(0, 7);
        byte[] bytes = Json.write(16, out -> Json.writeText(out, text));
        assertThat(text.chars().map(unit -> Weight.of((char) unit)).sum()).isEqualTo(bytes.length - 2);
    }
}
