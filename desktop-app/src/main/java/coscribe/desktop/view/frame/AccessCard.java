package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.AccessRequest;
import coscribe.desktop.viewmodel.Strings;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Says who can let somebody edit, and has the words to ask them with. Coscribe sends nothing by
/// itself. On the thread that draws.
public final class AccessCard extends VBox implements FloatCard {
    private static final int ROWS = 4;

    private final Button copy;

    /// @param take  puts the message where it can be pasted from
    public AccessCard(AccessRequest request, Strings strings, Consumer<String> take) {
        getStyleClass().add("access-card");
        var message = new TextArea(request.message());
        message.setEditable(false);
        message.setWrapText(WrappedLabel.isSafe(request.message()));
        message.setPrefRowCount(ROWS);
        message.setAccessibleText(strings.get("access.message.label"));
        copy = Labels.button(strings.get("access.copy"), () -> take.accept(request.message()), "accent");
        copy.setGraphic(Icons.of("mdi2c-content-copy"));
        getChildren()
                .addAll(
                        Labels.of(strings.get("access.title"), "card-title"),
                        Labels.wrapped(request.words(), "card-words"),
                        message,
                        new HBox(copy));
    }

    @Override
    public void focusIn() {
        copy.requestFocus();
    }
}
