package coscribe.ot.presence;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import coscribe.ot.kit.Laws;
import org.junit.jupiter.api.Test;

/// Law 8 of docs/LAWS.md, for carets.
class CaretLawsTest {
    @Test
    void a_caret_never_leaves_the_text_or_stands_behind_its_closing_newline() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var caret = gen.caret(a.base());
            assertThat(caret.fits(a.base().length())).isTrue();
            assertThat(caret.throughOwn(a.delta()).fits(a.after().length())).isTrue();
            assertThat(caret.throughForeign(a.delta()).fits(a.after().length())).isTrue();
        });
    }

    @Test
    void a_caret_never_stands_inside_a_surrogate_pair() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var own = gen.caret(a.base()).throughOwn(a.delta());
            var foreign = gen.caret(a.base()).throughForeign(a.delta());
            assertThat(a.after().isBoundary(own.anchor())).isTrue();
            assertThat(a.after().isBoundary(own.head())).isTrue();
            assertThat(a.after().isBoundary(foreign.anchor())).isTrue();
            assertThat(a.after().isBoundary(foreign.head())).isTrue();
        });
    }

    @Test
    void the_writers_caret_stays_behind_what_was_typed_last_whatever_others_do() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            int at = gen.caret(a.base()).head();
            String typed = "\u2713";
            var mine = Delta.builder().retain(at).insert(typed).build(a.base().length());
            var caret = Caret.at(at).throughOwn(mine).throughForeign(a.delta().transform(mine, Side.LEFT));
            var text = a.base()
                    .toText()
                    .apply(mine)
                    .apply(a.delta().transform(mine, Side.LEFT))
                    .plain();
            assertThat(caret.head()).isEqualTo(text.indexOf(typed) + 1);
        });
    }

    @Test
    void an_own_caret_maps_through_composed_changes_as_one_by_one() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var caret = gen.caret(a.base());
            assertThat(caret.throughOwn(a.delta().compose(b.delta())))
                    .isEqualTo(caret.throughOwn(a.delta()).throughOwn(b.delta()));
        });
    }
}
