package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Strings;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/// A small card beside a link that tells where it really leads, before anything is opened.
final class LinkCard extends VBox {
    private static final double WIDEST = 420; // px
    private static final double GAP = 4; // px between the card and its line
    private static final List<String> OPENED = List.of("https://", "http://", "mailto:");

    private final Pane over;
    private final Label target = new Label();
    private final Button open;
    private final Button edit;
    private final Runnable toText;
    private String leadsTo = "";

    /// @param toText  gives the keyboard back to the text
    LinkCard(Pane over, Strings strings, Links links, Runnable toText) {
        this.over = over;
        this.toText = toText;
        open = new Button(strings.get("link.open"));
        edit = new Button(strings.get("link.edit"));
        open.getStyleClass().addAll("small", "accent");
        edit.getStyleClass().addAll("small", "flat");
        target.setWrapText(true);
        target.setMaxWidth(WIDEST);
        target.getStyleClass().add("link-target");
        var buttons = new HBox(open, edit);
        buttons.getStyleClass().add("link-buttons");
        getChildren().addAll(target, buttons);
        getStyleClass().add("link-card");
        setManaged(false);
        setAccessibleText(strings.get("link.card"));
        open.setOnAction(press -> {
            close();
            links.open().accept(leadsTo);
        });
        edit.setOnAction(press -> {
            close();
            links.edit().run();
        });
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                close();
                key.consume();
            }
        });
    }

    /// @param editable  whether it may be changed
    /// @param line      the link's line, in the coordinates of the pane around
    void show(String leads, boolean editable, Rectangle2D line) {
        leadsTo = leads;
        target.setText(ascii(leads));
        open.setDisable(OPENED.stream().noneMatch(leads::startsWith));
        edit.setVisible(editable);
        edit.setManaged(editable);
        if (getParent() == null) {
            over.getChildren().add(this);
        }
        place(line);
    }

    void takeKeyboard() {
        open.requestFocus();
    }

    /// Below the line, or above it where there is no room; never beyond the edges.
    void place(Rectangle2D line) {
        applyCss();
        double width = Math.min(prefWidth(-1), Math.min(WIDEST, over.getWidth()));
        double height = prefHeight(width);
        double x = Math.clamp(line.getMinX(), 0, Math.max(0, over.getWidth() - width));
        double below = line.getMaxY() + GAP;
        double y = below + height <= over.getHeight() ? below : Math.max(0, line.getMinY() - GAP - height);
        resizeRelocate(snapPositionX(x), snapPositionY(y), snapSizeX(width), snapSizeY(height));
    }

    /// As it goes over the wire where a letter could mislead: one that looks like another, or that
    /// is written from right to left (which JavaFX cannot wrap either, see {@link Pieces}).
    static String ascii(String target) {
        var text = new StringBuilder();
        for (byte unit : target.getBytes(StandardCharsets.UTF_8)) {
            if (unit > 0) {
                text.append((char) unit);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return text.toString();
    }

    boolean isOpen() {
        return getParent() != null;
    }

    void close() {
        if (isOpen()) {
            boolean focused = open.isFocused() || edit.isFocused();
            over.getChildren().remove(this);
            if (focused) {
                toText.run();
            }
        }
    }
}
