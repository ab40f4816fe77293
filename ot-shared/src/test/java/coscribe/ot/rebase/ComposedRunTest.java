package coscribe.ot.rebase;

import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.t;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.kit.Laws;
import coscribe.ot.kit.Model;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposedRunTest {

    @Test
    void a_run_is_what_composing_one_by_one_gives() {
        Laws.hold(gen -> {
            Model model = gen.document();
            int length = model.length();
            var run = ComposedRun.EMPTY;
            var all = new ArrayList<Change>();
            for (int i = gen.between(0, 9); i > 0; i--) {
                var drawn = gen.change(model);
                all.add(Change.of(drawn.delta()));
                run = run.plus(all.getLast());
                model = drawn.after();
            }
            Change expected = all.isEmpty() ? Change.identity(length) : Change.composeAll(all);
            assertThat(run.composed(length)).isEqualTo(expected);
        });
    }

    @Test
    void what_it_is_made_of_does_not_show_when_it_crosses_somebody_elses_change() {
        Laws.hold(gen -> {
            var first = gen.change(gen.document());
            Change theirs = Change.of(gen.beside(first).delta());
            Change second = Change.of(gen.then(first).delta());
            Change mine = Change.of(first.delta());
            var pieces = ComposedRun.of(mine).plus(second).cross(theirs, Side.LEFT);
            var whole = ComposedRun.of(mine.compose(second)).cross(theirs, Side.LEFT);
            int length = theirs.delta().targetLength();
            assertThat(pieces.other()).isEqualTo(whole.other());
            assertThat(pieces.run().composed(length)).isEqualTo(whole.run().composed(length));
        });
    }

    @Test
    void crossing_leads_both_ways_to_one_text() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            Change theirs = Change.of(gen.beside(drawn).delta());
            Change mine = Change.of(drawn.delta());
            var crossed = ComposedRun.of(mine).cross(theirs, Side.LEFT);
            Change moved = crossed.run().composed(theirs.delta().targetLength());
            var text = drawn.base().toText();
            assertThat(text.apply(mine.delta()).apply(crossed.other().delta()))
                    .isEqualTo(text.apply(theirs.delta()).apply(moved.delta()));
        });
    }

    @Test
    void a_difference_leads_from_one_text_to_the_other_and_cuts_no_character() {
        Laws.hold(gen -> {
            var from = gen.document().toText();
            var to = gen.chance(50)
                    ? gen.document().toText()
                    : from.apply(gen.change(Model.of(from)).delta());
            for (var difference : List.of(Difference.between(from, to), Difference.ofWords(from, to))) {
                assertThat(from.apply(difference)).isEqualTo(to);
                assertThat(Schema.checkBoundaries(difference, from)).isEmpty();
                for (int at = 0; at < from.length(); at++) {
                    assertThat(Caret.at(at).throughForeign(difference).fits(to.length()))
                            .as("a caret at %s of %s stays in %s", at, from, to)
                            .isTrue();
                }
            }
        });
    }

    @Test
    void a_difference_of_words_keeps_no_half_of_one() {
        assertThat(Difference.ofWords(t("+'the cat sat\\n'"), t("+'the car sat\\n'")))
                .isEqualTo(d("4 +'car' -3 5"));
        assertThat(Difference.ofWords(t("+'a cat\\n'"), t("+'a cats\\n'"))).isEqualTo(d("2 +'cats' -3 1"));
        assertThat(Difference.ofWords(t("+'a cat\\n'"), t("+'a, cat\\n'"))).isEqualTo(d("1 +',' 5"));
    }

    @Test
    void equal_texts_have_no_difference() {
        var text = t("+'a'{bold} +'\\n'");
        assertThat(Difference.between(text, text).isIdentity()).isTrue();
    }
}
