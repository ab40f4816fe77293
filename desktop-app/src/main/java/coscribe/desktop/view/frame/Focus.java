package coscribe.desktop.view.frame;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.MouseEvent;

/// Who has the keyboard, and who can take it.
final class Focus {
    private Focus() {}

    static boolean isIn(Node region) {
        var scene = region.getScene();
        if (scene == null) {
            return false;
        }
        for (Node at = scene.getFocusOwner(); at != null; at = at.getParent()) {
            if (at == region) {
                return true;
            }
        }
        return false;
    }

    static boolean canTake(Node region) {
        return firstIn(region).isPresent();
    }

    static void first(Node region) {
        firstIn(region).ifPresent(Node::requestFocus);
    }

    /// From now on a click on a button does not take the keyboard from `text`: who makes a heading
    /// with the mouse goes on writing in it. By keys every button is reached as before.
    ///
    /// @param around  has the buttons and the text in it
    static void keepIn(Node text, Node around) {
        var usual = around.getEventDispatcher();
        around.setEventDispatcher((event, tail) -> {
            var pressed = taking(event).filter(button -> isIn(text));
            pressed.ifPresent(button -> button.setFocusTraversable(false)); // what a button looks at before it does
            try {
                return usual.dispatchEvent(event, tail);
            } finally {
                pressed.ifPresent(button -> button.setFocusTraversable(true));
            }
        });
    }

    /// The button that takes the keyboard because it is pressed.
    private static Optional<ButtonBase> taking(Event event) {
        if (event.getEventType() == MouseEvent.MOUSE_PRESSED) {
            EventTarget target = event.getTarget();
            for (Node at = target instanceof Node node ? node : null; at != null; at = at.getParent()) {
                if (at instanceof ButtonBase button) {
                    return Optional.of(button).filter(Node::isFocusTraversable);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Node> firstIn(Node region) {
        return all(region).filter(Node::isFocusTraversable).findFirst();
    }

    /// What is in a region and can be seen, depth first.
    private static Stream<Node> all(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Stream.empty();
        }
        var inside = node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream().flatMap(Focus::all)
                : Stream.<Node>empty();
        return Stream.concat(Stream.of(node), inside);
    }
}
