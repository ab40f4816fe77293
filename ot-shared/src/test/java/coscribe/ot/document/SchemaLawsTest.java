package coscribe.ot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Op;
import coscribe.ot.delta.Side;
import coscribe.ot.delta.Value;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Law 11 of docs/LAWS.md, for changes. (Mutated bytes are the wire's.)
class SchemaLawsTest {
    @Test
    void every_drawn_change_passes_and_so_does_everything_made_of_it() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var b = gen.then(a);
            var c = gen.beside(a).delta();
            var base = a.base().toText();
            var after = a.after().toText();
            requireFit(gen.commit(a), base);
            requireFit(Change.of(a.delta().compose(b.delta())), base);
            requireFit(Change.of(c.transform(a.delta(), Side.RIGHT)), after);
            requireFit(Change.of(a.delta().transform(c, Side.LEFT)), base.apply(c));
            requireFit(Change.of(base.invert(a.delta())), after);
            var split = a.delta().split(3, 2);
            requireFit(Change.of(split.first()), base);
            requireFit(Change.of(split.rest()), base.apply(split.first()));
        });
    }

    private static void requireFit(Change change, Text text) {
        assertThat(Schema.check(change, text.length())).as("%s", change).isEmpty();
        assertThat(Schema.checkBoundaries(change.delta(), text))
                .as("%s", change)
                .isEmpty();
    }

    @Test
    void a_document_keeps_its_closing_newline_under_every_change_that_passes() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var after = a.base().toDocument().apply(gen.commit(a));
            assertThat(after.text().charAt(after.length() - 1)).isEqualTo('\n');
        });
    }

    @Test
    void a_spoiled_change_gets_one_flaw_and_nothing_is_thrown() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var spoiled = spoil(gen, gen.commit(a));
            var flaw = judge(spoiled, a.base().toText());
            assertThat(flaw).as("%s", spoiled).isPresent();
            assertThat(flaw.orElseThrow().code()).matches("[a-z]+");
            assertThat(flaw.orElseThrow().sentence()).endsWith(".").matches("[\\x20-\\x7e]+");
        });
    }

    @Test
    void noise_gets_a_flaw_or_passes_and_what_passes_leaves_a_document() {
        Laws.hold(gen -> {
            var a = gen.change(gen.document());
            var document = a.base().toDocument();
            var noise = new Change(noise(gen, a.delta()), List.of());
            if (judge(noise, document.text()).isEmpty()) {
                var after = document.apply(noise);
                assertThat(after.length()).isEqualTo(noise.delta().targetLength());
                assertThat(CanonicalForm.of(after)).isNotEmpty();
            }
        });
    }

    @Test
    void noise_is_of_both_kinds() {
        assumeFalse(Laws.isReplay(), "one case cannot be counted");
        int refused = Laws.count(gen -> {
            var a = gen.change(gen.document());
            return judge(Change.of(noise(gen, a.delta())), a.base().toText()).isPresent();
        });
        assertThat(refused).isBetween(Laws.cases() / 20, Laws.cases() * 19 / 20);
    }

    private static Optional<Schema.Flaw> judge(Change change, Text text) {
        return Schema.check(change, text.length()).or(() -> Schema.checkBoundaries(change.delta(), text));
    }

    /// One thing wrong, whatever else the change does.
    private static Change spoil(Gen gen, Change change) {
        int length = change.delta().baseLength();
        Delta delta = change.delta();
        return switch (gen.below(12)) {
            case 0 -> new Change(stretched(delta, 1), change.events());
            case 1 -> new Change(behind(delta, "x"), change.events());
            case 2 -> Change.of(delta.compose(last(delta.targetLength(), true, Attributes.NONE)));
            case 3 ->
                Change.of(delta.compose(last(
                        delta.targetLength(), false, Attributes.of(Schema.AUTHOR, Value.of(gen.pick(Gen.PEOPLE))))));
            case 4 ->
                Change.of(delta.compose(last(delta.targetLength(), false, Attributes.of(gen.text(2), Value.TRUE))));
            case 5 -> Change.of(delta.compose(last(delta.targetLength(), false, Attributes.of("header", Value.of(5)))));
            case 6 -> front(delta, gen.pick("\ud83d", "\ude00", "a\ud83d", "\ud83d\ud83d\ude00", "\ude00\ud83d"));
            case 7 -> front(delta, gen.pick("\u0000", "\r", "\u007f", "\u0085", "a\u001b"));
            case 8 -> front(delta, "\ufffc");
            case 9 ->
                Change.of(Delta.builder()
                        .insert("words", Attributes.of("header", Value.of(1)))
                        .build(length)
                        .compose(stretched(delta, 5)));
            case 10 ->
                events(change, new ThreadEvent.Resolved(gen.pick("", "1", "Z".repeat(32)), gen.pick(Gen.PEOPLE), 1));
            default ->
                events(
                        change,
                        new ThreadEvent.Opened(
                                gen.pick(Gen.THREADS),
                                "3".repeat(32),
                                gen.pick(Gen.PEOPLE),
                                gen.pick(-1L, 1L),
                                "\ud83d"));
        };
    }

    private static Delta behind(Delta delta, String text) {
        return delta.compose(
                Delta.builder().retain(delta.targetLength()).insert(text).build());
    }

    /// The same for a text that is longer at its front.
    private static Delta stretched(Delta delta, int units) {
        var out = Delta.builder().retain(units);
        replay(delta, out);
        return out.build(delta.baseLength() + units);
    }

    private static void replay(Delta delta, DeltaBuilder out) {
        for (Op op : delta.ops()) {
            switch (op) {
                case Op.Retain(int length, var set) -> out.retain(length, set);
                case Op.Insert(String text, var set) -> out.insert(text, set);
                case Op.Delete(int length) -> out.delete(length);
            }
        }
    }

    /// Deletes or formats the last unit.
    private static Delta last(int length, boolean delete, Attributes set) {
        var out = Delta.builder().retain(length - 1);
        return (delete ? out.delete(1) : out.retain(1, set)).build();
    }

    private static Change front(Delta delta, String text) {
        var out = Delta.builder().insert(text);
        replay(delta, out);
        return Change.of(out.build(delta.baseLength()));
    }

    private static Change events(Change change, ThreadEvent event) {
        var events = new ArrayList<>(change.events());
        events.add(event);
        return new Change(change.delta(), events);
    }

    /// Components in any order, cut anywhere.
    private static Delta noise(Gen gen, Delta delta) {
        var ops = new ArrayList<>(delta.ops());
        ops.add(new Op.Retain(1, Attributes.NONE));
        var out = Delta.builder();
        int left = delta.baseLength();
        for (int i = gen.between(1, 6); i > 0; i--) {
            int length = Math.min(left, gen.between(1, 3));
            switch (gen.pick(ops)) {
                case Op.Insert(String text, var set) -> out.insert(text.substring(gen.below(text.length())), set);
                case Op.Retain(int ignored, var set) -> {
                    out.retain(length, set);
                    left -= length;
                }
                case Op.Delete(int ignored) -> {
                    out.delete(length);
                    left -= length;
                }
            }
        }
        return out.build(delta.baseLength());
    }
}
