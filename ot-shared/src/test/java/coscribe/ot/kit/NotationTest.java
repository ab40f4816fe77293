package coscribe.ot.kit;

import static coscribe.ot.kit.Notation.a;
import static coscribe.ot.kit.Notation.d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotationTest {
    @Test
    void a_change_reads_as_it_is_built() {
        var built = Delta.builder()
                .retain(4)
                .insert("hi")
                .delete(2)
                .retain(3, Attributes.of("bold", Value.TRUE))
                .build();
        assertThat(d("4 +'hi' -2 3{bold}")).isEqualTo(built);
        assertThat(d("4 +'hi' -2 3{bold} @12").baseLength()).isEqualTo(12);
    }

    @Test
    void attributes_have_flags_numbers_texts_and_removals() {
        assertThat(a("{bold,header=2,indent=-1,link='a,b}',italic=-}"))
                .isEqualTo(Attributes.of(Map.of(
                        "bold", Value.TRUE,
                        "header", Value.of(2),
                        "indent", Value.of(-1),
                        "link", Value.of("a,b}"),
                        "italic", Value.CLEAR)));
    }

    @Test
    void quotes_hold_what_is_escaped() {
        assertThat(d("+'it\\'s\\n\\\\\\t\\u00e9'").insertedText()).isEqualTo("it's\n\\\t\u00e9");
    }

    @Test
    void what_a_change_prints_reads_as_the_change() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            assertThat(d(drawn.delta().toString())).isEqualTo(drawn.delta());
        });
    }

    @Test
    void what_is_no_change_is_refused_with_its_place() {
        for (String wrong : new String[] {"x", "4 +hi", "3{", "3{bold", "@4 4", "+'hi'{bold=}"}) {
            assertThatThrownBy(() -> d(wrong)).as(wrong).isInstanceOf(RuntimeException.class);
        }
    }
}
