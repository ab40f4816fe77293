package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Strings;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// What can be done where the pointer or the caret is: by the right button, the menu key or
/// Shift+F10. What a reader cannot do is there, and disabled.
final class TextMenu {
    private static final KeyCombination SHOW = new KeyCodeCombination(KeyCode.F10, KeyCombination.SHIFT_DOWN);

    private final PageArea area;
    private final TextCommands commands;
    private final LinksShown links;
    private final ContextMenu menu = new ContextMenu();
    private final MenuItem cut;
    private final MenuItem copy;
    private final List<MenuItem> forWriters;
    private final List<MenuItem> always;
    private final List<MenuItem> forLinks;
    private final MenuItem editLink;
    private int at; // a character

    /// @param editLink  asks for another target of the link that the caret is in
    TextMenu(PageArea area, TextCommands commands, LinksShown links, Runnable editLink, Strings strings) {
        this.area = area;
        this.commands = commands;
        this.links = links;
        cut = item(strings.get("command.cut"), commands::cut, Keys.CUT);
        copy = item(strings.get("command.copy"), commands::copy, Keys.COPY);
        var paste = item(strings.get("command.paste"), commands::paste, Keys.PASTE);
        var plain = item(strings.get("command.pastePlain"), commands::pastePlain, Keys.PASTE_PLAIN);
        var all = item(strings.get("command.selectAll"), commands::selectAll, Keys.ALL);
        forWriters = List.of(paste, plain);
        always = List.of(cut, copy, paste, plain, new SeparatorMenuItem(), all);
        this.editLink = item(strings.get("link.menu.edit"), editLink, Keys.LINK);
        forLinks = List.of(
                item(strings.get("link.menu.show"), () -> links.open(at), LinksShown.SHOW),
                this.editLink,
                new SeparatorMenuItem());
        area.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::asked);
    }

    private static MenuItem item(String words, Runnable does, KeyCombination keys) {
        var item = new MenuItem(words);
        item.setMnemonicParsing(true);
        item.setAccelerator(keys); // only shown: the menu is none of a control
        item.setOnAction(event -> does.run());
        return item;
    }

    /// Takes a key that asks for the menu; says whether it was one.
    boolean take(KeyEvent event) {
        if (event.getCode() == KeyCode.CONTEXT_MENU || SHOW.match(event)) {
            showAtCaret();
            event.consume();
            return true;
        }
        return false;
    }

    private void asked(ContextMenuEvent event) {
        event.consume();
        if (event.isKeyboardTrigger()) {
            showAtCaret();
            return;
        }
        var hit = area.hit(event.getX(), event.getY());
        var selected = area.getSelection();
        int place = hit.getInsertionIndex();
        if (place < selected.getStart() || place > selected.getEnd()) {
            area.moveTo(place);
        }
        area.requestFocus();
        show(hit.getCharacterIndex().orElse(place), new Point2D(event.getScreenX(), event.getScreenY()));
    }

    /// Some systems tell of the key, some of what it asks for, and some of both.
    private void showAtCaret() {
        if (menu.isShowing()) {
            return;
        }
        int caret = area.getCaretPosition();
        Bounds place = area.getCaretBounds().orElseGet(() -> area.localToScreen(area.getLayoutBounds()));
        show(links.isAt(caret) ? caret : caret - 1, new Point2D(place.getMinX(), place.getMaxY()));
    }

    private void show(int character, Point2D place) {
        at = character;
        boolean writes = commands.editable().get();
        boolean selected = area.getSelection().getLength() > 0;
        forWriters.forEach(item -> item.setDisable(!writes));
        cut.setDisable(!writes || !selected);
        copy.setDisable(!selected);
        editLink.setDisable(!writes);
        menu.getItems().setAll(links.isAt(character) ? forLinks : List.of());
        menu.getItems().addAll(always);
        menu.show(area, place.getX(), place.getY());
    }

    void close() {
        menu.hide();
    }

    /// For tests.
    ContextMenu menu() {
        return menu;
    }
}
