package coscribe.desktop.view.people;

import coscribe.ot.presence.PaletteSlot;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// What can be done about a person, by the right button or the menu key: the ways there, and a
/// colour that only this writer sees. Filled when it is opened.
final class PersonMenu {
    private PersonMenu() {}

    static ContextMenu of(PersonRow row, Scenery scenery, PeopleView.Ways ways) {
        var menu = new ContextMenu();
        menu.setOnShowing(event -> fill(menu, row, scenery, ways));
        menu.getItems().add(new MenuItem()); // an empty one is never shown
        return menu;
    }

    private static void fill(ContextMenu menu, PersonRow row, Scenery scenery, PeopleView.Ways ways) {
        var strings = scenery.strings();
        var go = new MenuItem(strings.get("people.goTo"));
        go.setOnAction(event -> ways.goTo(row));
        go.setDisable(!row.inText());
        boolean followed = ways.isFollowed(row);
        var follow = new MenuItem(strings.get(followed ? "people.stopFollowing" : "people.follow"));
        follow.setOnAction(event -> ways.follow(row));
        follow.setDisable(!row.inText() && !followed);
        menu.getItems().setAll(go, follow, new SeparatorMenuItem(), colours(row, scenery));
    }

    private static Menu colours(PersonRow row, Scenery scenery) {
        var own = scenery.people().colours();
        var strings = scenery.strings();
        var menu = new Menu(strings.get("people.colour"));
        var usual = new RadioMenuItem(strings.get("people.colour.usual"));
        usual.setSelected(own.of(row.id()).isEmpty());
        usual.setOnAction(event -> own.choose(row.id(), Optional.empty()));
        menu.getItems().addAll(usual, new SeparatorMenuItem());
        for (int colour = 0; colour < PaletteSlot.COLOURS; colour++) {
            int chosen = colour;
            var slot = new PaletteSlot(colour, row.slot().shape());
            var item = new RadioMenuItem(strings.get("people.colour." + colour));
            item.setGraphic(Heads.of(
                    slot.shape(),
                    12,
                    scenery.palette().of(slot),
                    scenery.palette().ink()));
            item.setSelected(own.of(row.id()).equals(Optional.of(colour)));
            item.setOnAction(event -> own.choose(row.id(), Optional.of(chosen)));
            menu.getItems().add(item);
        }
        return menu;
    }
}
