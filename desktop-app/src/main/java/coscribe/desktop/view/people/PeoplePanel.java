package coscribe.desktop.view.people;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.beans.value.ChangeListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Everybody in the document, oneself first. Enter or a click on a row goes there.
final class PeoplePanel extends VBox implements AutoCloseable {
    private final Scenery scenery;
    private final Roster roster;
    private final PeopleView.Ways ways;
    private final Label heading = new Label();
    private final ObservableList<PersonRow> rows = FXCollections.observableArrayList();
    private final ListView<PersonRow> list = new ListView<>(rows);
    private final Set<Cell> cells = new LinkedHashSet<>(); // that show somebody
    private final ChangeListener<Object> changes = (property, was, is) -> show();
    private final ChangeListener<Object> redress = (property, was, is) -> cells.forEach(Cell::show);
    private final Roster.Beat beat = new Roster.Beat() {
        @Override
        public void handle(long nanos) {
            cells.forEach(cell -> cell.face.beat(nanos));
        }
    };

    PeoplePanel(Scenery scenery, Roster roster, PeopleView.Ways ways) {
        this.scenery = scenery;
        this.roster = roster;
        this.ways = ways;
        Styles.on(this);
        getStyleClass().add("people-panel");
        heading.getStyleClass().add("people-heading");
        heading.setLabelFor(list);
        list.getStyleClass().add("people-list");
        list.setAccessibleText(scenery.strings().get("people.label"));
        list.setCellFactory(view -> new Cell());
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                visit(list.getSelectionModel().getSelectedItem());
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(heading, list);
        roster.rows().addListener(changes);
        roster.self().addListener(changes);
        scenery.calm().addListener(changes);
        scenery.looks().addListener(redress);
        show();
    }

    private void visit(@Nullable PersonRow row) {
        if (row != null && !row.self()) {
            ways.goTo(row);
        }
    }

    private void show() {
        var now = new ArrayList<PersonRow>();
        roster.self().get().ifPresent(now::add);
        now.addAll(roster.rows().get());
        heading.setText(scenery.strings().count("people.count", roster.count()));
        for (int i = 0; i < now.size(); i++) {
            if (i >= rows.size()) {
                rows.add(now.get(i));
            } else if (!rows.get(i).equals(now.get(i))) {
                rows.set(i, now.get(i));
            }
        }
        rows.remove(now.size(), rows.size());
        boolean typing =
                now.stream().anyMatch(PersonRow::typing) && !scenery.calm().get();
        beat.run(typing && getScene() != null);
        if (scenery.calm().get()) {
            cells.forEach(cell -> cell.face.rest());
        }
    }

    @Override
    public void close() {
        beat.run(false);
        roster.rows().removeListener(changes);
        roster.self().removeListener(changes);
        scenery.calm().removeListener(changes);
        scenery.looks().removeListener(redress);
    }

    private final class Cell extends ListCell<PersonRow> {
        private final AvatarFace face = new AvatarFace();
        private final Label name = new Label();
        private final Label state = new Label();
        private final HBox box;

        Cell() {
            var words = new VBox(name, state);
            HBox.setHgrow(words, Priority.ALWAYS);
            box = new HBox(face, words);
            box.getStyleClass().add("people-row");
            name.getStyleClass().add("people-name");
            state.getStyleClass().add("people-state");
            words.setMinWidth(0);
            addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
                if (event.getButton() == MouseButton.PRIMARY && !isEmpty()) {
                    visit(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable PersonRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                cells.remove(this);
                setGraphic(null);
                setContextMenu(null);
                setAccessibleText("");
                return;
            }
            cells.add(this);
            show();
        }

        private void show() {
            var row = getItem();
            var strings = scenery.strings();
            face.show(row, scenery.palette());
            name.setText(row.self() ? strings.get("people.you", row.name()) : row.name());
            state.setText(row.state(strings));
            setAccessibleText(row.spoken(strings));
            setContextMenu(row.self() ? null : PersonMenu.of(row, scenery, ways));
            setGraphic(box);
        }
    }
}
