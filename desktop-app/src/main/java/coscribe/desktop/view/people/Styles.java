package coscribe.desktop.view.people;

import java.util.Objects;
import javafx.scene.Parent;

/// The room's style sheet.
final class Styles {
    private Styles() {}

    static void on(Parent node) {
        node.getStylesheets()
                .add(Objects.requireNonNull(Styles.class.getResource("people.css"))
                        .toExternalForm());
    }
}
