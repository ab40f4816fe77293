package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Fragment;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.ListKind;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/// Two writers in front of real widgets do whatever can be done, at the same time: in the end both
/// widgets, both documents and the relay hold the same. Now and then one of them wants to see who wrote what.
class AgreementTest {
    private static final int CASES = Math.min(30, Laws.cases());
    private static final int ROUNDS = 40;
    private static final String[] TYPED = {
        "a", "b ", " ", "# ", "- ", "1. ", "[] ", "> ", "**x**", "`y`", "```", "\t", "\ud83d\ude00", "e\u0301", "word "
    };

    private static final AuthorMarks RED = new AuthorMarks() {
        @Override
        public Color colour(String author) {
            return Color.RED;
        }

        @Override
        public boolean asLines() {
            return false;
        }
    };

    @Test
    void widgets_documents_and_the_relay_agree_whatever_two_people_do() {
        long first = firstSeed();
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            Fx.run(() -> named(seed, random -> write(random, new Commanding())));
        }
    }

    private static long firstSeed() {
        long first = Laws.caseSeed();
        System.out.printf("seeds %d to %d (-Dcoscribe.seed=%d)%n", first, first + CASES - 1, first);
        return first;
    }

    /// As people do it: with keys, a mouse and an input method, and not seeing everything at once.
    @Test
    void they_agree_whatever_two_people_do_with_their_hands() {
        long first = firstSeed();
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            Fx.run(() -> named(seed, random -> write(random, new WithHands(random))));
        }
    }

    /// What goes wrong in a handler or a listener of the toolkit goes wrong here.
    private static void named(long seed, Consumer<SplittableRandom> run) {
        var drawing = Thread.currentThread();
        var before = drawing.getUncaughtExceptionHandler();
        var thrown = new ArrayList<Throwable>();
        drawing.setUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
        try {
            run.accept(new SplittableRandom(seed));
            thrown.forEach(failure -> {
                throw new IllegalStateException(failure);
            });
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("broken by seed " + seed + " (-Dcoscribe.seed=" + seed + ")", broken);
        } finally {
            drawing.setUncaughtExceptionHandler(before);
        }
    }

    /// What somebody does at a table.
    private interface Doing {
        void sitsDown(Table table);

        Consumer<Table> next(SplittableRandom random);

        void leaves(Table table);
    }

    /// Asks the model for its commands.
    private static final class Commanding implements Doing {
        @Override
        public void sitsDown(Table table) {}

        @Override
        public Consumer<Table> next(SplittableRandom random) {
            var command = command(random);
            return table -> command.accept(table.seat.model);
        }

        @Override
        public void leaves(Table table) {}
    }

    /// Half of the time little is drawn in a frame, as of a long text.
    private static final class WithHands implements Doing {
        private final Map<Table, Hand> hands = new HashMap<>();
        private final SplittableRandom random;

        WithHands(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public void sitsDown(Table table) {
            Clipboard.getSystemClipboard().clear();
            hands.put(table, new Hand(table.surface, random));
            if (random.nextBoolean()) {
                table.surface.drawAtOnce(random.nextInt(1, 200));
            }
        }

        @Override
        public Consumer<Table> next(SplittableRandom ours) {
            return table -> handAt(table).acts();
        }

        @Override
        public void leaves(Table table) {
            handAt(table).rests();
        }

        private Hand handAt(Table table) {
            return Optional.ofNullable(hands.get(table)).orElseThrow();
        }
    }

    private static void write(SplittableRandom random, Doing doing) {
        var time = new VirtualTime();
        var relay = new TinyRelay(time);
        var tables = List.of(new Table(time, relay, "a1"), new Table(time, relay, "b2"));
        try {
            write(random, doing, time, relay, tables);
        } finally {
            tables.forEach(Table::close);
        }
    }

    private static void write(
            SplittableRandom random, Doing doing, VirtualTime time, TinyRelay relay, List<Table> tables) {
        tables.forEach(doing::sitsDown);
        for (int round = 0; round < ROUNDS; round++) {
            var done = new ArrayList<CompletableFuture<?>>();
            for (Table table : tables) {
                if (random.nextInt(4) > 0) {
                    var next = doing.next(random);
                    // Not yet told to the other when the other does something as well.
                    done.add(table.seat.desk.document.run(_ -> next.accept(table)));
                }
            }
            time.settle();
            done.forEach(CompletableFuture::join);
            for (Table table : tables) {
                if (doing instanceof Commanding || !table.surface.isBehind()) {
                    assertThat(table.surface.drawnCaret())
                            .as("round %d", round)
                            .isEqualTo(table.seat.model.selection());
                }
            }
            if (random.nextInt(8) == 0) {
                relay.cut();
            }
            for (Table table : tables) {
                if (random.nextInt(12) == 0) {
                    table.surface.showAuthors(random.nextBoolean() ? Optional.of(RED) : Optional.empty());
                }
            }
            time.pass(Duration.ofMillis(random.nextInt(1_500)));
        }
        for (Table table : tables) {
            table.seat.desk.does(_ -> doing.leaves(table));
        }
        time.pass(Duration.ofMinutes(2));
        for (Table table : tables) {
            var document = table.seat.model.document();
            assertThat(table.surface.readBack(document).text()).isEqualTo(document.text());
            assertThat(document.contentHash()).isEqualTo(relay.text.contentHash());
            assertThat(table.surface.drawnCaret()).isEqualTo(table.seat.model.selection());
        }
    }

    private static Consumer<EditorModel> command(SplittableRandom random) {
        String typed = TYPED[random.nextInt(TYPED.length)];
        int one = random.nextInt(10_000);
        int other = random.nextInt(10_000);
        var styles = InlineStyle.values();
        var lists = ListKind.values();
        var alignments = Alignment.values();
        return switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5 -> it -> typed.codePoints().forEach(key -> it.type(Character.toString(key)));
            case 6, 7 -> EditorModel::enter;
            case 8, 9, 10 ->
                it -> it.selectAndReveal(Caret.at(one % it.document().length()));
            case 11, 12 ->
                it -> it.selectAndReveal(new Caret(
                        one % it.document().length(), other % it.document().length()));
            case 13 -> EditorModel::backspace;
            case 14 -> EditorModel::delete;
            case 15 -> EditorModel::backspaceWord;
            case 16 -> it -> it.toggle(styles[one % styles.length]);
            case 17 -> it -> it.heading(one % 5);
            case 18 -> it -> it.list(lists[one % lists.length]);
            case 19 -> it -> it.tab(one % 2 == 0);
            case 20 -> one % 2 == 0 ? EditorModel::quote : EditorModel::codeBlock;
            case 21 -> it -> it.align(alignments[one % alignments.length]);
            case 22 -> one % 2 == 0 ? EditorModel::divider : EditorModel::clearFormatting;
            case 23 -> it -> it.moveParagraph(one % 2 == 0);
            case 24 -> it -> it.link(one % 3 == 0 ? Optional.empty() : Optional.of("https://example.org/" + one));
            case 25 ->
                it -> {
                    var copied = it.copy();
                    it.selectAndReveal(Caret.at(one % it.document().length()));
                    it.paste(copied.isEmpty() ? Fragment.ofPlain("x\ny") : copied);
                };
            case 26 -> it -> it.pastePlain("one\r\ntwo" + one);
            default -> one % 3 == 0 ? EditorModel::redo : EditorModel::undo;
        };
    }
}
