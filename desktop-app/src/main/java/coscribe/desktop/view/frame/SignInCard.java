package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.SignInAgain;
import coscribe.desktop.viewmodel.Strings;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks who was signed out for another invite link. Enter goes in. On the thread that draws.
public final class SignInCard extends VBox implements FloatCard {
    private final TextField link = new TextField();

    public SignInCard(SignInAgain model, Strings strings) {
        getStyleClass().add("sign-in-card");
        link.setPromptText(strings.get("welcome.link.example"));
        link.setAccessibleText(strings.get("welcome.link"));
        link.textProperty().bindBidirectional(model.link());
        link.setOnAction(event -> model.signIn());
        var label = Labels.of(strings.get("welcome.link"), "field-label");
        label.setLabelFor(link);
        var origin = Labels.of(strings.get("welcome.link.clipboard"), "field-hint");
        origin.setGraphic(Icons.of("mdi2c-clipboard-text-outline"));
        Labels.show(origin, model.fromClipboard());
        var field = new VBox(label, link, origin);
        field.getStyleClass().add("field-block");
        var go = Labels.button("", model::signIn, "accent");
        go.textProperty().bind(model.busy().map(busy -> strings.get(busy ? "signIn.busy" : "signIn.go")));
        go.disableProperty().bind(model.busy());
        getChildren()
                .addAll(
                        Labels.wrapped(strings.get("signIn.title", model.server()), "card-title"),
                        Labels.wrapped(strings.get("signIn.words"), "card-words"),
                        field,
                        Labels.told(model.trouble(), "card-trouble"),
                        new HBox(go));
    }

    @Override
    public void focusIn() {
        link.requestFocus();
        link.end();
    }
}
