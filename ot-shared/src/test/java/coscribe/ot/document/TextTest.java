package coscribe.ot.document;

import static coscribe.ot.kit.Notation.a;
import static coscribe.ot.kit.Notation.d;
import static coscribe.ot.kit.Notation.plain;
import static coscribe.ot.kit.Notation.t;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.DeltaMismatchException;
import coscribe.ot.delta.Value;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TextTest {
    @Nested
    class A_short_text {
        @Test
        void starts_empty() {
            assertThat(Text.EMPTY.length()).isZero();
            assertThat(Text.EMPTY.plain()).isEmpty();
        }

        @Test
        void is_changed_without_being_touched() {
            var before = plain("hello");
            var after = before.apply(d("1 -3 +'ipp' 1 +'!'"));
            assertThat(after.plain()).isEqualTo("hippo!");
            assertThat(before.plain()).isEqualTo("hello");
        }

        @Test
        void knows_the_formatting_of_every_unit() {
            var text = t("+'ab'{bold} +'cd' +'e'{bold,link='https://x'}");
            assertThat(text.attributesAt(1)).isEqualTo(a("{bold}"));
            assertThat(text.attributesAt(2)).isEqualTo(Attributes.NONE);
            assertThat(text.attributesAt(4)).isEqualTo(a("{bold,link='https://x'}"));
        }

        @Test
        void takes_a_removed_attribute_away() {
            assertThat(t("+'abc'{bold,italic}").apply(d("1 1{bold=-} 1")))
                    .isEqualTo(t("+'a'{bold,italic} +'b'{italic} +'c'{bold,italic}"));
        }

        @Test
        void is_the_same_whether_formatted_at_once_or_bit_by_bit() {
            assertThat(t("+'ab'").apply(d("1{bold} 1")).apply(d("1 1{bold}"))).isEqualTo(t("+'ab'{bold}"));
        }

        @Test
        void gives_pieces_of_itself() {
            assertThat(plain("hello").substring(1, 4)).isEqualTo("ell");
            assertThat(plain("hello").substring(5, 5)).isEmpty();
            assertThatThrownBy(() -> plain("hello").substring(3, 6)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> plain("hello").charAt(5)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> plain("hello").attributesAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }

        @Test
        void reads_as_the_change_that_makes_it() {
            assertThat(t("+'ab'{bold} +'c'").asDelta()).isEqualTo(d("+'ab'{bold} +'c'"));
            assertThat(t("+'ab'{bold} +'c'")).hasToString("+'ab'{bold} +'c' @0");
        }

        @Test
        void refuses_a_change_for_a_text_of_another_length() {
            assertThatThrownBy(() -> plain("hello").apply(d("+'x' @4")))
                    .isInstanceOf(DeltaMismatchException.class)
                    .hasMessageContaining("4")
                    .hasMessageContaining("5");
        }

        @Test
        void can_lose_all_its_units_and_get_new_ones() {
            var empty = plain("hello").apply(d("-5"));
            assertThat(empty).isEqualTo(Text.EMPTY);
            assertThat(empty.apply(d("+'x'")).plain()).isEqualTo("x");
        }
    }

    @Nested
    class The_inverse {
        @Test
        void of_an_insert_deletes_it() {
            assertThat(plain("abc").invert(d("1 +'xy' 2"))).isEqualTo(d("1 -2 2"));
        }

        @Test
        void of_a_delete_brings_back_text_with_its_formatting_and_authors() {
            var text = t("+'a' +'b'{author='%s'} +'c'{bold}".formatted(Gen.PEOPLE.getFirst()));
            assertThat(text.invert(d("-3"))).isEqualTo(text.asDelta());
        }

        @Test
        void of_a_format_restores_each_run_to_what_it_was() {
            assertThat(t("+'a'{header=1} +'b' +'c'{bold}").invert(d("3{bold,header=2}")))
                    .isEqualTo(d("1{bold=-,header=1} 1{bold=-,header=-} 1{bold,header=-}"));
        }
    }

    @Nested
    class A_long_text {
        @Test
        void agrees_with_a_plain_buffer_after_any_run_of_changes() {
            long seed = Laws.caseSeed();
            for (int i = 0; i < 12; i++) {
                var run = new LongRun(seed + i, 30_000 * (i % 3));
                for (int step = 0; step < 400; step++) {
                    run.step();
                    requireInvariants(run.text, seed + i);
                    if (step % 100 == 99) {
                        run.requireSame(seed + i);
                    }
                }
            }
        }

        @Test
        void keeps_every_earlier_version_as_it_was() {
            long seed = Laws.caseSeed();
            var run = new LongRun(seed, 20_000);
            var versions = new ArrayList<Text>();
            var copies = new ArrayList<String>();
            for (int step = 0; step < 100; step++) {
                versions.add(run.text);
                copies.add(run.text.asDelta().toString());
                run.step();
            }
            for (int i = 0; i < versions.size(); i++) {
                assertThat(versions.get(i).asDelta()).as("seed %d", seed).hasToString(copies.get(i));
            }
        }

        @Test
        void keeps_what_was_just_typed_whatever_comes_in_front_of_it_or_behind() {
            var base = plain("x".repeat(1_000));
            String flood = "b".repeat(Chunk.MAX + 1);
            for (int at = 0; at < 600; at++) {
                for (int next : new int[] {at, Math.max(0, at - 3), at + 1, at + 4}) {
                    var text = base.apply(Delta.builder().retain(at).insert("a").build(base.length()))
                            .apply(Delta.builder().retain(next).insert(flood).build(base.length() + 1));
                    var expected =
                            new StringBuilder(base.plain()).insert(at, "a").insert(next, flood);
                    assertThat(text.plain()).as("%d, %d", at, next).isEqualTo(expected.toString());
                    requireInvariants(text, 0);
                }
            }
        }

        @Test
        void joins_what_stood_on_both_sides_of_a_run_that_is_deleted() {
            var base = plain("x".repeat(300));
            for (int at = 0; at < 290; at++) {
                for (int units = 1; units <= 3; units++) {
                    var bold = Delta.builder().retain(at).insert("yyy", 0, units, a("{bold}"));
                    var delete = Delta.builder().retain(at).delete(units);
                    var text = base.apply(bold.build(300)).apply(delete.build(300 + units));
                    requireInvariants(text, 0);
                    assertThat(text).as("%d, %d", at, units).isEqualTo(base);
                }
            }
        }

        @Test
        void shares_nearly_all_of_itself_with_its_next_version() {
            var before = plain("x".repeat(100_000));
            var after = before.apply(d("50000 +'y' @100000"));
            var shared = Collections.newSetFromMap(new IdentityHashMap<Chunk, Boolean>());
            shared.addAll(before.chunks());
            assertThat(after.chunks().stream().filter(chunk -> !shared.contains(chunk)))
                    .hasSizeLessThanOrEqualTo(2);
        }

        @Test
        void does_not_fall_to_pieces_when_it_is_typed_unit_by_unit() {
            var text = plain("\n");
            for (int i = 0; i < 20_000; i++) {
                text = text.apply(Delta.builder()
                        .retain(i % 7 * text.length() / 7)
                        .insert("a")
                        .build(text.length()));
            }
            requireInvariants(text, 0);
            assertThat(text.chunks().size()).isLessThan(2 * text.length() / Chunk.MIN);
        }

        @Test
        void does_not_keep_crumbs_when_most_of_it_is_deleted() {
            var text = plain("x".repeat(100_000));
            for (int i = 0; i < 99; i++) {
                text = text.apply(
                        Delta.builder().retain(10 * i + 10).delete(990).build(text.length()));
            }
            requireInvariants(text, 0);
            assertThat(text.length()).isEqualTo(100_000 - 99 * 990);
            assertThat(text.chunks().size()).isLessThanOrEqualTo(text.length() / Chunk.MIN);
        }

        @Test
        void is_equal_to_itself_however_it_is_cut_into_pieces() {
            long seed = Laws.caseSeed();
            var run = new LongRun(seed, 20_000);
            for (int step = 0; step < 50; step++) {
                run.step();
            }
            var whole = Text.EMPTY.apply(run.text.asDelta());
            assertThat(run.text).isEqualTo(whole).hasSameHashCodeAs(whole);
            var other = whole.apply(Delta.builder().delete(1).insert("\u2713").build(whole.length()));
            assertThat(other).isNotEqualTo(whole);
            assertThat(whole.apply(
                            Delta.builder().retain(whole.length(), a("{bold}")).build()))
                    .isNotEqualTo(whole);
        }
    }

    private static void requireInvariants(Text text, long seed) {
        var chunks = text.chunks();
        int sum = 0;
        for (Chunk chunk : chunks) {
            assertThat(chunk.length()).as("seed %d", seed).isBetween(chunks.size() == 1 ? 0 : Chunk.MIN, Chunk.MAX);
            int end = 0;
            for (int run = 0; run < chunk.runs(); run++) {
                assertThat(chunk.runEnd(run)).isGreaterThanOrEqualTo(end + Math.min(1, text.length()));
                end = chunk.runEnd(run);
                assertThat(run > 0 && chunk.attributes()[run].equals(chunk.attributes()[run - 1]))
                        .isFalse();
            }
            assertThat(end).isEqualTo(chunk.length());
            assertThat(chunk.attributes()).hasSize(chunk.cuts().length + 1);
            sum += chunk.length();
        }
        assertThat(sum).as("seed %d", seed).isEqualTo(text.length());
    }

    /// A long text that is edited here and there, beside a buffer of characters and a list of
    /// attributes.
    private static final class LongRun {
        private static final List<Attributes> SETS =
                List.of(Attributes.NONE, a("{bold}"), a("{italic}"), a("{author='x'}"), a("{bold,italic}"));
        private final Gen gen;
        private final StringBuilder buffer = new StringBuilder();
        private final ArrayList<Attributes> formats = new ArrayList<>();
        Text text;

        LongRun(long seed, int length) {
            gen = new Gen(seed);
            var start = Delta.builder();
            insert(start, 0, length);
            text = Text.EMPTY.apply(start.build(0));
        }

        /// A few components, mostly close together, now and then over the whole text.
        void step() {
            var delta = Delta.builder();
            int base = text.length();
            int from = base == 0 ? 0 : gen.below(base);
            delta.retain(from);
            int at = from; // in the buffer, which is changed on the way
            int read = from;
            for (int i = gen.between(1, 4); i > 0; i--) {
                int most = gen.chance(10) ? base - read : Math.min(base - read, gen.chance(80) ? 5 : 2_000);
                int units = most == 0 ? 0 : gen.between(0, most);
                switch (gen.below(5)) {
                    case 0 -> {
                        delta.retain(units);
                        at += units;
                        read += units;
                    }
                    case 1 -> {
                        var set = gen.chance(50) ? gen.pick(SETS) : a("{bold=-}");
                        delta.retain(units, set);
                        for (int end = at + units; at < end; at++) {
                            formats.set(at, formatted(formats.get(at), set));
                        }
                        read += units;
                    }
                    case 2 -> {
                        delta.delete(units);
                        buffer.delete(at, at + units);
                        formats.subList(at, at + units).clear();
                        read += units;
                    }
                    default -> {
                        int added = gen.chance(90) ? gen.between(1, 3) : gen.between(1, 5_000);
                        insert(delta, at, added);
                        at += added;
                    }
                }
            }
            text = text.apply(delta.build(base));
        }

        private void insert(DeltaBuilder delta, int at, int units) {
            var set = gen.pick(SETS);
            var inserted = new StringBuilder();
            while (inserted.length() < units) {
                inserted.append((char) gen.between('a', 'z'));
            }
            delta.insert(inserted.toString(), set);
            buffer.insert(at, inserted);
            formats.addAll(at, Collections.nCopies(units, set));
        }

        private static Attributes formatted(Attributes had, Attributes set) {
            var next = new TreeMap<String, Value>();
            had.forEach(next::put);
            set.forEach((name, value) -> {
                if (value instanceof Value.Clear) {
                    next.remove(name);
                } else {
                    next.put(name, value);
                }
            });
            return Attributes.of(next);
        }

        void requireSame(long seed) {
            assertThat(text.plain().contentEquals(buffer)).as("seed %d", seed).isTrue();
            for (int i = 0; i < formats.size(); i++) {
                assertThat(text.attributesAt(i)).as("at %d, seed %d", i, seed).isEqualTo(formats.get(i));
                assertThat(text.charAt(i)).isEqualTo(buffer.charAt(i));
            }
        }
    }
}
