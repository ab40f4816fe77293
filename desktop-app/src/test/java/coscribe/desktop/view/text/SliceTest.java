package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.kit.Laws;
import org.junit.jupiter.api.Test;

class SliceTest {
    private static final Attributes BOLD = Attributes.of("bold", Value.TRUE);
    private static final int LONG = 1_000_000;

    @Test
    void both_parts_together_are_the_whole_wherever_somebody_writes() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            var text = drawn.base().toText();
            int place = gen.below(drawn.delta().targetLength());
            var slice = Slice.of(drawn.delta(), text, gen.below(300), around(place, gen.below(6)));
            assertThat(text.apply(slice.first()).apply(slice.rest())).isEqualTo(text.apply(drawn.delta()));
            assertThat(Schema.checkBoundaries(slice.first(), text)).isEmpty();
            assertThat(text.apply(slice.first()).plain()).endsWith("\n");
        });
    }

    @Test
    void what_is_typed_in_the_middle_of_a_long_text_that_comes_is_in_the_first_part() {
        var text = text("a\n");
        var coming = Delta.builder().insert("x".repeat(LONG)).build(2);
        var typed = Delta.builder().retain(LONG / 2).insert("typed").build(LONG + 2);
        var slice = Slice.of(coming.compose(typed), text, 0, around(LONG / 2 + 5, 4_000));
        var first = text.apply(slice.first());
        assertThat(first.plain()).matches("x+typedx+a\n");
        assertThat(first.length()).isLessThan(10_000);
        assertThat(first.apply(slice.rest())).isEqualTo(text.apply(coming).apply(typed));
    }

    @Test
    void the_end_of_a_text_that_is_drawn_from_its_beginning_on_is_drawn_where_somebody_writes_there() {
        var whole = text("line\n".repeat(LONG / 5));
        var beginning = Slice.beginning(whole, 24_000);
        var slice = Slice.of(Slice.behind(beginning.length(), whole), beginning, 0, around(whole.length() - 1, 4_000));
        var first = beginning.apply(slice.first());
        assertThat(first.length()).isBetween(beginning.length() + 3_000, beginning.length() + 5_000);
        assertThat(first.plain()).endsWith("line\n");
        assertThat(first.apply(slice.rest())).isEqualTo(whole);
    }

    @Test
    void a_long_stretch_that_is_formatted_is_formatted_first_where_somebody_writes() {
        var text = text("x".repeat(LONG) + "\n");
        var bold = Delta.builder().retain(LONG, BOLD).build(LONG + 1);
        var slice = Slice.of(bold, text, 0, around(LONG / 2, 4_000));
        var first = text.apply(slice.first());
        assertThat(first.attributesAt(0)).isEqualTo(Attributes.NONE);
        assertThat(first.attributesAt(LONG / 2)).isEqualTo(BOLD);
        assertThat(first.attributesAt(LONG - 1)).isEqualTo(Attributes.NONE);
        assertThat(first.apply(slice.rest())).isEqualTo(text.apply(bold));
    }

    private static TextGeometry.Range around(int place, int units) {
        return new TextGeometry.Range(Math.max(0, place - units), place + units);
    }

    private static Text text(String plain) {
        return Text.EMPTY.apply(Delta.builder().insert(plain).build(0));
    }
}
