package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.StatusLine;
import coscribe.desktop.viewmodel.StatusLine.Shown;
import coscribe.desktop.viewmodel.Strings;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands behind the status line, in a card. Filled when it is opened, and kept true while it
/// is open.
final class DetailsCard extends VBox {
    private final StatusLine status;
    private final StatusDetails.Surroundings around;
    private final Map<StatusDetails.Action, Runnable> remedies;
    private final Strings strings;
    private final FontIcon icon = Icons.of(StatusLabel.iconOf(StatusLine.Rank.CONNECTED));
    private final WrappedLabel title = Labels.wrapped("", "card-title");
    private final WrappedLabel sentence = Labels.wrapped("", "card-words");
    private final GridPane facts = new GridPane();
    private final Button action = new Button();

    /// @param remedies  what can be done here; what is not in it is not offered
    DetailsCard(
            StatusLine status,
            StatusDetails.Surroundings around,
            Map<StatusDetails.Action, Runnable> remedies,
            Strings strings) {
        this.status = status;
        this.around = around;
        this.remedies = Map.copyOf(remedies);
        this.strings = strings;
        getStyleClass().add("details-card");
        facts.getStyleClass().add("card-facts");
        action.setMnemonicParsing(false);
        var head = new HBox(icon, title);
        head.getStyleClass().add("card-head");
        getChildren().addAll(head, sentence, facts, action);
        status.shown().addListener((property, was, is) -> keepTrue());
        status.statusProperty().addListener((property, was, is) -> keepTrue());
    }

    private void keepTrue() {
        if (getScene() != null) {
            fill();
        }
    }

    /// Shows how it stands now.
    void fill() {
        Shown shown = status.shown().get();
        var details = StatusDetails.of(shown.rank(), status.status(), around, strings);
        title.say(shown.words());
        icon.setIconLiteral(StatusLabel.iconOf(shown.rank()));
        StatusLabel.tint(icon, shown.tone());
        sentence.say(details.sentence());
        facts.getChildren().clear();
        int row = 0;
        for (StatusDetails.Fact fact : details.facts()) {
            var name = new Label(fact.name());
            name.getStyleClass().add("fact-name");
            name.setMinWidth(USE_PREF_SIZE);
            facts.addRow(row++, name, Labels.wrapped(fact.value(), "fact-value"));
        }
        var offered = details.action().filter(remedies::containsKey);
        action.setVisible(offered.isPresent());
        action.setManaged(offered.isPresent());
        offered.ifPresent(it -> {
            action.setText(it.label(strings));
            action.setOnAction(event -> remedies.getOrDefault(it, () -> {}).run());
        });
    }
}
