package coscribe.ot.delta;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Laws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Law 14 of docs/LAWS.md: laws 2, 3 and 7 not at random, but all of them. A change is what happens in each gap
/// (an insert or none) and to each unit (kept, deleted, formatted with two attributes). What a
/// change does to a unit's attribute is to keep it, to set it or to clear it; which of the three
/// shows on a unit that lacks the attribute together with one that has it with another value. So
/// two documents stand for the formatted documents of their length, all of them.
class ExhaustiveLawsTest {
    private static final Attributes BOLD = Attributes.of("bold", Value.TRUE);
    private static final Attributes NO_BOLD = Attributes.of("bold", Value.CLEAR);
    private static final Attributes ITALIC = Attributes.of("italic", Value.TRUE);
    private static final Attributes NO_ITALIC = Attributes.of("italic", Value.CLEAR);
    /// Stands for "deleted" among the things that may happen to a unit.
    private static final Attributes DELETED = Attributes.of("deleted", Value.TRUE);

    private static final List<Attributes> ALL_FORMATS = List.of(
            Attributes.NONE,
            BOLD,
            NO_BOLD,
            ITALIC,
            NO_ITALIC,
            BOLD.thenOnRetain(ITALIC),
            BOLD.thenOnRetain(NO_ITALIC),
            NO_BOLD.thenOnRetain(ITALIC),
            NO_BOLD.thenOnRetain(NO_ITALIC),
            DELETED);
    private static final List<Attributes> SOME_FORMATS =
            List.of(Attributes.NONE, DELETED, BOLD, NO_BOLD, ITALIC, BOLD.thenOnRetain(NO_ITALIC));
    private static final List<Attributes> ONE_ATTRIBUTE = List.of(Attributes.NONE, DELETED, BOLD, NO_BOLD);
    private static final List<Attributes> PLAIN = List.of(Attributes.NONE);
    private static final List<Attributes> FORMATTED = List.of(Attributes.NONE, BOLD, ITALIC, BOLD.thenOnRetain(ITALIC));

    @Test
    void all_pairs_of_changes_with_every_format_meet_on_all_documents_of_up_to_two_units() {
        for (int units = 0; units <= 2; units++) {
            requireDiamonds(units, ALL_FORMATS, PLAIN);
        }
        requireDiamonds(1, ALL_FORMATS, FORMATTED);
    }

    @Test
    void all_pairs_of_changes_meet_on_all_documents_of_three_units() {
        requireDiamonds(3, isNightly() ? ALL_FORMATS : SOME_FORMATS, PLAIN); // 256 million pairs instead of 12
    }

    private static boolean isNightly() {
        return Laws.cases() >= 1_000_000;
    }

    private static void requireDiamonds(int units, List<Attributes> formats, List<Attributes> inserts) {
        var lefts = all(units, formats, inserts, 'l');
        var rights = all(units, formats, inserts, 'r');
        for (Delta left : lefts) {
            for (Delta right : rights) {
                Delta leftAfter = left.transform(right, Side.LEFT);
                Delta rightAfter = right.transform(left, Side.RIGHT);
                for (int old = 0; old <= 1; old++) {
                    var byLeft = Row.of(units, old).after(left).after(rightAfter);
                    var byRight = Row.of(units, old).after(right).after(leftAfter);
                    if (!byLeft.equals(byRight)) {
                        throw new AssertionError(left + " and " + right + ": " + byLeft + " is not " + byRight);
                    }
                }
            }
        }
        // That many were looked at: the alphabet to the power of its places.
        assertThat(lefts).hasSize(power(formats.size(), units) * power(1 + inserts.size(), units + 1));
    }

    /// The second change is of the text that the first one leaves, up to 5 units of it; so what a
    /// unit goes through is every format after every format, on formatted inserts too.
    @Test
    void all_changes_after_all_changes_compose_to_both_on_all_documents_of_up_to_two_units() {
        requireCompositions(0, ALL_FORMATS, FORMATTED, FORMATTED);
        requireCompositions(1, ALL_FORMATS, FORMATTED, PLAIN);
        requireCompositions(2, ONE_ATTRIBUTE, PLAIN, PLAIN);
        if (isNightly()) { // 16 million pairs on top of 3
            requireCompositions(2, SOME_FORMATS, PLAIN, PLAIN);
        }
    }

    private static void requireCompositions(
            int units, List<Attributes> formats, List<Attributes> firstInserts, List<Attributes> thenInserts) {
        var seconds = new HashMap<Integer, List<Delta>>();
        for (Delta first : all(units, formats, firstInserts, 'a')) {
            for (Delta second :
                    seconds.computeIfAbsent(first.targetLength(), now -> all(now, formats, thenInserts, 'b'))) {
                Delta both = first.compose(second);
                for (int old = 0; old <= 1; old++) {
                    var atOnce = Row.of(units, old).after(both);
                    var oneByOne = Row.of(units, old).after(first).after(second);
                    if (!atOnce.equals(oneByOne)) {
                        throw new AssertionError(first + " and then " + second + ": " + atOnce + " is not " + oneByOne);
                    }
                }
            }
        }
        assertThat(seconds.get(2 * units + 1))
                .as("what may follow where nothing was deleted and all was inserted")
                .hasSize(power(formats.size(), 2 * units + 1) * power(1 + thenInserts.size(), 2 * units + 2));
    }

    @Test
    void all_runs_of_two_commits_are_invisible_to_all_arriving_changes_on_documents_of_up_to_two_units() {
        var formats = List.of(Attributes.NONE, DELETED);
        var inserts = PLAIN;
        int swapped = 0;
        for (int units = 0; units <= 2; units++) {
            var arriving = all(units, formats, inserts, 'c');
            for (Delta a : all(units, formats, inserts, 'a')) {
                for (Delta b : all(a.targetLength(), formats, inserts, 'b')) {
                    Delta range = a.compose(b);
                    for (Delta c : arriving) {
                        var whole = c.transform(range, Side.RIGHT);
                        var single = c.transform(a, Side.RIGHT).transform(b, Side.RIGHT);
                        if (!whole.equals(single)) {
                            throw new AssertionError(
                                    c + " over " + a + " and " + b + ": " + whole + " is not " + single);
                        }
                        swapped += c.transform(range, Side.LEFT)
                                        .equals(c.transform(a, Side.LEFT).transform(b, Side.LEFT))
                                ? 0
                                : 1;
                    }
                }
            }
        }
        assertThat(swapped).as("with the sides swapped it must fail").isPositive();
    }

    private static int power(int base, int exponent) {
        return exponent == 0 ? 1 : base * power(base, exponent - 1);
    }

    /// Every change of a text of so many units; its inserts are the letter `name`.
    private static List<Delta> all(int units, List<Attributes> formats, List<Attributes> inserts, char name) {
        var found = new ArrayList<Delta>();
        var chosen = new int[2 * units + 1]; // gap, unit, gap, … gap
        do {
            var delta = Delta.builder();
            for (int i = 0; i < chosen.length; i++) {
                if (i % 2 == 0) {
                    if (chosen[i] > 0) {
                        delta.insert(String.valueOf(name), inserts.get(chosen[i] - 1));
                    }
                } else if (formats.get(chosen[i]) == DELETED) {
                    delta.delete(1);
                } else {
                    delta.retain(1, formats.get(chosen[i]));
                }
            }
            found.add(delta.build(units));
        } while (countUp(chosen, formats.size(), 1 + inserts.size()));
        return found;
    }

    private static boolean countUp(int[] chosen, int unitChoices, int gapChoices) {
        for (int i = 0; i < chosen.length; i++) {
            if (++chosen[i] < (i % 2 == 0 ? gapChoices : unitChoices)) {
                return true;
            }
            chosen[i] = 0;
        }
        return false;
    }

    /// A row of units, each with its letter and its two attributes, in an int; a text that is
    /// fast because it is tiny.
    private static final class Row implements Delta.Visitor {
        private static final int ROOM = 12;
        private final int[] units = new int[ROOM];
        private int size;
        private int[] next = {};
        private int written;
        private int read;

        /// A text whose units have no attribute (`old` = 0) or both with an old value (`old` = 1).
        static Row of(int length, int old) {
            var row = new Row();
            row.size = length;
            for (int i = 0; i < length; i++) {
                row.units[i] = (char) ('0' + i) << 4 | old * 0b1010;
            }
            return row;
        }

        Row after(Delta delta) {
            next = new int[ROOM];
            written = 0;
            read = 0;
            delta.forEach(this);
            System.arraycopy(units, read, next, written, size - read);
            size = written + size - read;
            System.arraycopy(next, 0, units, 0, ROOM);
            return this;
        }

        @Override
        public void retain(int length, Attributes set) {
            for (int end = read + length; read < end; read++) {
                next[written++] = formatted(units[read], set);
            }
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            for (int i = from; i < to; i++) {
                next[written++] = formatted(source.charAt(i) << 4, set);
            }
        }

        @Override
        public void delete(int length) {
            read += length;
        }

        private static int formatted(int unit, Attributes set) {
            if (set.isEmpty()) {
                return unit;
            }
            return formatted(formatted(unit, set, "bold", 0), set, "italic", 2);
        }

        private static int formatted(int unit, Attributes set, String name, int shift) {
            return set.get(name)
                    .map(value -> unit & ~(3 << shift) | (value instanceof Value.Clear ? 0 : 1) << shift)
                    .orElse(unit);
        }

        boolean equals(Row other) {
            return size == other.size && Arrays.equals(units, 0, size, other.units, 0, size);
        }

        @Override
        public String toString() {
            return Arrays.toString(Arrays.copyOf(units, size));
        }
    }
}
