package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.presence.Caret;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    private static final String TARGET = "https://almanac.example.org/spring?page=2#beds";

    @Test
    void a_click_on_a_link_tells_the_whole_target_and_opens_nothing() {
        with(desk -> {
            click(desk, 6);
            assertThat(shown(desk)).isEqualTo(TARGET);
            assertThat(desk.asked).isEmpty();
        });
    }

    @Test
    void the_target_is_opened_when_asked_for() {
        with(desk -> {
            click(desk, 6);
            button(desk, 0).fire();
            assertThat(desk.asked).containsExactly("open " + TARGET);
            assertThat(isOpen(desk)).isFalse();
        });
    }

    @Test
    void a_click_elsewhere_shows_nothing() {
        with(desk -> {
            click(desk, 1);
            assertThat(isOpen(desk)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/",
                "https://example.org/a%20b",
                "mailto:jon@example.org?subject=Beds",
            })
    void pages_and_mail_addresses_are_opened(String target) {
        to(target, desk -> {
            assertThat(button(desk, 0).isDisabled()).isFalse();
            button(desk, 0).fire();
            assertThat(desk.asked).containsExactly("open " + target);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "file:///etc/passwd",
                "data:text/html,<b>x</b>",
                "vbscript:x",
                "ftp://example.org/a",
                "ssh://example.org",
                "smb://host/share",
                "coscribe://join/x/y",
                "//example.org/a",
                "C:\\Windows\\system32\\calc.exe",
                " https://example.org",
                "https:example.org",
                "mailto",
                "",
            })
    void what_is_no_page_and_no_mail_address_cannot_be_opened(String target) {
        to(target, desk -> {
            assertThat(button(desk, 0).isDisabled()).isTrue();
            button(desk, 0).fire();
            assertThat(desk.asked).isEmpty();
        });
    }

    /// With the card of a link open; what a relay of old may have let through is a link, too.
    private static void to(String target, Consumer<Desk> test) {
        with(desk -> {
            var set = Attributes.of("link", Value.of(target));
            desk.load(
                    new Written()
                            .run("see ")
                            .run("this", set)
                            .end(Attributes.NONE)
                            .document(),
                    Caret.at(0));
            desk.layOut();
            click(desk, 6);
            assertThat(shown(desk)).isEqualTo(target);
            test.accept(desk);
        });
    }

    @Test
    void letters_that_could_mislead_are_told_as_they_go_over_the_wire() {
        assertThat(LinkCard.ascii("https://b\u0430nk.example/")).isEqualTo("https://b%D0%B0nk.example/");
        assertThat(LinkCard.ascii(TARGET)).isEqualTo(TARGET);
    }

    @Test
    void the_card_stays_at_its_link_while_others_write_and_goes_with_it() {
        var desk = Fx.call(LinksTest::opened);
        Fx.frames(2);
        Fx.run(() -> {
            click(desk, 6);
            desk.foreign(Delta.builder().insert("By the way, ").build(desk.document.length()));
        });
        Fx.frames(3);
        Fx.run(() -> {
            assertThat(shown(desk)).isEqualTo(TARGET);
            desk.foreign(Delta.builder().retain(16).delete(4).build(desk.document.length()));
        });
        Fx.frames(3);
        Fx.run(() -> {
            assertThat(isOpen(desk)).isFalse();
            desk.close();
        });
    }

    @Test
    void escape_closes_the_card() {
        with(desk -> {
            click(desk, 6);
            press(desk, KeyCode.ESCAPE, false);
            assertThat(isOpen(desk)).isFalse();
        });
    }

    @Test
    void the_keyboard_reaches_the_link_at_the_caret() {
        with(desk -> {
            desk.surface.area().moveTo(6);
            press(desk, KeyCode.ENTER, true);
            assertThat(shown(desk)).isEqualTo(TARGET);
        });
    }

    @Test
    void changing_a_link_is_left_to_the_window() {
        with(desk -> {
            click(desk, 6);
            button(desk, 1).fire();
            assertThat(desk.asked).containsExactly("edit the link");
            assertThat(isOpen(desk)).isFalse();
        });
    }

    @Test
    void a_reader_may_open_a_link_and_not_change_it() {
        with(desk -> {
            desk.editable.set(false);
            click(desk, 6);
            assertThat(button(desk, 0).isVisible()).isTrue();
            assertThat(button(desk, 1).isVisible()).isFalse();
        });
    }

    private static void with(Consumer<Desk> test) {
        Desk.with(LinksTest::opened, test);
    }

    private static Desk opened() {
        var document = new Written()
                .run("see ")
                .run("this", Written.link(TARGET))
                .run(" then")
                .end(Attributes.NONE)
                .document();
        return new Desk(document, Caret.at(0));
    }

    private static boolean isOpen(Desk desk) {
        return desk.surface.node().lookup(".link-card") != null;
    }

    private static String shown(Desk desk) {
        return ((Label) desk.surface.node().lookup(".link-target")).getText();
    }

    private static Button button(Desk desk, int index) {
        return (Button) desk.surface.node().lookupAll(".link-card .button").toArray()[index];
    }

    private static void press(Desk desk, KeyCode code, boolean alt) {
        Event.fireEvent(
                desk.surface.area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, false, false, alt, false));
    }

    /// Presses and releases the mouse in the middle of a character.
    private static void click(Desk desk, int character) {
        var box = desk.surface.shapeOf(character, character + 1).getFirst();
        double x = (box.getMinX() + box.getMaxX()) / 2;
        double y = (box.getMinY() + box.getMaxY()) / 2;
        for (EventType<MouseEvent> type :
                java.util.List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED)) {
            var area = desk.surface.area();
            Event.fireEvent(area, Mouse.primaryOn(area, type, x, y));
        }
    }
}
