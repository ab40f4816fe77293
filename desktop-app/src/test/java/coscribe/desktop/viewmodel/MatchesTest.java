package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Text;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchesTest {
    private static Text text(String words) {
        return Text.EMPTY.apply(Delta.builder().insert(words + "\n").build(0));
    }

    private static List<Integer> starts(Matches matches) {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < matches.size(); i++) {
            starts.add(matches.start(i));
        }
        return starts;
    }

    @Test
    void are_every_place_whatever_its_case_and_none_lies_over_another() {
        assertThat(starts(Matches.of(text("Bed, bed, BED."), "bed"))).containsExactly(0, 5, 10);
        assertThat(starts(Matches.of(text("aaaaa"), "aa"))).containsExactly(0, 2);
        assertThat(starts(Matches.of(text("aaaaa"), ""))).isEmpty();
        assertThat(starts(Matches.of(text("a"), "abc"))).isEmpty();
    }

    @Test
    void are_gone_through_in_a_ring() {
        var matches = Matches.of(text("bed bed bed"), "bed");
        assertThat(matches.atOrAfter(0)).isZero();
        assertThat(matches.atOrAfter(1)).isEqualTo(1);
        assertThat(matches.atOrAfter(9)).as("after the last the first").isZero();
        assertThat(matches.before(4)).isZero();
        assertThat(matches.before(0)).as("before the first the last").isEqualTo(2);
        assertThat(matches.selected(1)).isEqualTo(new Caret(4, 7));
        assertThat(Matches.NONE.atOrAfter(0)).isEqualTo(-1);
        assertThat(Matches.NONE.before(0)).isEqualTo(-1);
    }

    @Test
    void move_with_the_text_and_those_that_were_cut_into_are_gone() {
        var matches = Matches.of(text("bed bed bed"), "bed");
        var before = Delta.builder().retain(4).insert("my ").build(12);
        assertThat(starts(matches.through(before))).containsExactly(0, 7, 11);
        var into = Delta.builder().retain(5).insert("x").build(12);
        assertThat(starts(matches.through(into))).containsExactly(0, 9);
        var away = Delta.builder().retain(2).delete(4).build(12);
        assertThat(starts(matches.through(away))).containsExactly(4);
        var swapped = Delta.builder().retain(1).insert("x").delete(1).build(12);
        assertThat(starts(matches.through(swapped))).containsExactly(4, 8);
    }

    @Test
    void are_after_any_change_where_a_new_search_finds_them() {
        Laws.hold(gen -> {
            var before = text(letters(gen, 40));
            var matches = Matches.of(before, "ab");
            var change = change(gen, before.length());
            var after = before.apply(change);
            for (int start : starts(matches.through(change))) {
                assertThat(after.substring(start, start + 2)).isEqualToIgnoringCase("ab");
            }
            if (change.isIdentity()) {
                assertThat(matches.through(change)).isSameAs(matches);
            }
        });
    }

    private static String letters(Gen gen, int most) {
        var out = new StringBuilder();
        for (int i = gen.below(most); i > 0; i--) {
            out.append(gen.pick("a", "b", "B", " "));
        }
        return out.toString();
    }

    /// Of everything but the closing newline.
    private static Delta change(Gen gen, int length) {
        var out = Delta.builder();
        int left = length - 1;
        while (left > 0 && gen.chance(80)) {
            int some = gen.between(1, left);
            if (gen.chance(70)) {
                out.retain(some);
            } else {
                out.insert(letters(gen, 4)).delete(some);
            }
            left -= some;
        }
        return out.build(length);
    }
}
