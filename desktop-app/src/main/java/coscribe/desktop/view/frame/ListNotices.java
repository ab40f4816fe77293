package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.DocumentListModel.Notice;
import coscribe.desktop.viewmodel.Strings;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What people are told above their documents: what was not done and why, and which server could
/// not be asked. Takes no room while there is nothing to say. On the thread that draws.
final class ListNotices extends VBox {
    /// @param signIn  to the network's proxy
    ListNotices(DocumentListModel model, Strings strings, Consumer<String> signIn) {
        getStyleClass().add("list-notices");
        var dismiss = new Button();
        dismiss.getStyleClass().addAll("bar-button", "banner-close");
        dismiss.setGraphic(Icons.of("mdi2c-close"));
        dismiss.setAccessibleText(strings.get("banner.dismiss"));
        dismiss.setOnAction(event -> model.dismiss());
        var tryNow = Labels.button(strings.get("list.tryNow"), model::refresh, "banner-button");
        tryNow.setMinWidth(Region.USE_PREF_SIZE);
        tryNow.disableProperty().bind(model.asking());
        getChildren()
                .setAll(
                        row(
                                model.trouble(),
                                "mdi2a-alert-circle-outline",
                                "urgent",
                                proxy(model.trouble(), strings, signIn),
                                dismiss),
                        row(
                                model.unreached(),
                                "mdi2c-cloud-off-outline",
                                "notable",
                                proxy(model.unreached(), strings, signIn),
                                tryNow));
        Labels.show(
                this,
                model.trouble()
                        .flatMap(trouble -> model.unreached().map(away -> trouble.isPresent() || away.isPresent())));
    }

    /// A place for a button that is there only while a proxy asks.
    private static Node proxy(ObservableValue<Optional<Notice>> notice, Strings strings, Consumer<String> signIn) {
        var place = new HBox();
        place.setMinWidth(Region.USE_PREF_SIZE);
        notice.addListener((property, was, is) -> place.getChildren()
                .setAll(is.flatMap(Notice::proxy).stream()
                        .map(proxy -> Labels.button(
                                strings.get("banner.signInToProxy"), () -> signIn.accept(proxy), "banner-button"))
                        .toList()));
        return place;
    }

    private static HBox row(ObservableValue<Optional<Notice>> notice, String icon, String urgency, Node... actions) {
        var said = notice.map(told -> told.map(Notice::words).orElse(""));
        var words = Labels.wrapped(said, "banner-words");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var code = Labels.of("", "banner-code");
        code.setMinWidth(Region.USE_PREF_SIZE);
        code.textProperty().bind(notice.map(told -> told.flatMap(Notice::code).orElse("")));
        var row = new HBox(Icons.of(icon), words, code);
        row.getChildren().addAll(actions);
        row.getStyleClass().addAll("banner", "list-notice", urgency);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setAccessibleRole(AccessibleRole.TEXT);
        row.accessibleTextProperty().bind(said);
        Labels.show(row, notice.map(Optional::isPresent));
        return row;
    }
}
