package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Finding;
import coscribe.desktop.viewmodel.Strings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Finds words in the text, and puts others in their place: a bar under the formatting bar, there
/// while it is wanted. Enter goes to the next place, Shift+Enter to the one before, Esc back to the
/// text, Tab from the one field to the other.
public final class FindBar extends GridPane {
    private final Finding finding;
    private final Strings strings;
    private final Runnable toText;
    private final ObservableBooleanValue mayEdit;
    private final TextField words = new TextField();
    private final TextField other = new TextField();
    private final Label count = Labels.of("", "find-count");
    private final HBox replacing;
    private boolean saysReplaced; // and goes on to, until there is something to find

    /// @param toText   gives the keyboard to the text
    /// @param mayEdit  whether the text can be changed
    public FindBar(Finding finding, Runnable toText, ObservableBooleanValue mayEdit, Strings strings) {
        this.finding = finding;
        this.toText = toText;
        this.mayEdit = mayEdit;
        this.strings = strings;
        getStyleClass().add("find-bar");
        field(words, "find.words");
        words.textProperty().bindBidirectional(finding.words());
        field(other, "find.other");
        count.setMinWidth(Region.USE_PREF_SIZE);
        var ways = new HBox(
                sign(Command.FIND_PREVIOUS, "mdi2a-arrow-up", this::previous),
                sign(Command.FIND_NEXT, "mdi2a-arrow-down", this::next),
                count,
                sign("find.close", "mdi2c-close", this::close));
        ways.getStyleClass().add("find-row");
        replacing = new HBox(
                Labels.button(strings.get("find.replace"), this::replace),
                Labels.button(strings.get("find.replaceAll"), this::replaceAll));
        replacing.getStyleClass().add("find-row");
        add(words, 0, 0); // Tab goes round in this order
        add(other, 0, 1);
        add(replacing, 1, 1);
        add(ways, 1, 0);
        offerToReplace(false);
        shown(this, false);
        finding.found().addListener((property, was, is) -> tell());
        finding.words().addListener((property, was, is) -> tellAnew());
        mayEdit.addListener((property, was, is) -> {
            if (!is) {
                offerToReplace(false);
            }
        });
        words.setOnAction(event -> next());
        other.setOnAction(event -> replace());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void field(TextField field, String key) {
        field.setPromptText(strings.get(key));
        field.setAccessibleText(strings.get(key));
        field.getStyleClass().add("find-field");
    }

    private Button sign(Command command, String icon, Runnable action) {
        return sign(command.label(strings), command.tip(strings), icon, action);
    }

    private Button sign(String key, String icon, Runnable action) {
        return sign(strings.get(key), strings.get(key), icon, action);
    }

    private static Button sign(String name, String tip, String icon, Runnable action) {
        var button = Labels.button("", action, "bar-button");
        button.setGraphic(Icons.of(icon));
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(tip));
        return button;
    }

    private void offerToReplace(boolean is) {
        shown(other, is);
        shown(replacing, is);
    }

    private static void shown(Region part, boolean is) {
        part.setVisible(is);
        part.setManaged(is);
    }

    /// Puts what it does into a window's commands.
    public void into(Commands commands) {
        commands.put(Command.FIND, () -> open(false));
        commands.put(Command.REPLACE, () -> open(true), mayEdit);
        commands.put(Command.FIND_NEXT, this::next);
        commands.put(Command.FIND_PREVIOUS, this::previous);
    }

    private void open(boolean replace) {
        shown(this, true);
        offerToReplace(replace);
        finding.begin();
        tellAnew();
        words.requestFocus();
        words.selectAll();
    }

    private void close() {
        finding.end();
        shown(this, false);
        toText.run();
    }

    /// Also where the bar is not there, once something was looked for.
    private void next() {
        if (isVisible()) {
            finding.next();
        } else {
            open(false);
        }
    }

    private void previous() {
        if (isVisible()) {
            finding.previous();
        } else {
            open(false);
        }
    }

    private void replace() {
        if (mayEdit.get()) {
            finding.replace(other.getText());
        }
    }

    private void replaceAll() {
        if (mayEdit.get() && !words.getText().isEmpty()) {
            count.setText(strings.count("find.replaced", finding.replaceAll(other.getText())));
            count.setAccessibleText(count.getText());
            saysReplaced = true;
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.isShiftDown() && words.isFocused()) {
            previous();
            event.consume();
        }
    }

    private void tellAnew() {
        saysReplaced = false;
        tell();
    }

    private void tell() {
        var found = finding.found().get();
        boolean none = found.matches().isEmpty();
        if (saysReplaced && none) {
            return; // that nothing is left to find is no news
        }
        saysReplaced = false;
        count.setText(
                words.getText().isEmpty()
                        ? ""
                        : none
                                ? strings.get("find.none")
                                : strings.get(
                                        "find.count",
                                        found.current() + 1,
                                        found.matches().size()));
        count.setAccessibleText(count.getText());
    }
}
