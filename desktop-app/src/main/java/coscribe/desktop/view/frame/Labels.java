package coscribe.desktop.view.frame;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

/// Small things that the screens of the frame are made of.
final class Labels {
    private Labels() {}

    static Label of(String text, String style) {
        var label = new Label(text);
        label.getStyleClass().add(style);
        return label;
    }

    /// Words in as many lines as they need: every label that wraps is made here, because words of
    /// others may be in any language.
    static WrappedLabel wrapped(String text, String style) {
        return new WrappedLabel(text, style);
    }

    /// As above, of words that change.
    static WrappedLabel wrapped(ObservableValue<String> text, String style) {
        var label = wrapped("", style);
        label.words().bind(text);
        return label;
    }

    /// Words that are there only when there are any.
    static Label told(ObservableValue<String> text, String style) {
        var label = wrapped(text, style);
        show(label, text.map(words -> !words.isEmpty()));
        return label;
    }

    static Button button(String text, Runnable action, String... styles) {
        var button = new Button(text);
        button.setMnemonicParsing(false);
        button.getStyleClass().addAll(styles);
        button.setOnAction(event -> action.run());
        return button;
    }

    /// Takes no room while it is not shown.
    static void show(Node node, ObservableValue<Boolean> when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(node.visibleProperty());
    }
}
