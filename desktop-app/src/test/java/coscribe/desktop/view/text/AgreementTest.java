package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Fragment;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.desktop.viewmodel.Seat;
import coscribe.ot.document.Document;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.ListKind;
import coscribe.ot.kit.Laws;
import coscribe.ot.presence.Caret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// Two writers in front of real widgets do whatever can be done, at the same time: in the end both
/// widgets, both documents and the relay hold the same.
class AgreementTest {
    private static final int CASES = Math.min(60, Laws.cases());
    private static final int ROUNDS = 40;
    private static final String[] TYPED = {
        "a", "b ", " ", "# ", "- ", "1. ", "[] ", "> ", "**x**", "`y`", "```", "\t", "\ud83d\ude00", "e\u0301", "word "
    };

    @Test
    void widgets_documents_and_the_relay_agree_whatever_two_people_do() {
        long first = Laws.caseSeed();
        for (int i = 0; i < CASES; i++) {
            long seed = first + i;
            Fx.run(() -> {
                try {
                    write(new SplittableRandom(seed));
                } catch (AssertionError | RuntimeException broken) {
                    throw new AssertionError("broken by seed " + seed + " (-Dcoscribe.seed=" + seed + ")", broken);
                }
            });
        }
    }

    private static void write(SplittableRandom random) {
        var time = new VirtualTime();
        var relay = new TinyRelay(time);
        var tables = List.of(new Table(time, relay, "a1"), new Table(time, relay, "b2"));
        for (int round = 0; round < ROUNDS; round++) {
            for (Table table : tables) {
                if (random.nextInt(4) > 0) {
                    var command = command(random);
                    // Not yet told to the other when the other does something as well.
                    var _ = table.seat.desk.document.run(_ -> command.accept(table.seat.model));
                }
            }
            time.settle();
            for (Table table : tables) {
                assertThat(table.surface.drawnCaret()).as("round %d", round).isEqualTo(table.seat.model.selection());
            }
            if (random.nextInt(8) == 0) {
                relay.cut();
            }
            time.pass(Duration.ofMillis(random.nextInt(1_500)));
        }
        time.pass(Duration.ofMinutes(2));
        for (Table table : tables) {
            var drawn = new Document(
                    table.surface.readBack(), table.seat.model.document().threads());
            assertThat(drawn.text()).isEqualTo(table.seat.model.document().text());
            assertThat(table.seat.model.document().contentHash()).isEqualTo(relay.text.contentHash());
            assertThat(table.surface.drawnCaret()).isEqualTo(table.seat.model.selection());
            table.close();
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

    /// A writer, a model, a widget.
    private static final class Table {
        private final Seat seat;
        private final RichTextSurface surface;
        private final Stage stage = new Stage();

        Table(VirtualTime time, TinyRelay relay, String person) {
            seat = new Seat(time, relay, person);
            surface = new RichTextSurface(new ModelCommands(seat.model, Clipboard.getSystemClipboard()));
            stage.setScene(new Scene((Parent) surface.node(), 400, 300));
            seat.model.attach(surface);
        }

        void close() {
            seat.model.close();
            surface.close();
            stage.close();
        }
    }
}
