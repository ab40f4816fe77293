package coscribe.desktop.view.people;

import javafx.beans.value.ChangeListener;
import javafx.scene.control.Button;

/// "3 people", oneself among them, in the status line. A click shows who they are.
final class PeopleCount extends Button implements AutoCloseable {
    private final Scenery scenery;
    private final Roster roster;
    private final ChangeListener<Object> changes = (property, was, is) -> show();

    /// @param all  shows the list of everybody
    PeopleCount(Scenery scenery, Roster roster, Runnable all) {
        this.scenery = scenery;
        this.roster = roster;
        getStyleClass().add("people-count");
        setMnemonicParsing(false);
        setOnAction(event -> all.run());
        roster.rows().addListener(changes);
        show();
    }

    private void show() {
        setText(scenery.strings().count("people.count", roster.count()));
        setAccessibleText(scenery.strings().get("people.count.spoken", getText()));
    }

    @Override
    public void close() {
        roster.rows().removeListener(changes);
    }
}
