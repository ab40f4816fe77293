package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Every command of a window, found by its name and run from the keyboard. What cannot be done just
/// now is there, too, and says so.
final class CommandPalette extends VBox {
    private final Commands commands;
    private final Strings strings;
    private final Runnable done;
    private final TextField wanted = new TextField();
    private final ListView<Command> list = new ListView<>();
    private final StringProperty trouble = new SimpleStringProperty("");

    /// @param done  the card is to go, and the keyboard back to the text
    CommandPalette(Commands commands, Runnable done, Strings strings) {
        this.commands = commands;
        this.done = done;
        this.strings = strings;
        getStyleClass().add("palette-card");
        wanted.setPromptText(strings.get("palette.prompt"));
        wanted.setAccessibleText(strings.get("palette.prompt"));
        wanted.textProperty().addListener((property, was, is) -> search());
        list.setCellFactory(view -> new Row());
        list.setFocusTraversable(false); // the keyboard stays in the field
        list.setAccessibleText(strings.get("palette.list"));
        list.setPlaceholder(Labels.of(strings.get("palette.none"), "card-words"));
        list.getStyleClass().add("palette-list");
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(wanted, list, Labels.told(trouble, "card-words"));
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /// Begins anew, with all of them.
    void begin() {
        wanted.clear();
        search();
        wanted.requestFocus();
    }

    private void search() {
        trouble.set("");
        list.getItems().setAll(matching(wanted.getText(), commands, strings));
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    /// The commands whose names have every word that was typed: those that begin with it first,
    /// then those with a word that does; else in the order of the menus.
    static List<Command> matching(String typed, Commands commands, Strings strings) {
        String whole = folded(typed, strings).strip();
        var words =
                Stream.of(whole.split("\\s+")).filter(word -> !word.isEmpty()).toList();
        return Menus.BAR.stream()
                .flatMap(part -> part.groups().stream().flatMap(List::stream))
                .distinct()
                .filter(command -> command != Command.PALETTE && commands.has(command))
                .filter(command -> {
                    String name = folded(command.label(strings), strings);
                    return words.stream().allMatch(name::contains);
                })
                .sorted(Comparator.comparingInt(command -> distance(folded(command.label(strings), strings), whole)))
                .toList();
    }

    private static int distance(String name, String typed) {
        return name.startsWith(typed) ? 0 : name.contains(" " + typed) ? 1 : 2;
    }

    private static String folded(String words, Strings strings) {
        return words.toLowerCase(strings.locale());
    }

    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case PAGE_DOWN -> move(8);
            case PAGE_UP -> move(-8);
            case ENTER -> run(list.getSelectionModel().getSelectedItem());
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        int last = list.getItems().size() - 1;
        if (last >= 0) {
            int to = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, last);
            list.getSelectionModel().select(to);
            list.scrollTo(Math.max(0, to - 3));
            trouble.set("");
        }
    }

    private void run(@Nullable Command command) {
        if (command == null) {
            return;
        }
        if (isPossible(command)) {
            done.run(); // what opens a card itself does so behind this
            commands.run(command);
        } else {
            trouble.set(strings.get("palette.impossible", command.label(strings)));
        }
    }

    private boolean isPossible(Command command) {
        return commands.get(command).filter(doing -> doing.enabled().get()).isPresent();
    }

    private boolean isOn(Command command) {
        return commands.get(command)
                .flatMap(Commands.Doing::on)
                .filter(on -> on.get())
                .isPresent();
    }

    private final class Row extends ListCell<Command> {
        private final Label name = Labels.of("", "palette-name");
        private final Label keys = Labels.of("", "shortcut-keys");
        private final HBox box;

        Row() {
            var gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            keys.setMinWidth(Region.USE_PREF_SIZE);
            box = new HBox(name, gap, keys);
            box.getStyleClass().add("palette-row");
            setOnMouseClicked(event -> run(getItem()));
        }

        @Override
        protected void updateItem(@Nullable Command command, boolean empty) {
            super.updateItem(command, empty);
            setText(null);
            setGraphic(empty || command == null ? null : box);
            if (command != null && !empty) {
                boolean possible = isPossible(command);
                name.setText(command.label(strings));
                name.setGraphic(isOn(command) ? Icons.of("mdi2c-check") : null);
                keys.setText(possible ? command.shownKeys() : strings.get("palette.notNow"));
                box.setOpacity(possible ? 1 : 0.6);
                setAccessibleText(
                        possible ? command.tip(strings) : strings.get("palette.impossible", command.label(strings)));
            }
        }
    }
}
