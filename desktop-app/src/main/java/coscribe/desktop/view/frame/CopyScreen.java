package coscribe.desktop.view.frame;

import coscribe.client.runner.KeptCopy;
import coscribe.desktop.viewmodel.CopyWords;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Text that was kept beside a document, to be read, and ways to go on with it. On the thread that
/// draws.
public final class CopyScreen extends BorderPane {
    /// What can be done with the copy that is shown.
    ///
    /// @param show         another one is wanted
    /// @param newDocument  makes a document of it; may fail, and says so through {@link #says}; empty: this
    ///     computer keeps none
    public record Doings(Consumer<KeptCopy> show, Runnable export, Runnable copyAll, Optional<Runnable> newDocument) {}

    private final CopyWords words;
    private final Doings doings;
    private final ComboBox<KeptCopy> which = new ComboBox<>();
    private final WrappedLabel title = Labels.wrapped("", "card-heading");
    private final Label name = Labels.of("", "field-label");
    private final WrappedLabel why = Labels.wrapped("", "card-words");
    private final StringProperty said = new SimpleStringProperty("");
    private final Button newDocument;

    /// @param text  shows the copy
    public CopyScreen(CopyWords words, Doings doings, Node text) {
        this.words = words;
        this.doings = doings;
        var strings = words.strings();
        getStyleClass().add("copy-screen");
        which.setConverter(new StringConverter<>() {
            @Override
            public String toString(KeptCopy copy) {
                return copy == null ? "" : words.name(copy);
            }

            @Override
            public KeptCopy fromString(String text) {
                throw new UnsupportedOperationException("chosen, never typed");
            }
        });
        which.setAccessibleText(strings.get("copies.which"));
        which.valueProperty().addListener((property, was, is) -> show());
        newDocument = Labels.button(
                strings.get("copies.newDocument"), () -> doings.newDocument().ifPresent(Runnable::run), "accent");
        newDocument.setVisible(doings.newDocument().isPresent());
        newDocument.setManaged(doings.newDocument().isPresent());
        var buttons = new FlowPane(
                newDocument,
                Labels.button(Command.EXPORT.label(strings), doings.export()),
                Labels.button(strings.get("copies.copyAll"), doings.copyAll()));
        buttons.getStyleClass().add("copy-buttons");
        var head = new VBox(title, new HBox(name, which), why, buttons, Labels.told(said, "copy-said"));
        head.getStyleClass().add("copy-head");
        var page = new StackPane(text);
        page.getStyleClass().add("page");
        setTop(head);
        setCenter(page);
    }

    /// What there is, and which of it to begin with.
    public void fill(List<KeptCopy> copies, KeptCopy first) {
        which.getItems().setAll(copies);
        boolean choice = copies.size() > 1;
        which.setVisible(choice);
        which.setManaged(choice);
        name.setVisible(!choice);
        name.setManaged(!choice);
        which.setValue(first);
        show();
    }

    private void show() {
        var copy = which.getValue();
        if (copy != null) {
            title.say(words.title(copy));
            name.setText(words.name(copy));
            why.say(words.why(copy));
            says("");
            doings.show().accept(copy);
        }
    }

    /// The copy that is read.
    public KeptCopy shown() {
        return which.getValue();
    }

    /// What came of what was pressed; empty: nothing is to be said.
    public void says(String sentence) {
        said.set(sentence);
    }

    public ReadOnlyStringProperty said() {
        return said;
    }

    /// A document is being made.
    public void busy(boolean now) {
        newDocument.setDisable(now);
    }
}
