package coscribe.desktop.view.text;

import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.jspecify.annotations.Nullable;

/// What a mouse does, as the toolkit tells it, for tests.
public final class Mouse {
    private Mouse() {}

    /// With no button, at a place in the scene.
    public static MouseEvent pointer(EventType<MouseEvent> type, double x, double y) {
        return event(type, x, y, MouseButton.NONE, 0, null);
    }

    /// With the primary button, at a place in the scene.
    public static MouseEvent primary(EventType<MouseEvent> type, double x, double y, int clicks) {
        return event(type, x, y, MouseButton.PRIMARY, clicks, null);
    }

    /// With the primary button on a node, at a place in the scene.
    public static MouseEvent primaryOn(Node node, EventType<MouseEvent> type, double x, double y) {
        return primaryOn(node, type, x, y, 1);
    }

    /// As above, for one of several clicks.
    public static MouseEvent primaryOn(Node node, EventType<MouseEvent> type, double x, double y, int clicks) {
        return event(type, x, y, MouseButton.PRIMARY, clicks, new PickResult(node, x, y));
    }

    private static MouseEvent event(
            EventType<MouseEvent> type, double x, double y, MouseButton button, int clicks, @Nullable PickResult pick) {
        boolean primary = button == MouseButton.PRIMARY;
        boolean down = primary && (type == MouseEvent.MOUSE_PRESSED || type == MouseEvent.MOUSE_DRAGGED);
        return new MouseEvent(
                type, x, y, x, y, button, clicks, false, false, false, false, down, false, false, false, false, primary,
                pick);
    }
}
