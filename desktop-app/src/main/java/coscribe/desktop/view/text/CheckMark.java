package coscribe.desktop.view.text;

import java.util.function.Supplier;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The box of an item to tick. Who is read to hears a check box that has the item's words for a
/// name; keys tick it from the text (Tick Item).
final class CheckMark extends StackPane {
    private final boolean ticked;
    private final Supplier<String> name;
    private final Runnable tick;

    /// @param name  asked for when it is read
    CheckMark(boolean ticked, Supplier<String> name, Runnable tick) {
        this.ticked = ticked;
        this.name = name;
        this.tick = tick;
        setAccessibleRole(AccessibleRole.CHECK_BOX);
        getStyleClass().add("check");
        if (ticked) {
            var mark = new Region();
            mark.getStyleClass().add("mark");
            getChildren().add(mark);
            getStyleClass().add("ticked");
        }
        setOnMousePressed(press -> {
            tick.run();
            press.consume();
        });
        setOnMouseReleased(release -> release.consume());
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case TEXT -> name.get();
            case SELECTED -> ticked;
            case INDETERMINATE -> false;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) {
            tick.run();
        } else {
            super.executeAccessibleAction(action, parameters);
        }
    }
}
