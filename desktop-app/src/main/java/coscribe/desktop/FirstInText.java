package coscribe.desktop;

import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// Waits until the keyboard comes into a new document's text for the first time: from its title,
/// whatever that is by then.
final class FirstInText implements ChangeListener<Boolean> {
    private final Runnable then;

    private FirstInText(Runnable then) {
        this.then = then;
    }

    /// @param then  runs once, when the keyboard is there
    static void of(Node text, Runnable then) {
        text.focusWithinProperty().addListener(new FirstInText(then));
    }

    @Override
    public void changed(ObservableValue<? extends Boolean> inText, Boolean was, Boolean is) {
        if (is) {
            inText.removeListener(this);
            Platform.runLater(then);
        }
    }
}
