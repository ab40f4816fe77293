package coscribe.ot.rebase;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.kit.Drawn;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.kit.Model;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Law 9: undo is mine.
class UndoLawsTest {

    @Test
    void taking_my_change_back_leaves_what_others_did_as_if_I_had_never_been_there() {
        var apart = new int[1];
        Laws.hold(gen -> {
            Drawn mine = gen.change(gen.document());
            Delta theirs = gen.beside(mine).delta();
            if (touches(theirs, mine.delta())) {
                return;
            }
            apart[0]++;
            Document before = mine.base().toDocument();
            Change seen = Change.of(theirs.transform(mine.delta(), Side.RIGHT));
            var history = UndoHistory.EMPTY
                    .edited(Inverse.of(Change.of(mine.delta()), before), false)
                    .remote(seen);
            Document now = before.apply(Change.of(mine.delta())).apply(seen);
            Document undone =
                    history.undo().map(popped -> now.apply(popped.change())).orElse(now);
            assertThat(undone.text()).isEqualTo(before.text().apply(theirs));
        });
        assertThat(apart[0]).isGreaterThan(Laws.isReplay() ? -1 : Laws.cases() / 2);
    }

    /// Whether a change does something to what `mine` deletes: deletes or formats it too, or inserts
    /// in front of one of its units. Then there is no telling what "as if I had never been there"
    /// is: the text that comes back is new text.
    private static boolean touches(Delta change, Delta mine) {
        var deleted = new BitSet();
        mine.forEach(new At() {
            @Override
            public void delete(int length) {
                deleted.set(at, at + length);
                at += length;
            }
        });
        var touched = new boolean[1];
        change.forEach(new At() {
            @Override
            public void retain(int length, Attributes set) {
                touched[0] |= !set.isEmpty() && meets(length);
                at += length;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                touched[0] |= deleted.get(at);
            }

            @Override
            public void delete(int length) {
                touched[0] |= meets(length);
                at += length;
            }

            private boolean meets(int length) {
                int next = deleted.nextSetBit(at);
                return next >= 0 && next < at + length;
            }
        });
        return touched[0];
    }

    /// Knows its position in the text before the change.
    private static class At implements Delta.Visitor {
        int at;

        @Override
        public void retain(int length, Attributes set) {
            at += length;
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {}

        @Override
        public void delete(int length) {
            at += length;
        }
    }

    @Test
    void undoing_all_and_redoing_all_restores_text_and_formatting_whatever_others_did_before() {
        Laws.hold(gen -> {
            var writer = new Writer(gen);
            for (int i = gen.between(1, 10); i > 0; i--) {
                if (gen.chance(60)) {
                    writer.edits(gen.chance(30));
                } else {
                    writer.hears();
                }
            }
            Document before = writer.document;
            int undone = 0;
            while (writer.undo()) {
                undone++;
            }
            for (int i = 0; i < undone; i++) {
                assertThat(writer.redo()).isTrue();
            }
            assertThat(writer.redo()).isFalse();
            assertThat(writer.document.text()).isEqualTo(before.text());
        });
    }

    @Test
    void an_undo_never_removes_a_character_that_somebody_else_put_there() {
        Laws.hold(gen -> {
            var writer = new Writer(gen);
            for (int i = gen.between(2, 14); i > 0; i--) {
                switch (gen.below(6)) {
                    case 0 -> writer.undo();
                    case 1 -> writer.redo();
                    case 2, 3 -> writer.edits(gen.chance(30));
                    default -> writer.hears();
                }
            }
            while (writer.undo()) {
                // the writer checks each
            }
        });
    }

    @Test
    void a_long_history_keeps_its_newest_steps_and_each_still_fits() {
        var writer = new Writer(new Gen(7));
        for (int i = 0; i < 2 * UndoHistory.DEPTH + 20; i++) {
            writer.edits(false);
            writer.hears();
        }
        int undone = 0;
        while (writer.undo()) {
            undone++;
        }
        assertThat(undone).isGreaterThan(UndoHistory.DEPTH / 2);
    }

    /// Somebody who writes while others do; remembers by itself who put each unit there.
    private static final class Writer {
        private final Gen gen;
        Document document;
        private UndoHistory history = UndoHistory.EMPTY;
        private List<Boolean> mine;

        Writer(Gen gen) {
            this.gen = gen;
            this.document = gen.document().toDocument();
            this.mine = new ArrayList<>(Collections.nCopies(document.length(), false));
        }

        private Change any() {
            return Change.of(gen.change(Model.of(document.text())).delta());
        }

        void edits(boolean joins) {
            Change change = any();
            history = history.edited(Inverse.of(change, document), joins);
            apply(change, true, false);
        }

        void hears() {
            Change change = any();
            history = history.remote(change);
            apply(change, false, false);
        }

        @CanIgnoreReturnValue
        boolean undo() {
            var popped = history.undo();
            popped.ifPresent(step -> {
                history = step.rest().undone(Inverse.of(step.change(), document));
                apply(step.change(), true, true);
            });
            return popped.isPresent();
        }

        @CanIgnoreReturnValue
        boolean redo() {
            var popped = history.redo();
            popped.ifPresent(step -> {
                history = step.rest().redone(Inverse.of(step.change(), document));
                apply(step.change(), true, false);
            });
            return popped.isPresent();
        }

        private void apply(Change change, boolean own, boolean undo) {
            document = document.apply(change);
            var next = new ArrayList<Boolean>();
            var position = new int[1];
            change.delta().forEach(new Delta.Visitor() {
                @Override
                public void retain(int length, Attributes set) {
                    next.addAll(mine.subList(position[0], position[0] + length));
                    position[0] += length;
                }

                @Override
                public void insert(String source, int from, int to, Attributes set) {
                    next.addAll(Collections.nCopies(to - from, own));
                }

                @Override
                public void delete(int length) {
                    if (undo) {
                        assertThat(mine.subList(position[0], position[0] + length))
                                .doesNotContain(false);
                    }
                    position[0] += length;
                }
            });
            next.addAll(mine.subList(position[0], mine.size()));
            mine = next;
        }
    }
}
