package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Banners;
import coscribe.desktop.viewmodel.Banners.Banner;
import coscribe.desktop.viewmodel.Banners.Topic;
import coscribe.desktop.viewmodel.Strings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The messages under the formatting bar, one below the other. They push the page down and cover
/// nothing.
final class BannerPane extends VBox {
    private final Banners banners;
    private final Map<Banners.Action, Consumer<Banner>> answers;
    private final Strings strings;

    /// @param answers  what can be done here; an action without an answer is not shown
    BannerPane(Banners banners, Map<Banners.Action, Consumer<Banner>> answers, Strings strings) {
        this.banners = banners;
        this.answers = Map.copyOf(answers);
        this.strings = strings;
        getStyleClass().add("banners");
        banners.shown().addListener((ListChangeListener<Banner>) change -> show());
        show();
    }

    private void show() {
        getChildren().setAll(banners.shown().stream().map(this::row).toList());
    }

    private HBox row(Banner banner) {
        var words = Labels.wrapped(banner.words(), "banner-words");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var code = new Label(banner.topic().code());
        code.getStyleClass().add("banner-code");
        code.setMinWidth(USE_PREF_SIZE);
        var row = new HBox(Icons.of(iconOf(banner.topic())), words);
        row.getStyleClass().addAll("banner", urgencyOf(banner.topic()));
        row.setAlignment(Pos.CENTER_LEFT);
        row.setAccessibleRole(AccessibleRole.TEXT);
        row.setAccessibleText(strings.get("banner.accessible", banner.topic().code(), banner.words()));
        banner.actions().stream()
                .map(action -> button(action, banner))
                .flatMap(Optional::stream)
                .forEach(row.getChildren()::add);
        row.getChildren().addAll(code, dismiss(banner));
        return row;
    }

    private Optional<Button> button(Banners.Action action, Banner banner) {
        return Optional.ofNullable(answers.get(action)).map(answer -> {
            var button = new Button(action.label(strings));
            button.getStyleClass().add("banner-button");
            button.setMinWidth(USE_PREF_SIZE);
            button.setMnemonicParsing(false);
            button.setOnAction(event -> answer.accept(banner));
            return button;
        });
    }

    private Button dismiss(Banner banner) {
        var close = new Button();
        close.getStyleClass().addAll("bar-button", "banner-close");
        close.setGraphic(Icons.of("mdi2c-close"));
        close.setAccessibleText(strings.get("banner.dismiss"));
        close.setOnAction(event -> banners.dismiss(banner.topic()));
        return close;
    }

    private static String iconOf(Topic topic) {
        return switch (topic) {
            case NOT_CLOSED, DISK_FULL, TOO_LONG, NOT_TYPED, EXPORT_FAILED -> "mdi2a-alert-circle-outline";
            case SIGNED_OUT, PROXY -> "mdi2k-key-variant";
            case ACCESS_REMOVED, ROLE_LOWERED, CERTIFICATE -> "mdi2l-lock-outline";
            case RELOADED -> "mdi2b-backup-restore";
            case UNREACHABLE -> "mdi2c-cloud-off-outline";
            case NEW_VERSION -> "mdi2a-arrow-up-circle-outline";
            case NOT_ASKED -> "mdi2c-cloud-off-outline";
            case NEWEST_VERSION, RECOVERED -> "mdi2c-check-circle-outline";
        };
    }

    private static String urgencyOf(Topic topic) {
        return switch (topic) {
            case NOT_CLOSED, DISK_FULL, SIGNED_OUT, PROXY, CERTIFICATE -> "urgent";
            case ACCESS_REMOVED, ROLE_LOWERED, RELOADED, UNREACHABLE, TOO_LONG, NOT_TYPED, EXPORT_FAILED, NOT_ASKED ->
                "notable";
            case NEW_VERSION, NEWEST_VERSION, RECOVERED -> "calm";
        };
    }
}
