package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// A link that lets others in: what they may do and for how long, and a button that copies it. The
/// text behind it can be written on.
final class ShareCard extends VBox {
    /// What a link is to allow.
    ///
    /// @param validFor  how long others can come in by it
    public record Offer(Role role, Duration validFor) {
        static final Offer USUAL = new Offer(Role.EDITOR, Duration.ofHours(24));
    }

    private final ChoiceBox<Role> role = new ChoiceBox<>();
    private final ChoiceBox<Duration> span = new ChoiceBox<>();
    private final Button copy = new Button();
    private final WrappedLabel trouble = Labels.wrapped("", "card-trouble");

    /// @param who       says who can come in by a link
    /// @param copyLink  makes a link, and copies it
    ShareCard(Strings strings, String who, Consumer<Offer> copyLink) {
        getStyleClass().add("share-card");
        var title = new Label(strings.get("share.title"));
        title.getStyleClass().add("card-title");
        var words = Labels.wrapped(who, "card-words");
        role.getItems().setAll(List.of(Role.EDITOR, Role.COMMENTER, Role.VIEWER));
        role.setValue(Offer.USUAL.role());
        role.setConverter(shown(it -> strings.get("share.role." + it.word())));
        span.getItems()
                .setAll(List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30)));
        span.setValue(Offer.USUAL.validFor());
        span.setConverter(shown(it -> it.toDays() < 2
                ? strings.count("share.hours", it.toHours())
                : strings.count("share.days", it.toDays())));
        var anyone = label(strings.get("share.anyone"), role);
        var valid = label(strings.get("share.valid"), span);
        var choices = new GridPane();
        choices.getStyleClass().add("card-form");
        choices.addRow(0, anyone, role);
        choices.addRow(1, valid, span);
        for (ChoiceBox<?> box : List.of(role, span)) {
            box.setMaxWidth(Double.MAX_VALUE);
            GridPane.setHgrow(box, Priority.ALWAYS);
        }
        copy.setText(strings.get("share.copy"));
        copy.setGraphic(Icons.of("mdi2l-link-variant"));
        copy.getStyleClass().add("accent");
        copy.setMnemonicParsing(false);
        copy.setOnAction(event -> copyLink.accept(new Offer(role.getValue(), span.getValue())));
        says("");
        getChildren().addAll(title, words, choices, trouble, new HBox(copy));
    }

    private static Label label(String text, ChoiceBox<?> box) {
        var label = new Label(text);
        label.setLabelFor(box);
        label.setMinWidth(USE_PREF_SIZE);
        box.setAccessibleText(text);
        return label;
    }

    /// A link is being made.
    void busy(boolean now) {
        copy.setDisable(now);
        if (now) {
            says("");
        }
    }

    /// Why there is no link. Empty: nothing is wrong.
    void says(String sentence) {
        trouble.say(sentence);
        trouble.setVisible(!sentence.isEmpty());
        trouble.setManaged(!sentence.isEmpty());
    }

    void focusIn() {
        copy.requestFocus();
    }

    private interface Words<T> {
        String of(T value);
    }

    private static <T> StringConverter<T> shown(Words<T> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.of(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("chosen, never typed");
            }
        };
    }
}
