package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.ProxyAccess;
import coscribe.desktop.viewmodel.Strings;
import javafx.scene.Node;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks for what the network's proxy wants to know. Enter signs in. On the thread that draws.
public final class ProxyCard extends VBox implements FloatCard {
    private final TextField name = new TextField();
    private final PasswordField password = new PasswordField();

    /// @param others  buttons beside the one that signs in
    public ProxyCard(ProxyAccess model, Strings strings, Node... others) {
        getStyleClass().add("proxy-card");
        name.textProperty().bindBidirectional(model.name());
        name.setOnAction(event -> model.signIn());
        password.textProperty().bindBidirectional(model.password());
        password.setOnAction(event -> model.signIn());
        var buttons = new HBox(Labels.button(strings.get("proxy.signIn"), model::signIn, "accent"));
        buttons.getChildren().addAll(others);
        buttons.getStyleClass().add("field-row");
        getChildren()
                .addAll(
                        Labels.of(strings.get("proxy.title"), "card-title"),
                        Labels.wrapped(model.words(), "card-words"),
                        field(strings.get("proxy.name"), name),
                        field(strings.get("proxy.password"), password),
                        Labels.wrapped(strings.get("proxy.kept"), "field-hint"),
                        Labels.told(model.trouble(), "card-trouble"),
                        buttons);
    }

    private static Node field(String words, TextField field) {
        var label = Labels.of(words, "field-label");
        label.setLabelFor(field);
        field.setAccessibleText(words);
        var block = new VBox(label, field);
        block.getStyleClass().add("field-block");
        return block;
    }

    @Override
    public void focusIn() {
        name.requestFocus();
    }
}
