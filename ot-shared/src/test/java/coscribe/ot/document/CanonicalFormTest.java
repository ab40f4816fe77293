package coscribe.ot.document;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.doc;
import static coscribe.ot.kit.Notation.plain;
import static coscribe.ot.kit.Notation.t;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.document.ThreadEvent.Opened;
import coscribe.ot.document.ThreadEvent.Replied;
import coscribe.ot.document.ThreadEvent.Resolved;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Written by hand, byte for byte: a stranger's client must come to the same.
class CanonicalFormTest {
    private static String of(Document document) {
        return new String(CanonicalForm.of(document), StandardCharsets.UTF_8);
    }

    private static String of(String notation) {
        return of(new Document(t(notation), Threads.NONE));
    }

    @Test
    void the_new_document_is_one_newline() {
        assertThat(of(Document.EMPTY)).isEqualTo("{\"ops\":[\"\\n\"]}");
    }

    @Test
    void plain_text_is_a_string() {
        assertThat(of("+'hello\\n'")).isEqualTo("{\"ops\":[\"hello\\n\"]}");
    }

    @Test
    void formatted_text_is_a_pair_with_the_names_in_ascending_order() {
        assertThat(of("+'a' +'b'{link='https://x',bold,indent=2} +'\\n'{header=1}"))
                .isEqualTo("{\"ops\":[\"a\",[\"b\",{\"bold\":true,\"indent\":2,\"link\":\"https://x\"}],"
                        + "[\"\\n\",{\"header\":1}]]}");
    }

    @Test
    void text_is_escaped_as_json_stringify_does() {
        assertThat(of(doc("\"\\/\t\r\b\f\u0001\u001f\u007f\u2028")))
                .isEqualTo("{\"ops\":[\"\\\"\\\\/\\t\\r\\b\\f\\u0001\\u001f\u007f\u2028\\n\"]}");
    }

    @Test
    void other_characters_stand_for_themselves_in_utf_8() {
        assertThat(CanonicalForm.of(doc("é\ud83d\ude00")))
                .isEqualTo("{\"ops\":[\"é\ud83d\ude00\\n\"]}".getBytes(StandardCharsets.UTF_8))
                .hasSize("{'ops':['".length() + 2 + 4 + 2 + "']}".length());
    }

    @Test
    void a_pair_is_whole_wherever_the_form_is_written_in_pieces() {
        for (int before = 8_170; before < 8_200; before++) {
            String text = "x".repeat(before) + "\ud83d\ude00".repeat(300);
            assertThat(of(doc(text))).isEqualTo("{\"ops\":[\"" + text + "\\n\"]}");
        }
    }

    @Test
    void it_does_not_matter_how_the_text_came_about() {
        var at_once = doc("hello there");
        var bit_by_bit = new Document(
                plain("hello\n")
                        .apply(d("5 +' the' 1"))
                        .apply(d("5{bold} @10"))
                        .apply(d("9 +'re' 1"))
                        .apply(d("5{bold=-} @12")),
                Threads.NONE);
        assertThat(of(bit_by_bit)).isEqualTo(of(at_once));
        assertThat(bit_by_bit.contentHash()).isEqualTo(at_once.contentHash());
    }

    @Test
    void threads_follow_in_the_order_of_their_ids() {
        var threads = Threads.NONE.after(List.of(
                new Opened("b", "c1", "mara", 5, "why \"so\"?"),
                new Opened("a", "c2", "jon", 6, ""),
                new Replied("b", "c3", "jon", 7, "\n"),
                new Resolved("a", "jon", 8)));
        assertThat(of(new Document(plain("\n"), threads)))
                .isEqualTo("{\"ops\":[\"\\n\"],\"threads\":[[\"a\",true,[[\"c2\",\"jon\",6,\"\"]]],"
                        + "[\"b\",false,[[\"c1\",\"mara\",5,\"why \\\"so\\\"?\"],[\"c3\",\"jon\",7,\"\\n\"]]]]}");
    }

    @Test
    void the_content_hash_is_the_first_16_digits_of_its_sha_256() {
        // printf '{"ops":["\\n"]}' | sha256sum
        assertThat(Document.EMPTY.contentHash()).isEqualTo(new ContentHash("5cdffb1b701bd86a"));
        // printf '{"ops":["hello\\n"]}' | sha256sum
        assertThat(doc("hello").contentHash()).isEqualTo(new ContentHash("b4f45430d24a5f15"));
    }

    @Test
    void a_content_hash_is_16_lower_case_hex_digits() {
        for (String wrong :
                List.of("", "0123456789abcde", "0123456789ABCDEF", "0123456789abcdef0", "0123456789abcdeg")) {
            assertThatThrownBy(() -> new ContentHash(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_document_ends_in_a_newline() {
        assertThatThrownBy(() -> new Document(plain("x"), Threads.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Document(Text.EMPTY, Threads.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Document.EMPTY.length()).isEqualTo(1);
    }
}
