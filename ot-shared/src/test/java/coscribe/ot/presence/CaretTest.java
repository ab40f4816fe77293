package coscribe.ot.presence;

import static coscribe.ot.kit.Notation.d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CaretTest {
    @Test
    void ones_own_caret_goes_behind_what_one_types() {
        assertThat(Caret.at(2).throughOwn(d("2 +'xy' 1"))).isEqualTo(Caret.at(4));
    }

    @Test
    void ones_caret_stays_before_what_others_insert_at_it() {
        assertThat(Caret.at(2).throughForeign(d("2 +'xy' 1"))).isEqualTo(Caret.at(2));
    }

    @Test
    void a_selection_maps_its_two_ends_separately() {
        assertThat(new Caret(1, 5).throughForeign(d("+'a' 2 -2 +'bc' 2"))).isEqualTo(new Caret(2, 6));
        assertThat(new Caret(5, 1).throughForeign(d("+'a' 2 -2 +'bc' 2"))).isEqualTo(new Caret(6, 2));
    }

    @Test
    void a_selection_of_deleted_text_becomes_a_caret() {
        assertThat(new Caret(2, 4).throughForeign(d("1 -4 1"))).isEqualTo(Caret.at(1));
    }

    @Test
    void nobody_stands_behind_the_closing_newline() {
        assertThat(new Caret(0, 3).fits(4)).isTrue();
        assertThat(new Caret(0, 4).fits(4)).isFalse();
        assertThat(new Caret(4, 0).fits(4)).isFalse();
    }

    @Test
    void a_caret_is_at_no_negative_place() {
        assertThatThrownBy(() -> new Caret(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Caret.at(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_selection_keeps_its_words_when_somebody_inserts_at_its_ends() {
        assertThat(new Caret(1, 3).throughForeign(d("1 +'ab' 2 +'c' 1"))).isEqualTo(new Caret(3, 5));
        assertThat(new Caret(3, 1).throughForeign(d("1 +'ab' 2 +'c' 1"))).isEqualTo(new Caret(5, 3));
        assertThat(new Caret(1, 3).throughForeign(d("1 -2 +'ab' 1"))).isEqualTo(Caret.at(1));
    }
}
