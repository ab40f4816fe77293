package coscribe.bench.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private final Document empty = Document.EMPTY.apply(
            Change.of(Delta.builder().insert(Seats.newlines(2)).build(1)));

    @Test
    void nobody_typed_anything_at_first() {
        assertThat(Seats.typed(empty, 0, 2)).isZero();
        assertThat(Seats.typed(empty, 1, 2)).isZero();
        assertThat(Seats.text(empty, 2)).isEmpty();
    }

    @Test
    void a_keystroke_writes_its_number_in_the_same_change() {
        var first = Seats.numbered(Delta.builder().insert("a").build(1), 1, 0, 2);
        assertThat(Schema.check(Change.of(first), empty.length())).isEmpty();
        var after = empty.apply(Change.of(first));
        assertThat(Seats.text(after, 2)).isEqualTo("a");
        assertThat(Seats.typed(after, 0, 2)).isEqualTo(1);
        assertThat(Seats.typed(after, 1, 2)).isZero();
        var second = Seats.numbered(Delta.builder().delete(1).build(2), 1, 1, 2);
        var then = after.apply(Change.of(second));
        assertThat(Seats.text(then, 2)).isEmpty();
        assertThat(Seats.typed(then, 1, 2)).isEqualTo(1);
    }

    @Test
    void numbers_of_two_who_type_at_once_meet() {
        var mine = Seats.numbered(Delta.builder().insert("a").build(1), 5, 0, 2);
        var theirs = Seats.numbered(Delta.builder().insert("b").build(1), 9, 1, 2);
        var merged = empty.apply(Change.of(mine)).apply(Change.of(theirs.transform(mine, Side.RIGHT)));
        assertThat(Seats.text(merged, 2)).isEqualTo("ab");
        assertThat(Seats.typed(merged, 0, 2)).isEqualTo(5);
        assertThat(Seats.typed(merged, 1, 2)).isEqualTo(9);
    }

    @Test
    void composed_keystrokes_keep_the_last_number() {
        var first = Seats.numbered(Delta.builder().insert("a").build(1), 1, 1, 2);
        var second = Seats.numbered(Delta.builder().retain(1).insert("b").build(2), 2, 1, 2);
        assertThat(Seats.typed(empty.apply(Change.of(first.compose(second))), 1, 2))
                .isEqualTo(2);
    }
}
