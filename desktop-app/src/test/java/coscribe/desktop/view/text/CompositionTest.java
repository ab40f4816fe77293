package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.Test;

class CompositionTest {
    @Test
    void what_is_composed_is_drawn_at_the_caret_and_is_in_nobodys_text() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b\u307b", "");
            assertThat(desk.asked).isEmpty();
            assertThat(desk.surface.readBack().plain()).isEqualTo("one two\n");
            assertThat(drawn(desk)).isEqualTo("\u306b\u307b");
            assertThat(shown(desk).getLayoutX())
                    .isEqualTo(desk.surface.caretAt(3).orElseThrow().getMinX());
        });
    }

    @Test
    void what_is_committed_is_typed_at_once() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b", "");
            composes(desk, "\u306b\u307b", "");
            composes(desk, "", "\u65e5\u672c");
            assertThat(desk.asked).containsExactly("type \u65e5\u672c");
            assertThat(desk.surface.readBack().plain()).isEqualTo("one\u65e5\u672c two\n");
            assertThat(drawn(desk)).isEmpty();
        });
    }

    @Test
    void an_insert_by_somebody_else_in_front_of_it_moves_it_along() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b\u307b", "");
            desk.foreign(Delta.builder().insert("RR").build(8));
            composes(desk, "\u306b\u307b\u3093", "");
            composes(desk, "", "\u65e5\u672c");
            assertThat(desk.surface.readBack().plain()).isEqualTo("RRone\u65e5\u672c two\n");
        });
    }

    @Test
    void an_insert_by_somebody_else_at_its_place_does_not_get_into_it() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b\u307b", "");
            desk.foreign(Delta.builder().retain(3).insert("RR").build(8));
            composes(desk, "", "\u65e5\u672c");
            assertThat(desk.surface.readBack().plain()).isEqualTo("one\u65e5\u672cRR two\n");
        });
    }

    @Test
    void a_deletion_around_it_leaves_it_where_the_words_were() {
        with("one two three", 6, desk -> {
            composes(desk, "\u306b\u307b", "");
            desk.foreign(Delta.builder().retain(4).delete(4).build(14));
            assertThat(drawn(desk)).isEqualTo("\u306b\u307b");
            composes(desk, "", "\u65e5\u672c");
            assertThat(desk.surface.readBack().plain()).isEqualTo("one \u65e5\u672cthree\n");
        });
    }

    @Test
    void what_is_committed_replaces_what_is_selected() {
        with("one two", 0, desk -> {
            desk.caret = new Caret(0, 3);
            desk.surface.select(desk.caret, false);
            composes(desk, "\u306b", "");
            assertThat(desk.surface.readBack().plain()).isEqualTo("one two\n");
            composes(desk, "", "\u65e5");
            assertThat(desk.surface.readBack().plain()).isEqualTo("\u65e5 two\n");
        });
    }

    @Test
    void a_reader_composes_nothing() {
        with("one", 1, desk -> {
            desk.editable.set(false);
            composes(desk, "\u306b", "");
            composes(desk, "", "\u65e5");
            assertThat(desk.asked).isEmpty();
            assertThat(drawn(desk)).isEmpty();
        });
    }

    @Test
    void the_words_behind_the_caret_are_seen_behind_what_is_composed() {
        with("one two\nnext", 3, desk -> {
            composes(desk, "\u306b\u307b", "");
            assertThat(line(desk)).isEqualTo("\u306b\u307b two");
            desk.foreign(Delta.builder().retain(7).insert(" three").build(13));
            var _ = desk.surface.readBack();
            layOut(desk);
            assertThat(line(desk)).as("as it stands there now").isEqualTo("\u306b\u307b two three");
            composes(desk, "", "");
            assertThat(line(desk)).isEmpty();
        });
    }

    @Test
    void who_may_no_longer_write_sees_nothing_composed_and_is_told_what_was_not_typed() {
        with("one two", 3, desk -> {
            var lost = new ArrayList<String>();
            desk.surface.onUntyped(lost::add);
            composes(desk, "\u306b", "");
            desk.editable.set(false);
            assertThat(drawn(desk)).isEmpty();
            composes(desk, "\u306b\u307b", "");
            assertThat(drawn(desk)).isEmpty();
            composes(desk, "", "\u65e5\u672c");
            assertThat(lost).containsExactly("\u65e5\u672c");
            composes(desk, "\u306b", "");
            composes(desk, "", "\u65e5");
            assertThat(lost).as("begun by a reader").hasSize(1);
            assertThat(desk.asked).isEmpty();
        });
    }

    @Test
    void who_may_write_again_goes_on_composing() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b", "");
            desk.editable.set(false);
            desk.editable.set(true);
            composes(desk, "\u306b\u307b", "");
            assertThat(drawn(desk)).isEqualTo("\u306b\u307b");
            composes(desk, "", "\u65e5\u672c");
            assertThat(desk.asked).containsExactly("type \u65e5\u672c");
        });
    }

    @Test
    void a_caret_that_is_put_elsewhere_takes_what_is_composed_along() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b", "");
            desk.surface.area().moveTo(7);
            layOut(desk);
            assertThat(drawn(desk)).isEqualTo("\u306b");
            assertThat(shown(desk).getLayoutX())
                    .isEqualTo(desk.surface.caretAt(7).orElseThrow().getMinX());
            composes(desk, "", "\u65e5");
            assertThat(desk.surface.readBack().plain()).isEqualTo("one two\u65e5\n");
        });
    }

    @Test
    void a_text_that_is_loaded_anew_leaves_what_is_composed() {
        with("one two", 3, desk -> {
            composes(desk, "\u306b", "");
            desk.foreign(Delta.builder().insert("quite another text").delete(7).build(8));
            var _ = desk.surface.readBack();
            assertThat(drawn(desk)).isEqualTo("\u306b");
            composes(desk, "", "\u65e5");
            assertThat(desk.surface.readBack().plain()).contains("\u65e5").contains("quite another text");
        });
    }

    @Test
    void who_composes_sees_the_place() {
        with("line\n".repeat(300), 0, desk -> {
            desk.surface.scrollTo(1_000, 0);
            layOut(desk);
            assertThat(desk.surface.caretAt(0)).isEmpty();
            composes(desk, "\u306b", "");
            layOut(desk);
            assertThat(desk.surface.caretAt(0)).isPresent();
        });
    }

    private static void layOut(Desk desk) {
        desk.stage.getScene().getRoot().applyCss();
        desk.stage.getScene().getRoot().layout();
        desk.surface.afterLayout();
    }

    private static void with(String text, int caret, Consumer<Desk> test) {
        Desk.with(text, desk -> {
            desk.caret = Caret.at(caret);
            desk.surface.select(desk.caret, false);
            desk.layOut();
            test.accept(desk);
        });
    }

    private static void composes(Desk desk, String composed, String committed) {
        var runs = composed.isEmpty()
                ? List.<InputMethodTextRun>of()
                : List.of(new InputMethodTextRun(composed, InputMethodHighlight.UNSELECTED_RAW));
        Event.fireEvent(
                desk.surface.area(),
                new InputMethodEvent(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, runs, committed, composed.length()));
    }

    private static Node shown(Desk desk) {
        return desk.surface.node().lookup(".composition");
    }

    private static String drawn(Desk desk) {
        return line(desk, run -> run.getStyleClass().contains("composed"));
    }

    /// With the words that stand behind it.
    private static String line(Desk desk) {
        return line(desk, run -> true);
    }

    private static String line(Desk desk, Predicate<Node> wanted) {
        var text = new StringBuilder();
        if (shown(desk) instanceof TextFlow flow) {
            flow.getChildren().stream().filter(wanted).forEach(run -> text.append(((Text) run).getText()));
        }
        return text.toString();
    }
}
