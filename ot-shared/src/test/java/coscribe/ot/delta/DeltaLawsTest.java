package coscribe.ot.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.kit.Drawn;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.kit.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The laws of docs/LAWS.md that speak of changes; their numbers stand in front of the tests.
/// D is a text, a and b are in sequence, c is concurrent, L and R are left and right.
class DeltaLawsTest {
    /// 1
    @Test
    void applying_leads_where_the_model_leads_and_to_the_length_that_was_said() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var after = a.base().toText().apply(a.delta());
            assertThat(Model.of(after)).isEqualTo(a.after());
            assertThat(after.length()).isEqualTo(a.delta().targetLength());
            assertThat(a.delta().baseLength()).isEqualTo(a.base().length());
        });
    }

    /// 1
    @Test
    void a_change_for_another_length_is_refused_by_everything() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document()).delta();
            int wrong = a.baseLength() + (gen.chance(50) ? gen.between(1, 3) : -1);
            var text =
                    Text.EMPTY.apply(Delta.builder().insert("x".repeat(wrong)).build());
            var other = Delta.identity(wrong);
            assertThatThrownBy(() -> text.apply(a)).isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> text.invert(a)).isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> other.compose(a)).isInstanceOf(DeltaMismatchException.class);
            assertThatThrownBy(() -> other.transform(a, Side.LEFT)).isInstanceOf(DeltaMismatchException.class);
        });
    }

    /// 2, and more: the corner is the one that a merge by hand would reach.
    @Test
    void both_ways_around_the_diamond_meet_in_the_merged_text() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var c = gen.beside(a);
            var base = a.base().toText();
            var overA = base.apply(a.delta()).apply(c.delta().transform(a.delta(), Side.RIGHT));
            var overC = base.apply(c.delta()).apply(a.delta().transform(c.delta(), Side.LEFT));
            assertThat(overA).isEqualTo(overC);
            assertThat(Model.of(overA)).isEqualTo(a.base().merged(a.steps(), c.steps()));
        });
    }

    /// 3
    @Test
    void a_composed_change_does_what_its_parts_did() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var composed = a.delta().compose(b.delta());
            assertThat(Model.of(a.base().toText().apply(composed))).isEqualTo(b.after());
            assertThat(composed.targetLength()).isEqualTo(b.after().length());
        });
    }

    /// 4
    @Test
    void composition_is_associative_to_the_last_component() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var e = gen.then(b);
            assertThat(a.delta().compose(b.delta()).compose(e.delta()))
                    .isEqualTo(a.delta().compose(b.delta().compose(e.delta())));
        });
    }

    /// 4
    @Test
    void a_run_composed_as_a_tree_equals_the_run_composed_in_order() {
        Laws.hold(gen -> {
            var last = gen.change(gen.document());
            var run = new ArrayList<>(List.of(last.delta()));
            var folded = last.delta();
            for (int i = gen.between(0, 8); i > 0; i--) {
                last = gen.then(last);
                run.add(last.delta());
                folded = folded.compose(last.delta());
            }
            assertThat(Delta.composeAll(run)).isEqualTo(folded);
        });
    }

    @Test
    void a_replacement_is_what_the_builder_makes_of_its_parts() {
        Laws.hold(gen -> {
            int length = gen.between(0, 4);
            int at = gen.between(0, length);
            int deleted = gen.between(0, length - at);
            String inserted = gen.text(gen.between(0, 2));
            var set = gen.chance(50) ? Attributes.NONE : Attributes.of("bold", Value.TRUE);
            assertThat(Delta.replacement(length, at, deleted, inserted, set))
                    .isEqualTo(Delta.builder()
                            .retain(at)
                            .insert(inserted, set)
                            .delete(deleted)
                            .build(length));
        });
    }

    /// 5
    @Test
    void the_identity_changes_nothing_and_nothing_changes_it() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document()).delta();
            var before = Delta.identity(a.baseLength());
            var after = Delta.identity(a.targetLength());
            for (Side side : Side.values()) {
                assertThat(a.transform(before, side)).isEqualTo(a);
                assertThat(before.transform(a, side)).isEqualTo(after);
            }
            assertThat(before.compose(a)).isEqualTo(a);
            assertThat(a.compose(after)).isEqualTo(a);
        });
    }

    /// 5
    @Test
    void whatever_comes_out_is_in_normal_form() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var c = gen.beside(a);
            requireNormal(a.delta());
            requireNormal(a.delta().compose(b.delta()));
            requireNormal(c.delta().transform(a.delta(), Side.RIGHT));
            requireNormal(a.delta().transform(c.delta(), Side.LEFT));
            requireNormal(a.base().toText().invert(a.delta()));
            var split = a.delta().split(gen.between(3, 5), gen.between(2, 6));
            requireNormal(split.first());
            requireNormal(split.rest());
        });
    }

    private static void requireNormal(Delta delta) {
        var ops = delta.ops();
        int base = 0;
        int target = 0;
        Op before = new Op.Delete(0);
        for (Op op : ops) {
            int length = length(op);
            assertThat(length).isPositive();
            assertThat(joinable(before, op))
                    .as("%s and %s in %s", before, op, delta)
                    .isFalse();
            base += op instanceof Op.Insert ? 0 : length;
            target += op instanceof Op.Delete ? 0 : length;
            before = op;
        }
        assertThat(before instanceof Op.Retain last && last.attributes().isEmpty())
                .as("a plain retain at the end of %s", delta)
                .isFalse();
        assertThat(delta.targetLength() - target)
                .isEqualTo(delta.baseLength() - base)
                .isNotNegative();
    }

    private static int length(Op op) {
        return switch (op) {
            case Op.Retain(int length, var ignored) -> length;
            case Op.Insert(String text, var ignored) -> text.length();
            case Op.Delete(int length) -> length;
        };
    }

    private static boolean joinable(Op first, Op second) {
        return switch (first) {
            case Op.Retain(int ignored, var set) ->
                second instanceof Op.Retain next && next.attributes().equals(set);
            case Op.Insert(var ignored, var set) ->
                second instanceof Op.Insert next && next.attributes().equals(set);
            case Op.Delete(int length) -> length > 0 && second instanceof Op.Delete;
        };
    }

    /// 6
    @Test
    void the_inverse_takes_text_formatting_and_author_stamps_back() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var base = a.base().toText();
            var back = base.apply(a.delta()).apply(base.invert(a.delta()));
            assertThat(Model.of(back)).isEqualTo(a.base());
            assertThat(back).isEqualTo(base);
        });
    }

    /// 6
    @Test
    void the_inverse_of_an_inverse_leads_to_the_changed_text_again() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var base = a.base().toText();
            var after = base.apply(a.delta());
            var inverse = base.invert(a.delta());
            assertThat(Model.of(base.apply(after.invert(inverse)))).isEqualTo(a.after());
        });
    }

    /// 7
    @Test
    void an_arriving_change_cannot_tell_composed_history_from_single_commits() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var c = gen.beside(a).delta();
            assertThat(c.transform(a.delta().compose(b.delta()), Side.RIGHT))
                    .isEqualTo(c.transform(a.delta(), Side.RIGHT).transform(b.delta(), Side.RIGHT));
        });
    }

    /// 7, the other arrow: what a client applies is the same, too, whether it gets a range or
    /// single commits.
    @Test
    void a_client_applies_the_same_for_a_range_as_for_single_commits() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var c = gen.beside(a).delta();
            var mine = a.base().toText().apply(c);
            var one = a.delta().transform(c, Side.LEFT);
            var two = b.delta().transform(c.transform(a.delta(), Side.RIGHT), Side.LEFT);
            var range = a.delta().compose(b.delta()).transform(c, Side.LEFT);
            assertThat(mine.apply(range)).isEqualTo(mine.apply(one).apply(two));
        });
    }

    /// 7, run the wrong way round: were the history right, the law would not hold. It keeps the
    /// generator honest.
    @Test
    void with_the_sides_swapped_the_law_of_history_fails() {
        assumeFalse(Laws.isReplay(), "one case cannot be counted");
        int broken = Laws.count(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var c = gen.beside(a).delta();
            var composed = c.transform(a.delta().compose(b.delta()), Side.LEFT);
            return !composed.equals(c.transform(a.delta(), Side.LEFT).transform(b.delta(), Side.LEFT));
        });
        assertThat(broken).isGreaterThan(Laws.cases() / 200);
    }

    /// 7b
    @Test
    void a_range_with_the_receivers_own_commit_inside_is_told_by_the_content_hash() {
        assumeFalse(Laws.isReplay(), "one case cannot be counted");
        int forked = Laws.count(gen -> {
            var a = gen.change(gen.document());
            var mine = gen.beside(a).delta();
            var committed = mine.transform(a.delta(), Side.RIGHT);
            var b = gen.change(Model.of(a.after().toText().apply(committed)));
            var relay = b.after().toDocument();
            var range = Delta.composeAll(List.of(a.delta(), committed, b.delta()));
            // The client takes the range for foreign history, although its own pending change is inside.
            var client = new Document(
                    a.base().toText().apply(mine).apply(range.transform(mine, Side.LEFT)), relay.threads());
            boolean same = client.text().equals(relay.text());
            assertThat(client.contentHash().equals(relay.contentHash())).isEqualTo(same);
            return !same;
        });
        assertThat(forked).isGreaterThan(Laws.cases() / 10);
    }

    /// 7c
    @Test
    void a_split_change_is_the_whole_again_and_its_first_part_fits() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            int components = gen.between(3, 6);
            int units = gen.between(2, 8);
            var split = a.delta().split(components, units);
            assertThat(split.first().compose(split.rest())).isEqualTo(a.delta());
            assertThat(split.first().size()).isLessThanOrEqualTo(components);
            assertThat(split.first().insertedLength()).isLessThanOrEqualTo(units);
            if (!a.delta().isIdentity()) {
                assertThat(split.first().isIdentity()).isFalse();
            }
            if (a.delta().size() <= components && a.delta().insertedLength() <= units) {
                assertThat(split.rest().isIdentity()).isTrue();
            }
            requireWellFormed(split.first());
            requireWellFormed(split.rest());
            requireWellFormed(Model.of(a.base().toText().apply(split.first())).plain());
        });
    }

    /// 7c: a client sends part after part, each rebased over what came between.
    @Test
    void cutting_part_after_part_comes_to_an_end() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var text = a.base().toText();
            var rest = a.delta();
            int parts = 0;
            while (!rest.isIdentity()) {
                var split = rest.split(3, 2);
                text = text.apply(split.first());
                rest = split.rest();
                assertThat(++parts).isLessThan(100);
            }
            assertThat(Model.of(text)).isEqualTo(a.after());
        });
    }

    /// 8
    @Test
    void positions_stay_in_range_in_order_and_outside_surrogate_pairs() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            for (Bias bias : Bias.values()) {
                int before = 0;
                for (int i = 0; i <= a.base().length(); i++) {
                    int mapped = a.delta().mapPosition(i, bias);
                    assertThat(mapped).isBetween(before, a.after().length());
                    if (a.base().isBoundary(i)) {
                        assertThat(a.after().isBoundary(mapped))
                                .as("%d of %s", i, a)
                                .isTrue();
                    }
                    before = mapped;
                }
            }
        });
    }

    /// 8
    @Test
    void a_position_that_goes_after_inserts_maps_through_composed_history_as_one_by_one() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var composed = a.delta().compose(b.delta());
            for (int i = 0; i <= a.base().length(); i++) {
                assertThat(composed.mapPosition(i, Bias.AFTER))
                        .as("%d through %s and %s", i, a, b)
                        .isEqualTo(b.delta().mapPosition(a.delta().mapPosition(i, Bias.AFTER), Bias.AFTER));
            }
        });
    }

    /// 8: a position keeps standing beside the unit it stood beside.
    @Test
    void a_position_moves_as_the_unit_behind_it() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            for (int i = 0; i < a.base().length(); i++) {
                var marked = new ArrayList<>(a.base().cells());
                marked.set(i, new Model.Cell('\u2713', Map.of()));
                int found = new Model(marked).after(a.steps()).plain().indexOf('\u2713');
                if (found >= 0) {
                    assertThat(a.delta().mapPosition(i, Bias.AFTER)).isEqualTo(found);
                }
            }
        });
    }

    /// 10
    @Test
    void text_stays_well_formed_through_everything() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var c = gen.beside(a);
            var base = a.base().toText();
            requireWellFormed(base.apply(a.delta()).plain());
            requireWellFormed(a.delta().compose(b.delta()));
            requireWellFormed(base.invert(a.delta()));
            var late = c.delta().transform(a.delta(), Side.RIGHT).transform(b.delta(), Side.RIGHT);
            requireWellFormed(late);
            requireWellFormed(b.after().toText().apply(late).plain());
        });
    }

    private static void requireWellFormed(Delta delta) {
        for (Op op : delta.ops()) {
            if (op instanceof Op.Insert(String text, var ignored)) {
                requireWellFormed(text);
            }
        }
    }

    private static void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                assertThat(Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' '))
                        .as("a pair at %d of %s", i, text)
                        .isTrue();
                i++;
            }
        }
    }

    /// What the laws are worth depends on what is drawn.
    @Test
    void the_generator_collides_in_all_the_ways_that_matter() {
        assumeFalse(Laws.isReplay(), "one case cannot be counted");
        assertThat(Laws.count(gen -> tied(gen, gen.change(gen.document())))).isGreaterThan(Laws.cases() / 8);
        assertThat(Laws.count(gen -> gen.document().plain().codePoints().anyMatch(c -> c > 0xffff)))
                .isGreaterThan(Laws.cases() / 3);
        assertThat(Laws.count(gen -> formattedTwice(gen, gen.change(gen.document()))))
                .isGreaterThan(Laws.cases() / 100);
        assertThat(Laws.count(gen -> insertsInsideADelete(gen.change(gen.document()))))
                .isGreaterThan(Laws.cases() / 50);
    }

    private static boolean tied(Gen gen, Drawn a) {
        return !a.delta().isIdentity()
                && !a.base().merged(a.steps(), List.of()).equals(a.base())
                && !mergesAlike(a, gen.beside(a));
    }

    private static boolean mergesAlike(Drawn a, Drawn c) {
        return a.base().merged(a.steps(), c.steps()).equals(a.base().merged(c.steps(), a.steps()));
    }

    private static boolean formattedTwice(Gen gen, Drawn a) {
        var c = gen.beside(a).delta();
        return !c.transform(a.delta(), Side.LEFT).ops().stream()
                .filter(op -> op instanceof Op.Retain)
                .toList()
                .equals(c.transform(a.delta(), Side.RIGHT).ops().stream()
                        .filter(op -> op instanceof Op.Retain)
                        .toList());
    }

    private static boolean insertsInsideADelete(Drawn a) {
        var ops = a.delta().ops();
        for (int i = 2; i < ops.size(); i++) {
            if (ops.get(i - 2) instanceof Op.Delete
                    && ops.get(i - 1) instanceof Op.Insert
                    && ops.get(i) instanceof Op.Delete) {
                return true;
            }
        }
        return false;
    }
}
