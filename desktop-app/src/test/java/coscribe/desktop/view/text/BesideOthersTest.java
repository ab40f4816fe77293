package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.client.VirtualTime;
import coscribe.client.runner.TinyRelay;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The editor's own model before a real widget while somebody else writes: where a composition comes
/// to lie, in the text and at the relay, and what stays where it is of selection and view.
class BesideOthersTest {
    private static final int LINE = 11; // units of a line of `lines`

    private static void with(String text, Consumer<Table> test) {
        Fx.run(() -> {
            var time = new VirtualTime();
            try (var table = new Table(time, new TinyRelay(time), "a1", 800, 600)) {
                table.seat.does(it -> it.pastePlain(text));
                table.seat.pauses();
                table.layOut();
                test.accept(table);
            }
        });
    }

    private static String lines(int count) {
        return "line of it\n".repeat(count);
    }

    private static void composes(Table table, String composed, String committed) {
        var runs = composed.isEmpty()
                ? List.<InputMethodTextRun>of()
                : List.of(new InputMethodTextRun(composed, InputMethodHighlight.UNSELECTED_RAW));
        table.seat.does(it -> Event.fireEvent(
                table.surface.area(),
                new InputMethodEvent(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, runs, committed, composed.length())));
        table.seat.time.settle();
    }

    @Nested
    class A_composition {
        private void lands(Table table, String seen) {
            composes(table, "", "\u65e5\u672c");
            table.seat.pauses();
            assertThat(table.seat.seen()).isEqualTo(seen);
            assertThat(table.surface.readBack(table.seat.model.document()).text())
                    .isEqualTo(table.seat.text());
            assertThat(table.seat.relay.plain()).isEqualTo(seen.replace("|", ""));
            int at = seen.indexOf('\u65e5');
            var mine = Optional.of(Value.of(table.seat.desk.person.hex()));
            assertThat(table.seat.relay.text.text().attributesAt(at).get(Schema.AUTHOR))
                    .isEqualTo(mine);
            assertThat(table.surface.drawnCaret()).isEqualTo(table.seat.model.selection());
        }

        private void composed(Table table, int at) {
            table.seat.selects(at, at);
            table.surface.select(Caret.at(at), true);
            composes(table, "\u306b", "");
            composes(table, "\u306b\u307b", "");
            assertThat(table.seat.relay.plain()).as("nobody else's yet").isEqualTo("one two three");
        }

        @Test
        void lands_behind_its_word_where_somebody_wrote_in_front_of_it() {
            with("one two three", table -> {
                composed(table, 3);
                table.seat.jonInserts(0, "Jon: ");
                lands(table, "Jon: one\u65e5\u672c| two three");
            });
        }

        @Test
        void is_not_parted_by_who_writes_at_its_place() {
            with("one two three", table -> {
                composed(table, 3);
                table.seat.jonInserts(3, "JON");
                table.layOut();
                composes(table, "\u306b\u307b\u3093", "");
                lands(table, "one\u65e5\u672c|JON two three");
            });
        }

        @Test
        void stays_where_the_words_around_it_were() {
            with("one two three", table -> {
                composed(table, 6);
                table.seat.jonDeletes(4, 8);
                table.layOut();
                lands(table, "one \u65e5\u672c|three");
            });
        }

        @Test
        void is_one_step_to_undo_and_takes_nothing_of_the_others_along() {
            with("one two three", table -> {
                composed(table, 3);
                table.seat.jonInserts(3, "JON");
                lands(table, "one\u65e5\u672c|JON two three");
                table.seat.does(it -> it.undo());
                table.seat.pauses();
                assertThat(table.seat.relay.plain()).isEqualTo("oneJON two three");
                assertThat(table.surface.readBack(table.seat.model.document()).text())
                        .isEqualTo(table.seat.text());
            });
        }
    }

    @Nested
    class View_and_selection {
        private double height(Table table, int position) {
            return table.surface.caretAt(position).orElseThrow().getMinY();
        }

        /// Line 100 at two fifths of the height, its first word selected.
        private double begin(Table table) {
            table.seat.does(it -> it.selectAndReveal(new Caret(100 * LINE, 100 * LINE + 4)));
            table.layOut();
            table.surface.scrollTo(100 * LINE, 0.4);
            table.layOut();
            return height(table, 100 * LINE + 4);
        }

        private void isSelected(Table table, int from, int to, String words) {
            assertThat(table.seat.model.selection()).isEqualTo(new Caret(from, to));
            assertThat(table.surface.drawnCaret()).isEqualTo(new Caret(from, to));
            assertThat(table.surface.area().getSelectedText()).isEqualTo(words);
        }

        @Test
        void stay_when_200_lines_are_put_above_them() {
            with(lines(300), table -> {
                double before = begin(table);
                table.seat.jonInserts(50 * LINE, lines(200));
                table.layOut();
                isSelected(table, 300 * LINE, 300 * LINE + 4, "line");
                assertThat(height(table, 300 * LINE + 4)).isCloseTo(before, within(0.6));
            });
        }

        @Test
        void stay_when_lines_above_them_in_view_come_and_go_and_grow() {
            with(lines(300), table -> {
                double before = begin(table);
                int at = 100 * LINE;
                for (int i = 0; i < 12; i++) {
                    int above = at - (1 + i % 5) * LINE;
                    if (i % 3 == 2) {
                        table.seat.jonDeletes(above, above + LINE);
                        at -= LINE;
                    } else {
                        table.seat.jonInserts(above, lines(1));
                        at += LINE;
                    }
                    table.layOut();
                    isSelected(table, at, at + 4, "line");
                    assertThat(height(table, at + 4)).as("step %d", i).isCloseTo(before, within(0.6));
                }
            });
        }

        @Test
        void what_somebody_writes_inside_the_selection_is_selected_and_what_they_delete_is_not() {
            with(lines(300), table -> {
                double before = begin(table);
                table.seat.jonInserts(100 * LINE + 2, "xx");
                table.layOut();
                isSelected(table, 100 * LINE, 100 * LINE + 6, "lixxne");
                table.seat.jonDeletes(99 * LINE, 100 * LINE + 3);
                table.layOut();
                isSelected(table, 99 * LINE, 99 * LINE + 3, "xne");
                assertThat(table.surface.readBack(table.seat.model.document()).text())
                        .isEqualTo(table.seat.relay.text.text());
                assertThat(height(table, 99 * LINE + 3)).isCloseTo(before, within(0.6));
            });
        }

        @Test
        void typing_replaces_what_is_selected_now_and_nothing_else() {
            with(lines(300), table -> {
                double before = begin(table);
                table.seat.jonInserts(0, lines(3));
                table.seat.types("W");
                table.seat.pauses();
                table.layOut();
                String plain = table.seat.relay.plain();
                assertThat(plain).hasSize(303 * LINE - 3);
                assertThat(plain.indexOf('W')).isEqualTo(103 * LINE);
                assertThat(plain.substring(103 * LINE, 104 * LINE - 3)).isEqualTo("W of it\n");
                assertThat(height(table, 103 * LINE + 1)).isCloseTo(before, within(0.6));
            });
        }
    }
}
