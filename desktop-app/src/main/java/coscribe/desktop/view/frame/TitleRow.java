package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

/// The way home, the title, how it stands, who is here, and sharing.
///
/// The title is edited in its place; what was typed is told when the field is left or Enter is
/// pressed. Esc gives the old one back.
final class TitleRow extends HBox {
    private static final double TITLE_AT_LEAST = 96;

    private final TextField title = new TextField();
    private final Text measure = new Text();
    private final StringProperty known;
    private final Consumer<String> rename;
    private String shown = ""; // which the writer may be about to change

    /// @param known   the title as it is; changes from outside are shown unless something was typed
    /// @param rename  asks for another title, without spaces around it and not empty
    /// @param toText  the focus goes into the text
    TitleRow(
            StringProperty known,
            Consumer<String> rename,
            Runnable toText,
            Commands commands,
            Strings strings,
            Node status,
            Node avatars,
            Node share) {
        this.known = known;
        this.rename = rename;
        getStyleClass().add("title-row");
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("title-field");
        title.setPromptText(strings.get("title.prompt"));
        title.setAccessibleText(strings.get("title.label"));
        show(known.get());
        title.setMinWidth(TITLE_AT_LEAST);
        known.addListener((property, was, is) -> {
            if (!title.isFocused() || isUntouched()) {
                show(is);
            }
        });
        title.textProperty().addListener((property, was, is) -> fit());
        title.fontProperty().addListener((property, was, is) -> fit());
        title.focusedProperty().addListener((property, was, is) -> {
            if (!is) {
                tell();
                title.deselect();
                title.home();
            }
        });
        title.setOnAction(event -> {
            tell();
            toText.run();
        });
        title.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                show(known.get());
                toText.run();
                event.consume();
            }
        });
        fit();
        commands.get(Command.OPEN_HOME).ifPresent(doing -> {
            var home = new Button();
            home.getStyleClass().add("bar-button");
            home.setGraphic(Icons.of("mdi2h-home-outline"));
            home.setAccessibleText(Command.OPEN_HOME.label(strings));
            home.setTooltip(new Tooltip(Command.OPEN_HOME.tip(strings)));
            home.setOnAction(event -> doing.run().run());
            getChildren().add(home);
        });
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox.setHgrow(title, Priority.SOMETIMES);
        gap.setMinWidth(8);
        getChildren().addAll(title, status, gap, avatars, share);
    }

    void focusIn() {
        Focus.first(this);
    }

    /// For a new document and for F2: the whole title selected.
    void editTitle() {
        title.requestFocus();
        title.selectAll();
    }

    void setTitleEditable(boolean can) {
        title.setEditable(can);
        title.setFocusTraversable(can);
    }

    /// Shows another title, all of it selected or the caret in its place as before.
    private void show(String now) {
        shown = now;
        if (now.equals(title.getText())) {
            return;
        }
        boolean all = title.getLength() > 0 && title.getSelection().getLength() == title.getLength();
        int caret = title.getCaretPosition();
        title.setText(now);
        if (all) {
            title.selectAll();
        } else {
            title.positionCaret(Math.min(caret, now.length()));
        }
    }

    private boolean isUntouched() {
        return title.getText().equals(shown);
    }

    private void tell() {
        String wanted = title.getText().strip();
        if (!isUntouched() && !wanted.isEmpty() && !wanted.equals(known.get())) {
            rename.accept(wanted);
        }
        show(known.get());
    }

    /// As wide as its text.
    private void fit() {
        String text = title.getText();
        measure.setFont(title.getFont());
        measure.setText(text.isEmpty() ? title.getPromptText() : text);
        title.setPrefWidth(Math.ceil(measure.getLayoutBounds().getWidth()) + 28);
        title.setMaxWidth(Region.USE_PREF_SIZE);
    }
}
