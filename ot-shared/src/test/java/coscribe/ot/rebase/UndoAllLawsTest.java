package coscribe.ot.rebase;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.Threads;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.kit.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Law 9 for a whole history while others go on writing: between my edits, between my undos and
/// between my redos. Judged without any transformation: no character is put twice in a case, so
/// that the test can tell by itself what became of each, who deleted it and who formatted it.
class UndoAllLawsTest {
    private static final List<String> NAMES = List.of("bold", "italic");

    @Test
    void undoing_all_leaves_just_what_others_wrote_and_redoing_all_brings_back_what_was_there() {
        var amidst = new int[1];
        Laws.hold(gen -> {
            var writing = new Writing(gen);
            for (int i = gen.between(1, 7); i > 0; i--) {
                if (gen.chance(60)) {
                    writing.edits();
                } else {
                    writing.hears();
                }
            }
            for (int i = gen.between(1, 2); i > 0; i--) {
                var before = writing.now();
                writing.others.clear();
                writing.undoesAll(gen.pick(0, 0, 30, 60));
                writing.requireOnlyOthers();
                writing.requireOneOrder();
                writing.redoesAll(gen.pick(0, 0, 30, 60));
                writing.requireBackFrom(before);
                writing.requireOneOrder();
                amidst[0] += writing.others.isEmpty() ? 0 : 1;
            }
        });
        assertThat(amidst[0])
                .as("cases in which others wrote between undo and redo")
                .isGreaterThan(Laws.isReplay() ? -1 : Laws.cases() / 4);
    }

    @Test
    void the_judge_notices_a_history_that_does_not_hear_the_others() {
        assertThat(Laws.count(gen -> {
                    try {
                        var writing = new Writing(gen);
                        writing.edits();
                        writing.hears();
                        writing.history = UndoHistory.EMPTY.edited(writing.firstInverse, false);
                        writing.undoesAll(0);
                        writing.requireOnlyOthers();
                        return false;
                    } catch (AssertionError | RuntimeException noticed) {
                        return true;
                    }
                }))
                .isGreaterThan(Laws.isReplay() ? -1 : Laws.cases() / 4);
    }

    /// Where each character came from, and what others did to it since a moment.
    private static final class Others {
        final Set<Integer> put = new HashSet<>();
        final Set<Integer> deleted = new HashSet<>();
        final Map<Integer, Map<String, Value>> set = new HashMap<>();

        void clear() {
            put.clear();
            deleted.clear();
            set.clear();
        }

        boolean isEmpty() {
            return put.isEmpty() && deleted.isEmpty() && set.isEmpty();
        }
    }

    /// One person's editing among others', and the book that the test keeps of it.
    private static final class Writing {
        private final Gen gen;
        private Document document;
        private UndoHistory history = UndoHistory.EMPTY;
        private Change firstInverse = Change.identity(1);
        private int fresh;
        private final Map<Integer, Map<String, Value>> start;
        /// All that others ever did, and since the last `clear`.
        private final Others ever = new Others();
        final Others others = new Others();
        private final List<List<Integer>> seen = new ArrayList<>();

        Writing(Gen gen) {
            this.gen = gen;
            var text = Delta.builder();
            for (int i = gen.between(0, 8); i > 0; i--) {
                text.insert(character(), gen.chance(30) ? format(false) : Attributes.NONE);
            }
            text.insert("\n");
            document = new Document(Text.EMPTY.apply(text.build(0)), Threads.NONE);
            start = now();
            note();
        }

        private String character() {
            fresh++;
            return Character.toString((gen.chance(30) ? 0x20000 : 0x4e00) + fresh);
        }

        private Attributes format(boolean mayClear) {
            var set = new TreeMap<String, Value>();
            set.put(gen.pick(NAMES), mayClear && gen.chance(40) ? Value.CLEAR : Value.TRUE);
            return Attributes.of(set);
        }

        /// Some inserts, deletes and formats, close together, as the texts are short.
        private Change any() {
            String text = document.text().plain();
            var delta = Delta.builder();
            int mood = gen.below(100);
            for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                if (gen.chance(12)) {
                    delta.insert(character(), gen.chance(20) ? format(false) : Attributes.NONE);
                }
                if (gen.chance(40)) {
                    mood = gen.below(100);
                }
                int units = Character.charCount(text.codePointAt(at));
                if (mood < 60) {
                    delta.retain(units);
                } else if (mood < 75) {
                    delta.retain(units, format(true));
                } else if (at < text.length() - 1) {
                    delta.delete(units);
                } else {
                    delta.retain(units);
                }
            }
            return Change.of(delta.build(text.length()));
        }

        void edits() {
            Change change = any();
            Change inverse = Inverse.of(change, document);
            firstInverse = inverse;
            history = history.edited(inverse, gen.chance(30));
            apply(change);
        }

        void hears() {
            Change change = any();
            history = history.remote(change);
            book(change.delta());
            apply(change);
        }

        private void apply(Change change) {
            document = document.apply(change);
            note();
        }

        private void note() {
            seen.add(document.text().plain().codePoints().boxed().toList());
        }

        private void maybeHears(int percent) {
            if (gen.chance(percent)) {
                hears();
            }
        }

        /// Others write in between, `percent` of the times.
        void undoesAll(int percent) {
            maybeHears(percent);
            for (var popped = history.undo(); popped.isPresent(); popped = history.undo()) {
                Change undo = popped.get().change();
                history = popped.get().rest().undone(Inverse.of(undo, document));
                apply(undo);
                maybeHears(percent);
            }
        }

        void redoesAll(int percent) {
            maybeHears(percent);
            for (var popped = history.redo(); popped.isPresent(); popped = history.redo()) {
                Change redo = popped.get().change();
                history = popped.get().rest().redone(Inverse.of(redo, document));
                apply(redo);
                maybeHears(percent);
            }
        }

        // --- the book

        private void book(Delta delta) {
            String text = document.text().plain();
            delta.forEach(new Delta.Visitor() {
                private int at;

                @Override
                public void retain(int length, Attributes set) {
                    var map = new TreeMap<String, Value>();
                    set.forEach(map::put);
                    if (!map.isEmpty()) {
                        text.substring(at, at + length).codePoints().forEach(c -> formatted(c, map));
                    }
                    at += length;
                }

                @Override
                public void insert(String source, int from, int to, Attributes set) {
                    var map = new TreeMap<String, Value>();
                    set.forEach(map::put);
                    source.substring(from, to).codePoints().forEach(c -> {
                        ever.put.add(c);
                        others.put.add(c);
                        formatted(c, map);
                    });
                }

                @Override
                public void delete(int length) {
                    text.substring(at, at + length).codePoints().forEach(c -> {
                        ever.deleted.add(c);
                        others.deleted.add(c);
                    });
                    at += length;
                }
            });
        }

        private void formatted(int character, Map<String, Value> set) {
            for (Others book : List.of(ever, others)) {
                book.set.computeIfAbsent(character, c -> new TreeMap<>()).putAll(set);
            }
        }

        /// Every character and how it is formatted.
        Map<Integer, Map<String, Value>> now() {
            var now = new HashMap<Integer, Map<String, Value>>();
            var cells = Model.of(document.text()).cells();
            String text = document.text().plain();
            for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                now.put(text.codePointAt(at), cells.get(at).attributes());
            }
            return now;
        }

        /// What was there in the beginning and what others put, unless others deleted it; formatted
        /// as others did last, otherwise as in the beginning.
        void requireOnlyOthers() {
            assertThat(now()).isEqualTo(with(start, ever));
        }

        /// What was there before, and what others did since; nothing else.
        void requireBackFrom(Map<Integer, Map<String, Value>> before) {
            assertThat(now()).isEqualTo(with(before, others));
        }

        private static Map<Integer, Map<String, Value>> with(Map<Integer, Map<String, Value>> had, Others since) {
            var expected = new HashMap<Integer, Map<String, Value>>();
            var characters = new HashSet<>(had.keySet());
            characters.addAll(since.put);
            characters.removeAll(since.deleted);
            for (int character : characters) {
                var set = new TreeMap<>(had.getOrDefault(character, Map.of()));
                set.putAll(since.set.getOrDefault(character, Map.of()));
                set.values().removeIf(value -> value instanceof Value.Clear);
                expected.put(character, set);
            }
            return expected;
        }

        /// Two characters that were once seen in one order do not stand in the other.
        void requireOneOrder() {
            var places = new HashMap<Integer, Integer>();
            seen.getLast().forEach(character -> places.put(character, places.size()));
            for (var earlier : seen) {
                int before = -1;
                for (int character : earlier) {
                    int place = places.getOrDefault(character, before);
                    assertThat(place)
                            .as("%s, seen as %s", document.text(), earlier)
                            .isGreaterThanOrEqualTo(before);
                    before = place;
                }
            }
        }
    }
}
