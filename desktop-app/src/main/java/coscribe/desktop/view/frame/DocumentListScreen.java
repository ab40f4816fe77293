package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentEntry.Place;
import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.EntryWords;
import coscribe.desktop.viewmodel.Strings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The documents: a click chooses one, Enter or a double click opens it, F2 renames it in its place;
/// both are in its menu, too. On the thread that draws.
public final class DocumentListScreen extends VBox {
    private final DocumentListModel model;
    private final EntryWords words;
    private final Strings strings;
    private final ListView<DocumentEntry> list;
    private final ContextMenu menu = new ContextMenu();
    private final Button create;
    private boolean waiting;
    private Optional<Place> chosen = Optional.empty();

    /// @param join    leads to the way in, for another invite link
    /// @param signIn  to the network's proxy
    public DocumentListScreen(DocumentListModel model, EntryWords words, Runnable join, Consumer<String> signIn) {
        this.model = model;
        this.words = words;
        this.strings = words.strings();
        getStyleClass().add("document-list");
        create = Labels.button(strings.get("list.new"), model::create, "accent");
        create.setGraphic(Icons.of("mdi2p-plus"));
        create.disableProperty().bind(model.busy());
        var link = Labels.button(strings.get("list.join"), join);
        link.setGraphic(Icons.of("mdi2l-link-variant"));
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var title = Labels.of(strings.get("list.title"), "screen-title");
        for (Button button : List.of(link, create)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        var head = new HBox(title, gap, link, create);
        head.getStyleClass().add("screen-head");
        head.setAlignment(Pos.CENTER_LEFT);
        list = new ListView<>(model.entries());
        list.getStyleClass().add("documents");
        list.setAccessibleText(strings.get("list.title"));
        list.setPlaceholder(empty());
        list.setCellFactory(view -> new Row());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
        list.setOnContextMenuRequested(this::showMenu);
        menu.getItems()
                .addAll(
                        item("list.menu.open", () -> chosen().ifPresent(model::open)),
                        item("list.menu.rename", this::rename));
        keepChosen();
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(head, new ListNotices(model, strings, signIn), list);
    }

    /// Whatever changes in the list, the chosen document stays chosen.
    private void keepChosen() {
        var selection = list.getSelectionModel();
        selection.selectedItemProperty().addListener((property, was, is) -> {
            if (is != null) {
                chosen = Optional.of(is.place());
            }
        });
        model.entries().addListener((ListChangeListener<DocumentEntry>) change -> {
            model.entries().stream()
                    .filter(entry -> chosen.filter(entry.place()::equals).isPresent())
                    .findFirst()
                    .ifPresent(selection::select);
            // Documents come a moment after their screen; the keyboard waits at the button meanwhile.
            if (waiting && create.isFocused() && !model.entries().isEmpty()) {
                focusIn();
            }
        });
    }

    /// Puts the keyboard on the first document, or on the button that makes one.
    public void focusIn() {
        waiting = model.entries().isEmpty();
        if (waiting) {
            create.requestFocus();
        } else {
            list.requestFocus();
            if (list.getSelectionModel().isEmpty()) {
                list.getSelectionModel().selectFirst();
            }
        }
    }

    private Node empty() {
        var icon = Icons.of("mdi2f-file-document-edit-outline");
        icon.getStyleClass().add("empty-icon");
        var text = Labels.wrapped(
                model.loaded().map(it -> strings.get(it ? "list.empty" : "list.loading")), "empty-words");
        var button = Labels.button(strings.get("list.new"), model::create, "accent");
        button.disableProperty().bind(model.busy());
        Labels.show(button, model.loaded());
        var box = new VBox(icon, text, button);
        box.getStyleClass().add("empty");
        box.setAlignment(Pos.CENTER);
        return new StackPane(box);
    }

    private MenuItem item(String key, Runnable does) {
        var item = new MenuItem(strings.get(key));
        item.setOnAction(event -> does.run());
        return item;
    }

    private Optional<DocumentEntry> chosen() {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem());
    }

    /// At the pointer, or by the keyboard below the row that is chosen.
    private void showMenu(ContextMenuEvent event) {
        if (event.isKeyboardTrigger()) {
            list.lookupAll(".document-row").stream()
                    .map(Row.class::cast)
                    .filter(row -> row.isSelected() && !row.isEmpty())
                    .findFirst()
                    .ifPresent(row -> menu.show(row, Side.BOTTOM, 0, 0));
        } else {
            rowOf(event.getPickResult().getIntersectedNode()).ifPresent(row -> {
                list.getSelectionModel().select(row.getIndex());
                menu.show(list, event.getScreenX(), event.getScreenY());
            });
        }
        event.consume();
    }

    private static Optional<Row> rowOf(@Nullable Node node) {
        if (node instanceof Row row) {
            return row.isEmpty() ? Optional.empty() : Optional.of(row);
        }
        return node == null ? Optional.empty() : rowOf(node.getParent());
    }

    /// The list can be edited only now: else a click on the chosen row would begin it, and the second
    /// click of two.
    private void rename() {
        list.setEditable(true);
        list.edit(list.getSelectionModel().getSelectedIndex());
    }

    private void keys(KeyEvent event) {
        var chosen = chosen();
        if (chosen.isEmpty() || list.getEditingIndex() >= 0) {
            return;
        }
        switch (event.getCode()) {
            case KeyCode.ENTER -> {
                model.open(chosen.get());
                event.consume();
            }
            case KeyCode.F2 -> {
                rename();
                event.consume();
            }
            default -> {}
        }
    }

    private final class Row extends ListCell<DocumentEntry> {
        private final Label title = Labels.of("", "row-title");
        private final Label server = Labels.of("", "row-about");
        private final Label state = Labels.of("", "row-state");
        private final Label used = Labels.of("", "row-used");
        private final TextField field = new TextField();
        private final StackPane name = new StackPane(title, field);
        private final HBox content;

        Row() {
            getStyleClass().add("document-row");
            name.setAlignment(Pos.CENTER_LEFT);
            field.getStyleClass().add("row-field");
            field.visibleProperty().bind(editingProperty());
            field.managedProperty().bind(field.visibleProperty());
            title.visibleProperty().bind(editingProperty().not());
            field.setOnAction(event -> rename());
            field.focusedProperty().addListener((property, was, is) -> {
                if (!is && isEditing()) {
                    rename();
                }
            });
            field.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
                if (event.getCode() == KeyCode.ESCAPE) {
                    cancelEdit();
                    event.consume();
                }
            });
            var column = new VBox(name, server);
            column.getStyleClass().add("row-column");
            column.setMinWidth(0);
            HBox.setHgrow(column, Priority.ALWAYS);
            state.setMinWidth(Region.USE_PREF_SIZE);
            used.setMinWidth(Region.USE_PREF_SIZE);
            content = new HBox(Icons.of("mdi2f-file-document-outline"), column, state, used);
            content.getStyleClass().add("row-content");
            content.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
            setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && !isEmpty()) {
                    model.open(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable DocumentEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (empty || entry == null) {
                setGraphic(null);
                setAccessibleText("");
                return;
            }
            title.setText(words.title(entry));
            server.setText(words.about(entry));
            used.setText(words.used(entry));
            state.setText(words.state(entry));
            state.setVisible(!words.state(entry).isEmpty());
            field.setAccessibleText(strings.get("list.rename", words.title(entry)));
            setAccessibleText(
                    words.state(entry).isEmpty()
                            ? strings.get("list.row", words.title(entry), words.about(entry), words.used(entry))
                            : strings.get(
                                    "list.row.state",
                                    words.title(entry),
                                    words.about(entry),
                                    words.used(entry),
                                    words.state(entry)));
            setGraphic(content);
        }

        @Override
        public void startEdit() {
            super.startEdit();
            if (isEditing()) {
                model.hold(true);
                field.setText(getItem().title());
                field.requestFocus();
                field.selectAll();
            }
        }

        @Override
        public void cancelEdit() {
            super.cancelEdit();
            list.setEditable(false);
            model.hold(false);
        }

        private void rename() {
            var entry = getItem();
            String wanted = field.getText();
            cancelEdit();
            list.requestFocus();
            model.rename(entry, wanted);
        }
    }
}
