package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.PersonId;
import java.text.BreakIterator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What holds whatever people do. Each case prints its seed if it fails; `-Dcoscribe.seed=N` runs
/// it again.
class EditorModelLawsTest {
    private static void hold(int cases, Consumer<Gen> law) {
        long first = Laws.caseSeed();
        for (int i = 0; i < Math.min(cases, Laws.cases()); i++) {
            try {
                law.accept(new Gen(first + i));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(
                        "broken by seed %d (again: -Dcoscribe.seed=%1$d)".formatted(first + i), broken);
            }
        }
    }

    @Test
    void two_editors_and_the_relay_agree_whatever_is_done_in_both() {
        hold(60, gen -> {
            var pair = new Pair(gen);
            for (int i = 0; i < 120; i++) {
                pair.something();
            }
            pair.agree();
        });
    }

    @Test
    void undoing_everything_brings_the_first_text_back_and_redoing_everything_the_last() {
        hold(120, gen -> {
            var mara = new Seat();
            var hand = new RandomHand(gen);
            mara.does(it -> it.pastePlain("One\ntwo three\n\nfour"));
            mara.pauses();
            mara.does(it -> it.select(Caret.at(3)));
            var first = mara.text();
            int steps = gen.between(1, 60);
            for (int i = 0; i < steps; i++) {
                mara.does(hand.command());
                mara.time.pass(Duration.ofMillis(gen.pick(100, 400, 1_200)));
            }
            var last = mara.text();
            int undone = 0;
            while (!mara.text().equals(first) && mara.model.canUndoProperty().get()) {
                mara.does(EditorModel::undo);
                undone++;
            }
            assertThat(mara.text()).isEqualTo(first);
            for (int i = 0; i < undone; i++) {
                mara.does(EditorModel::redo);
            }
            assertThat(mara.text()).isEqualTo(last);
            assertThat(mara.surface.text()).isEqualTo(last);
            assertThat(mara.relay.text.text()).isEqualTo(last);
        });
    }

    @Test
    void the_first_undo_behind_a_typing_aid_takes_back_the_formatting_and_nothing_else() {
        var aids = new int[1];
        hold(150, gen -> {
            var mara = new Seat();
            mara.does(it -> it.pastePlain("One\n- two\nthree"));
            for (int i = 0; i < 40; i++) {
                if (gen.chance(15)) {
                    mara.does(new RandomHand(gen).command());
                }
                for (String key : keysOf(gen)) {
                    var before = mara.text();
                    boolean plain = mara.model.selection().anchor()
                            == mara.model.selection().head();
                    mara.does(it -> it.type(key));
                    int typed = mara.text().length() - before.length();
                    if (plain && typed < 1) {
                        aids[0]++;
                        var formatted = mara.text();
                        mara.does(EditorModel::undo);
                        int caret = mara.model.selection().head();
                        assertThat(mara.text().charAt(caret - 1)).isEqualTo(key.charAt(0));
                        assertThat(without(mara.text(), caret - 1)).isEqualTo(before);
                        mara.does(EditorModel::redo);
                        assertThat(mara.text()).isEqualTo(formatted);
                    }
                }
            }
        });
        assertThat(aids[0]).isGreaterThan(Laws.isReplay() ? 0 : 100);
    }

    private static List<String> keysOf(Gen gen) {
        String keys = gen.pick("# ", "## ", "- ", "* ", "1. ", "[] ", "[x] ", "> ", "```", "**b c**", "`d`", "x");
        return keys.chars().mapToObj(Character::toString).toList();
    }

    private static Text without(Text text, int position) {
        return text.apply(Delta.builder().retain(position).delete(1).build(text.length()));
    }

    @Test
    void deleting_takes_whole_characters_as_people_count_them_wherever_the_caret_is() {
        hold(400, gen -> {
            var mara = new Seat();
            var written = new StringBuilder();
            for (int i = gen.between(1, 30); i > 0; i--) {
                written.append(gen.pick(PIECES));
            }
            mara.does(it -> it.pastePlain(written.toString()));
            for (int i = 0; i < 12 && mara.text().length() > 1; i++) {
                mara.does(it -> it.select(Caret.at(gen.below(it.document().length()))));
                var before = mara.text().plain();
                int caret = mara.model.selection().head();
                boolean back = gen.chance(50);
                boolean word = gen.chance(30);
                mara.does(
                        back
                                ? word ? EditorModel::backspaceWord : EditorModel::backspace
                                : word ? EditorModel::deleteWord : EditorModel::delete);
                int gone = before.length() - mara.text().length();
                int other = back ? caret - gone : caret + gone;
                assertThat(isBoundary(before, caret)).isTrue();
                assertThat(isBoundary(before, other)).isTrue();
                assertThat(word || between(before, caret, other) <= 1).isTrue();
            }
        });
    }

    private static final String[] PIECES = {
        "a",
        " ",
        "\n",
        "e\u0301",
        "\u0915\u094d\u0937",
        "\ud83d\ude00",
        "\ud83d\udc4d\ud83c\udffd",
        "\u1112\u1161\u11ab",
        "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83c\uddeb\ud83c\uddee",
        "\ufe0f",
        "\u0301",
        "\u200d",
        "中",
        "1\ufe0f\u20e3"
    };

    /// By a look at the whole paragraph.
    private static boolean isBoundary(String text, int position) {
        int from = text.lastIndexOf('\n', position - 1) + 1;
        var characters = BreakIterator.getCharacterInstance();
        characters.setText(text.substring(from, text.indexOf('\n', position)));
        return characters.isBoundary(position - from);
    }

    private static int between(String text, int one, int other) {
        var characters = BreakIterator.getCharacterInstance();
        characters.setText(text.substring(Math.min(one, other), Math.max(one, other)));
        int count = 0;
        while (characters.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    /// Two writers in one document, words between them and the relay under way for a while.
    private static final class Pair {
        private static final PersonId MARA = new PersonId("a1".repeat(16));
        private static final PersonId JON = new PersonId("b2".repeat(16));

        private final Gen gen;
        private final VirtualTime time = new VirtualTime();
        private final Air air = new Air();
        private final TinyRelay relay = new TinyRelay(air);
        private final Seat mara;
        private final Seat jon;
        private final RandomHand maras;
        private final RandomHand jons;

        /// Delivers in order, each word after a while.
        private final class Air implements Executor {
            private boolean slow;
            private long lastDue;

            @Override
            public void execute(Runnable word) {
                long now = time.instant().toEpochMilli();
                lastDue = Math.max(lastDue, now + (slow ? gen.below(80) : 0));
                var _ = time.schedule(word, lastDue - now, TimeUnit.MILLISECONDS);
            }
        }

        Pair(Gen gen) {
            this.gen = gen;
            this.mara = new Seat(time, relay, "a1");
            this.jon = new Seat(time, relay, "b2");
            this.maras = new RandomHand(gen);
            this.jons = new RandomHand(gen);
            air.slow = true;
        }

        void something() {
            boolean first = gen.chance(50);
            var seat = first ? mara : jon;
            int what = gen.below(100);
            if (what < 14) {
                undoes(seat, first ? JON : MARA);
            } else if (what < 18) {
                seat.does(EditorModel::redo);
            } else if (what < 20) {
                relay.reachable = false;
                relay.cut();
            } else if (what < 24) {
                relay.reachable = true;
            } else {
                seat.does((first ? maras : jons).command());
            }
            time.pass(Duration.ofMillis(gen.pick(0, 0, 5, 30, 200, 1_500)));
        }

        private void undoes(Seat seat, PersonId other) {
            seat.does(it -> {
                var before = it.document().text();
                it.undo();
                assertThat(writtenBy(other, it.document().text())).isGreaterThanOrEqualTo(writtenBy(other, before));
            });
        }

        private static int writtenBy(PersonId person, Text text) {
            var units = new int[1];
            var stamp = Value.of(person.hex());
            text.forEachRun(
                    0,
                    text.length(),
                    (source, from, to, set) -> units[0] +=
                            set.get(Schema.AUTHOR).filter(stamp::equals).isPresent() ? to - from : 0);
            return units[0];
        }

        void agree() {
            relay.reachable = true;
            time.pass(Duration.ofMinutes(3));
            for (Seat seat : List.of(mara, jon)) {
                assertThat(seat.model.document().contentHash()).isEqualTo(relay.text.contentHash());
                assertThat(seat.surface.text()).isEqualTo(relay.text.text());
                assertThat(seat.surface.selection()).isEqualTo(seat.model.selection());
                assertThat(seat.desk.document.status().unsaved()).isZero();
            }
        }
    }
}
