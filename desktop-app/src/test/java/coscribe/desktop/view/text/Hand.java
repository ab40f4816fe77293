package coscribe.desktop.view.text;

import java.util.List;
import java.util.SplittableRandom;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Parent;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// A hand at the keyboard and the mouse in front of a widget, and an input method under it: what it
/// does is chance, and comes to the widget as the toolkit would tell it. On the thread that draws.
final class Hand {
    private static final String[] TYPED = {
        "a", "b ", " ", "# ", "- ", "1. ", "[] ", "> ", "**x**", "`y`", "\ud83d\ude00", "e\u0301", "word "
    };
    private static final KeyCode[] MOVING = {
        KeyCode.LEFT,
        KeyCode.RIGHT,
        KeyCode.UP,
        KeyCode.DOWN,
        KeyCode.HOME,
        KeyCode.END,
        KeyCode.PAGE_UP,
        KeyCode.PAGE_DOWN
    };
    private static final KeyCode[] WITH_CONTROL = {
        KeyCode.Z, KeyCode.Z, KeyCode.Y, KeyCode.A, KeyCode.C, KeyCode.X, KeyCode.V, KeyCode.BACK_SPACE, KeyCode.DELETE
    };

    private final RichTextSurface surface;
    private final SplittableRandom random;
    private boolean composes;

    Hand(RichTextSurface surface, SplittableRandom random) {
        this.surface = surface;
        this.random = random;
    }

    /// Does one thing, and sometimes sees it drawn at once.
    void acts() {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> types(TYPED[random.nextInt(TYPED.length)]);
            case 4 -> presses(KeyCode.ENTER, random.nextInt(4) == 0, false);
            case 5 -> presses(random.nextBoolean() ? KeyCode.BACK_SPACE : KeyCode.DELETE, false, false);
            case 6 -> presses(KeyCode.TAB, random.nextBoolean(), false);
            case 7, 8 -> presses(MOVING[random.nextInt(MOVING.length)], random.nextInt(3) == 0, random.nextInt(4) == 0);
            case 9 -> presses(WITH_CONTROL[random.nextInt(WITH_CONTROL.length)], random.nextInt(5) == 0, true);
            case 10, 11 -> clicks();
            default -> composes();
        }
        if (random.nextInt(3) == 0) {
            surface.frame();
        }
    }

    /// An input method lets nothing unfinished behind.
    void rests() {
        if (composes) {
            composed("", "\u65e5\u672c");
        }
    }

    private void types(String text) {
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(key -> fire(KeyEvent.KEY_TYPED, key, KeyCode.UNDEFINED));
    }

    private void fire(EventType<KeyEvent> type, String character, KeyCode code) {
        Event.fireEvent(surface.area(), new KeyEvent(type, character, "", code, false, false, false, false));
    }

    private void presses(KeyCode code, boolean shift, boolean control) {
        Event.fireEvent(
                surface.area(),
                new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, shift, control, false, false));
    }

    /// Somewhere on the page; sometimes twice, or dragged on from there.
    private void clicks() {
        ((Parent) surface.node()).applyCss();
        ((Parent) surface.node()).layout();
        double x = random.nextDouble(surface.area().getWidth());
        double y = random.nextDouble(surface.area().getHeight());
        boolean shift = random.nextInt(4) == 0;
        int times = random.nextInt(4) == 0 ? 2 : 1;
        for (int i = 1; i <= times; i++) {
            mouse(MouseEvent.MOUSE_PRESSED, x, y, i, shift);
            if (random.nextInt(3) == 0) {
                mouse(MouseEvent.MOUSE_DRAGGED, x + random.nextInt(-90, 90), y + random.nextInt(-40, 40), i, shift);
            }
            mouse(MouseEvent.MOUSE_RELEASED, x, y, i, shift);
            mouse(MouseEvent.MOUSE_CLICKED, x, y, i, shift);
        }
    }

    private void mouse(EventType<MouseEvent> type, double x, double y, int clicks, boolean shift) {
        boolean down = type == MouseEvent.MOUSE_PRESSED || type == MouseEvent.MOUSE_DRAGGED;
        Event.fireEvent(
                surface.area(),
                new MouseEvent(
                        type,
                        x,
                        y,
                        x,
                        y,
                        MouseButton.PRIMARY,
                        clicks,
                        shift,
                        false,
                        false,
                        false,
                        down,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }

    private void composes() {
        if (!composes || random.nextInt(3) == 0) {
            composed("\u306b\u307b\u3093".substring(0, random.nextInt(1, 4)), "");
        } else {
            composed("", random.nextInt(3) == 0 ? "" : "\u65e5\u672c");
        }
    }

    private void composed(String text, String committed) {
        composes = !text.isEmpty();
        var runs = composes
                ? List.of(new InputMethodTextRun(text, InputMethodHighlight.UNSELECTED_RAW))
                : List.<InputMethodTextRun>of();
        Event.fireEvent(
                surface.area(),
                new InputMethodEvent(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, runs, committed, text.length()));
    }
}
