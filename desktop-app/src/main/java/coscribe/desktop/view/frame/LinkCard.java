package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks where a link leads. Enter sets it, Esc leaves things as they were.
final class LinkCard extends VBox {
    private final Linking linking;
    private final Runnable done;
    private final Strings strings;
    private final TextField target = new TextField();
    private final Button remove;
    private final StringProperty trouble = new SimpleStringProperty("");

    /// @param done  the card is to go, and the keyboard back to the text
    LinkCard(Linking linking, Runnable done, Strings strings) {
        this.linking = linking;
        this.done = done;
        this.strings = strings;
        getStyleClass().add("link-card");
        target.setPromptText("https://");
        target.setAccessibleText(strings.get("link.target"));
        target.setOnAction(event -> set());
        target.textProperty().addListener((property, was, is) -> trouble.set(""));
        var set = Labels.button(strings.get("link.set"), this::set, "accent");
        remove = Labels.button(strings.get("link.remove"), this::remove);
        remove.managedProperty().bind(remove.visibleProperty());
        var buttons = new HBox(set, remove);
        buttons.getStyleClass().add("field-row");
        getChildren()
                .addAll(
                        Labels.of(strings.get("link.title"), "card-title"),
                        target,
                        Labels.told(trouble, "card-trouble"),
                        buttons);
    }

    /// Begins anew, with the link that is there.
    void begin() {
        var now = linking.now().get();
        target.setText(now.orElse(""));
        trouble.set("");
        remove.setVisible(now.isPresent());
        target.requestFocus();
        target.selectAll();
    }

    private void set() {
        String typed = target.getText().strip();
        if (typed.isEmpty()) {
            remove();
            return;
        }
        linking.meant()
                .apply(typed)
                .ifPresentOrElse(
                        it -> {
                            linking.set().accept(Optional.of(it));
                            done.run();
                        },
                        () -> trouble.set(strings.get("link.bad")));
    }

    private void remove() {
        if (linking.now().get().isPresent()) {
            linking.set().accept(Optional.empty());
        }
        done.run();
    }
}
