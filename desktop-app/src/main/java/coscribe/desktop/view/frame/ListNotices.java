package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.DocumentListModel.Notice;
import coscribe.desktop.viewmodel.Strings;
import java.util.Optional;
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
    ListNotices(DocumentListModel model, Strings strings) {
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
                        row(model.trouble(), "mdi2a-alert-circle-outline", "urgent", dismiss),
                        row(model.unreached(), "mdi2c-cloud-off-outline", "notable", tryNow));
        Labels.show(
                this,
                model.trouble()
                        .flatMap(trouble -> model.unreached().map(away -> trouble.isPresent() || away.isPresent())));
    }

    private static HBox row(ObservableValue<Optional<Notice>> notice, String icon, String urgency, Node action) {
        var said = notice.map(told -> told.map(Notice::words).orElse(""));
        var words = Labels.wrapped(said, "banner-words");
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var code = Labels.of("", "banner-code");
        code.setMinWidth(Region.USE_PREF_SIZE);
        code.textProperty().bind(notice.map(told -> told.flatMap(Notice::code).orElse("")));
        var row = new HBox(Icons.of(icon), words, code, action);
        row.getStyleClass().addAll("banner", "list-notice", urgency);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setAccessibleRole(AccessibleRole.TEXT);
        row.accessibleTextProperty().bind(said);
        Labels.show(row, notice.map(Optional::isPresent));
        return row;
    }
}
