package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.delta.Attributes;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextMenuTest {
    private static final String TARGET = "https://almanac.example.org/";
    private static final List<String> USUAL =
            List.of("Cu_t", "_Copy", "_Paste", "Paste _Without Formatting", "Select _All");

    private static void with(Consumer<Desk> test) {
        Desk.with(
                () -> new Desk(
                        new Written()
                                .run("see ")
                                .run("this", Written.link(TARGET))
                                .run(" then and there")
                                .end(Attributes.NONE)
                                .document(),
                        Caret.at(0),
                        600,
                        Strings.of(Locale.UK)),
                test);
    }

    /// The right button on a character.
    private static void asksAt(Desk desk, int character) {
        var area = desk.surface.area();
        var box = desk.surface.shapeOf(character, character + 1).getFirst();
        double x = box.getMinX() + 1;
        double y = (box.getMinY() + box.getMaxY()) / 2;
        Event.fireEvent(
                area,
                new ContextMenuEvent(
                        ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                        x,
                        y,
                        x + 20,
                        y + 20,
                        false,
                        new PickResult(area, x, y)));
    }

    private static void press(Desk desk, KeyCode code, boolean shift) {
        Event.fireEvent(
                desk.surface.area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, shift, false, false, false));
    }

    private static boolean isOpen(Desk desk) {
        return desk.surface.menu().menu().isShowing();
    }

    private static List<MenuItem> items(Desk desk) {
        assertThat(isOpen(desk)).isTrue();
        return desk.surface.menu().menu().getItems().stream()
                .filter(item -> item.getText() != null)
                .toList();
    }

    private static List<String> words(Desk desk) {
        return items(desk).stream().map(MenuItem::getText).toList();
    }

    private static List<String> possible(Desk desk) {
        return items(desk).stream()
                .filter(item -> !item.isDisable())
                .map(MenuItem::getText)
                .toList();
    }

    private static void choose(Desk desk, String words) {
        items(desk).stream()
                .filter(item -> item.getText().equals(words))
                .findFirst()
                .orElseThrow()
                .fire();
    }

    @Test
    void the_right_button_puts_the_caret_there_and_offers_what_the_edit_menu_has() {
        with(desk -> {
            asksAt(desk, 12);
            assertThat(desk.caret).isEqualTo(Caret.at(12));
            assertThat(words(desk)).containsExactlyElementsOf(USUAL);
            for (String item : List.of("_Paste", "Paste _Without Formatting", "Select _All")) {
                choose(desk, item);
            }
            assertThat(desk.asked).containsExactly("paste", "paste plain", "select all");
        });
    }

    @Test
    void a_selection_that_is_pressed_on_stays_and_can_be_taken() {
        with(desk -> {
            desk.surface.area().selectRange(9, 13);
            asksAt(desk, 11);
            assertThat(desk.caret).isEqualTo(new Caret(9, 13));
            assertThat(possible(desk)).containsExactlyElementsOf(USUAL);
            choose(desk, "Cu_t");
            choose(desk, "_Copy");
            assertThat(desk.asked).containsExactly("cut", "copy");
            asksAt(desk, 15);
            assertThat(desk.caret).as("elsewhere there is none").isEqualTo(Caret.at(15));
            assertThat(possible(desk)).containsExactly("_Paste", "Paste _Without Formatting", "Select _All");
        });
    }

    @Test
    void a_reader_sees_what_they_cannot_do() {
        with(desk -> {
            desk.editable.set(false);
            desk.surface.area().selectRange(9, 13);
            asksAt(desk, 11);
            assertThat(words(desk)).containsExactlyElementsOf(USUAL);
            assertThat(possible(desk)).containsExactly("_Copy", "Select _All");
        });
    }

    @Test
    void on_a_link_it_offers_to_show_and_to_edit_it() {
        with(desk -> {
            asksAt(desk, 5);
            assertThat(words(desk)).startsWith("S_how Link", "_Edit Link...").hasSize(7);
            choose(desk, "_Edit Link...");
            assertThat(desk.asked).containsExactly("edit the link");
            choose(desk, "S_how Link");
            assertThat(desk.surface.node().lookup(".link-card")).isNotNull();
            asksAt(desk, 12);
            assertThat(words(desk)).containsExactlyElementsOf(USUAL);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONTEXT_MENU", "F10"})
    void the_keyboard_opens_it_at_the_caret(KeyCode code) {
        with(desk -> {
            desk.surface.area().moveTo(6);
            press(desk, code, code == KeyCode.F10);
            assertThat(words(desk)).first().isEqualTo("S_how Link");
            assertThat(desk.caret).isEqualTo(Caret.at(6));
            var caret = desk.surface.area().getCaretBounds().orElseThrow();
            assertThat(desk.surface.menu().menu().getY()).isBetween(caret.getMinY(), caret.getMaxY() + 20);
        });
    }

    @Test
    void it_goes_with_its_window() {
        Fx.run(() -> {
            var desk = Desk.of("text");
            desk.layOut();
            press(desk, KeyCode.CONTEXT_MENU, false);
            assertThat(isOpen(desk)).isTrue();
            desk.close();
            assertThat(isOpen(desk)).isFalse();
        });
    }
}
