package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.glass.ui.Accessible;
import coscribe.ot.delta.Delta;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

/// What a platform's screen reader is told without having asked. JavaFX gives a node its bridge to
/// one only where the platform has some; here the bridge is ours, put where JavaFX puts its own.
class ToldToReadersTest {
    private static final List<AccessibleAttribute> CARET = List.of(
            AccessibleAttribute.SELECTION_START, AccessibleAttribute.SELECTION_END, AccessibleAttribute.CARET_OFFSET);

    private final List<AccessibleAttribute> told = new ArrayList<>();
    private final List<Object> answered = new ArrayList<>(); // to who asks back at once

    @Test
    void a_typed_character_is_told_with_the_caret_behind_it() {
        with("one two", desk -> {
            press(desk, "x");
            assertThat(told).contains(AccessibleAttribute.TEXT).containsAll(CARET);
            assertThat(answered).contains("xone two", 1).doesNotContain("one two");
        });
    }

    @Test
    void somebody_else_s_words_are_told_when_they_are_drawn() {
        with("one two", desk -> {
            desk.foreign(Delta.builder().insert("new ").build(8));
            told.clear();
            answered.clear();
            desk.surface.frame();
            assertThat(told).contains(AccessibleAttribute.TEXT).containsAll(CARET);
            assertThat(answered).contains("new one two");
        });
    }

    @Test
    void a_caret_that_is_moved_by_the_keyboard_is_told() {
        with("one two", desk -> {
            Event.fireEvent(
                    desk.surface.area(),
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            KeyEvent.CHAR_UNDEFINED,
                            "",
                            KeyCode.RIGHT,
                            true,
                            false,
                            false,
                            false));
            assertThat(desk.caret).isEqualTo(new Caret(0, 1));
            assertThat(told).containsAll(CARET);
            assertThat(answered).contains(1);
        });
    }

    @Test
    void a_caret_that_stays_is_not_told_again() {
        with("one two", desk -> {
            desk.surface.area().selectRange(0, 0);
            assertThat(told).isEmpty();
        });
    }

    private static void press(Desk desk, String character) {
        Event.fireEvent(
                desk.surface.area(),
                new KeyEvent(KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false));
    }

    private void with(String text, Consumer<Desk> test) {
        Desk.with(text, desk -> {
            listenTo(desk.surface.area());
            test.accept(desk);
        });
    }

    private void listenTo(PageArea area) {
        try {
            var bridge = Node.class.getDeclaredField("accessible");
            bridge.setAccessible(true);
            bridge.set(area, new Reader(area));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("JavaFX keeps its bridge to screen readers elsewhere now", e);
        }
    }

    /// Asks back for what it is told of, as some do.
    private final class Reader extends Accessible {
        private final PageArea area;

        Reader(PageArea area) {
            this.area = area;
        }

        @Override
        public void sendNotification(AccessibleAttribute what) {
            told.add(what);
            answered.add(area.queryAccessibleAttribute(what));
        }

        @Override
        protected long getNativeAccessible() {
            return 0;
        }
    }
}
