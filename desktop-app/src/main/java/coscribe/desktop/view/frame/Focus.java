package coscribe.desktop.view.frame;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;

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
