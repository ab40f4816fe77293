package coscribe.desktop.view.people;

import java.util.List;
import java.util.Objects;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.paint.Color;

/// The room's style sheet.
final class Styles {
    private Styles() {}

    /// What is shown in a window of its own looks like the window that it belongs to.
    static void as(Scene owner, Scene own) {
        own.getStylesheets().setAll(owner.getStylesheets());
        var classes = own.getRoot().getStyleClass();
        classes.removeAll("light", "dark", "contrast");
        owner.getRoot().getStyleClass().stream()
                .filter(List.of("light", "dark", "contrast")::contains)
                .forEach(classes::add);
        own.getRoot().setStyle(owner.getRoot().getStyle());
    }

    static Background rounded(Color fill, double radius) {
        return new Background(new BackgroundFill(fill, new CornerRadii(radius), Insets.EMPTY));
    }

    static void on(Parent node) {
        node.getStylesheets()
                .add(Objects.requireNonNull(Styles.class.getResource("people.css"))
                        .toExternalForm());
    }
}
