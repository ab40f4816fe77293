package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// The menu bar. What a window cannot do is not in it.
final class Menus {
    record Part(String key, List<List<Command>> groups) {
        String label(Strings strings) {
            return Mnemonics.without(strings.get("menu." + key));
        }
    }

    static final List<Part> BAR = List.of(
            new Part(
                    "file",
                    List.of(
                            List.of(Command.NEW_DOCUMENT, Command.OPEN_HOME),
                            List.of(Command.EXPORT, Command.KEPT_COPIES),
                            List.of(Command.SHARE, Command.COPY_LINK),
                            List.of(Command.SAVE_NOW, Command.RENAME, Command.WORK_OFFLINE),
                            List.of(Command.CLOSE, Command.QUIT))),
            new Part(
                    "edit",
                    List.of(
                            List.of(Command.UNDO, Command.REDO),
                            List.of(Command.CUT, Command.COPY, Command.PASTE, Command.PASTE_PLAIN),
                            List.of(Command.SELECT_ALL),
                            List.of(Command.FIND, Command.REPLACE, Command.FIND_NEXT, Command.FIND_PREVIOUS))),
            new Part(
                    "view",
                    List.of(
                            List.of(Command.SHOW_PEOPLE, Command.HIDE_PANEL),
                            List.of(Command.AUTHOR_COLOURS, Command.SHOW_CARETS),
                            List.of(Command.ZOOM_IN, Command.ZOOM_OUT, Command.ZOOM_ACTUAL),
                            List.of(Command.HIGH_CONTRAST, Command.FULL_SCREEN))),
            new Part("insert", List.of(List.of(Command.LINK, Command.CODE_BLOCK, Command.DIVIDER))),
            new Part(
                    "format",
                    List.of(
                            List.of(
                                    Command.BODY,
                                    Command.HEADING_1,
                                    Command.HEADING_2,
                                    Command.HEADING_3,
                                    Command.HEADING_4),
                            List.of(
                                    Command.BOLD,
                                    Command.ITALIC,
                                    Command.UNDERLINE,
                                    Command.STRIKETHROUGH,
                                    Command.INLINE_CODE),
                            List.of(
                                    Command.NUMBERED_LIST,
                                    Command.BULLETED_LIST,
                                    Command.CHECK_LIST,
                                    Command.TICK,
                                    Command.QUOTE),
                            List.of(Command.INDENT, Command.OUTDENT, Command.MOVE_UP, Command.MOVE_DOWN),
                            List.of(
                                    Command.ALIGN_LEFT,
                                    Command.ALIGN_CENTER,
                                    Command.ALIGN_RIGHT,
                                    Command.ALIGN_JUSTIFY),
                            List.of(Command.CLEAR_FORMATTING))),
            new Part(
                    "collaborate",
                    List.of(
                            List.of(Command.SHARE),
                            List.of(Command.NEXT_PERSON, Command.GO_BACK),
                            List.of(Command.FOLLOW_NEXT, Command.STOP_FOLLOWING))),
            new Part(
                    "help",
                    List.of(
                            List.of(Command.HELP, Command.PALETTE, Command.SHORTCUTS),
                            List.of(Command.COPY_DIAGNOSTICS, Command.OPEN_LOGS),
                            List.of(Command.CHECK_UPDATES, Command.ABOUT))));

    private Menus() {}

    static MenuBar bar(Commands commands, Strings strings) {
        var bar = new MenuBar();
        for (Part part : BAR) {
            var items = items(part.groups(), commands, strings);
            if (!items.isEmpty()) {
                var menu = new Menu(strings.get("menu." + part.key()));
                menu.setMnemonicParsing(true);
                menu.getItems().setAll(items);
                bar.getMenus().add(menu);
            }
        }
        bar.setAccessibleText(strings.get("menu.bar"));
        bar.setUseSystemMenuBar(true); // where there is one: on macOS
        return bar;
    }

    private static List<MenuItem> items(List<List<Command>> groups, Commands commands, Strings strings) {
        var items = new ArrayList<MenuItem>();
        for (var group : groups) {
            var there = group.stream()
                    .map(command -> item(command, commands, strings))
                    .flatMap(Optional::stream)
                    .toList();
            if (!items.isEmpty() && !there.isEmpty()) {
                items.add(new SeparatorMenuItem());
            }
            items.addAll(there);
        }
        return items;
    }

    /// A menu item that does, mirrors and is forbidden as its command.
    static Optional<MenuItem> item(Command command, Commands commands, Strings strings) {
        return commands.get(command).map(doing -> {
            var item = doing.on().isPresent() ? new CheckMenuItem() : new MenuItem();
            item.setText(command.menuLabel(strings));
            item.setMnemonicParsing(true);
            item.setOnAction(event -> doing.run().run());
            item.disableProperty().bind(doing.enabled().map(can -> !can));
            command.keys().stream().findFirst().ifPresent(item::setAccelerator);
            if (item instanceof CheckMenuItem check) {
                doing.on().ifPresent(on -> Mirror.of(check.selectedProperty(), on));
            }
            return item;
        });
    }
}
