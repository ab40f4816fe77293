package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.Strings;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What the Help menu shows.
final class HelpCards {
    private static final int MOST_KEYS = 2; // of one command; what else works is the same elsewhere

    /// Keys that are no command's.
    private record Further(String key, List<KeyCombination> keys) {
        Further(String key, String... keys) {
            this(key, Stream.of(keys).map(KeyCombination::valueOf).toList());
        }
    }

    private static final List<Further> FURTHER = List.of(
            new Further("region", "F6", "Shift+F6"),
            new Further("menus", "F10"),
            new Further("toText", "Esc"),
            new Further("inList", "Tab", "Shift+Tab"),
            new Further("showLink", "Alt+Enter"),
            new Further("textMenu", "Shift+F10"));

    private HelpCards() {}

    /// Every key that does something here, in the order of the menus.
    static Region shortcuts(Commands commands, Strings strings) {
        var grid = new GridPane();
        grid.getStyleClass().add("card-facts");
        int row = 0;
        var told = EnumSet.noneOf(Command.class); // one may be in two menus
        for (Menus.Part part : Menus.BAR) {
            var there = part.groups().stream()
                    .flatMap(List::stream)
                    .filter(command -> commands.has(command) && !command.keys().isEmpty() && told.add(command))
                    .toList();
            if (!there.isEmpty()) {
                grid.add(Labels.of(part.label(strings), "shortcut-group"), 0, row++, 2, 1);
            }
            for (Command command : there) {
                row(grid, row++, command.label(strings), command.keys(), strings);
            }
        }
        grid.add(Labels.of(strings.get("shortcuts.around"), "shortcut-group"), 0, row++, 2, 1);
        for (Further further : FURTHER) {
            row(grid, row++, strings.get("shortcuts." + further.key()), further.keys(), strings);
        }
        return scrolled(strings.get("shortcuts.title"), grid, "shortcuts-card");
    }

    private static void row(GridPane grid, int row, String what, List<KeyCombination> all, Strings strings) {
        var name = new Label(what);
        name.setMinWidth(Region.USE_PREF_SIZE);
        var keys = Labels.of(
                all.stream()
                        .limit(MOST_KEYS)
                        .map(KeyCombination::getDisplayText)
                        .collect(Collectors.joining(strings.get("shortcuts.or"))),
                "shortcut-keys");
        keys.setMinWidth(Region.USE_PREF_SIZE);
        grid.addRow(row, name, keys);
    }

    /// What somebody wants to know who sees Coscribe for the first time, and what it cannot do.
    static Region help(Strings strings) {
        var body = new VBox();
        body.getStyleClass().add("help-body");
        add(body, strings, "help.write");
        add(body, strings, "help.format", Command.UNDO.shownKeys());
        add(body, strings, "help.together", Command.UNDO.shownKeys());
        add(body, strings, "help.offline");
        add(
                body,
                strings,
                "help.keys",
                Command.SHORTCUTS.shownKeys(),
                Command.ZOOM_IN.shownKeys(),
                Command.ZOOM_OUT.shownKeys());
        add(body, strings, "help.trouble");
        add(body, strings, "help.limits");
        return scrolled(strings.get("help.title"), body, "help-card");
    }

    private static void add(VBox body, Strings strings, String key, Object... keys) {
        body.getChildren()
                .addAll(
                        Labels.of(strings.get(key), "help-heading"),
                        Labels.wrapped(strings.get(key + ".words", keys), "card-words"));
    }

    private static Region scrolled(String title, Region body, String style) {
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("card-scroll");
        scroll.setAccessibleText(title);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var card = new VBox(Labels.of(title, "card-title"), scroll);
        card.getStyleClass().add(style);
        return card;
    }

    static Region about(StatusDetails.Surroundings around, Strings strings) {
        var card = new VBox(
                Labels.of(strings.get("app.name"), "card-title"),
                Labels.wrapped(strings.get("about.version", around.version()), "card-words"),
                Labels.wrapped(strings.get("about.licence"), "card-words"),
                Labels.wrapped(strings.get("about.parts"), "card-words"));
        card.getStyleClass().add("details-card");
        return card;
    }
}
