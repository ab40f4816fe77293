package coscribe.desktop.view.people;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.paint.Color;

/// In which colours a text shows who wrote it, where the writer wants to see that.
final class Authors implements AutoCloseable {
    private final Scenery scenery;
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Function<String, Color>>> colours =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ChangeListener<Object> changes = (property, was, is) -> look();

    Authors(Scenery scenery) {
        this.scenery = scenery;
        shown.addListener(changes);
        scenery.looks().addListener(changes);
        scenery.people().everyone().addListener(changes);
        scenery.people().selfProperty().addListener(changes);
    }

    BooleanProperty shown() {
        return shown;
    }

    /// Another one only where a colour is.
    ReadOnlyObjectProperty<Optional<Function<String, Color>>> colours() {
        return colours.getReadOnlyProperty();
    }

    private void look() {
        if (!shown.get()) {
            colours.set(Optional.empty());
            return;
        }
        var here = new HashMap<String, PaletteSlot>();
        scenery.people()
                .everyone()
                .get()
                .forEach(who -> here.put(who.person().id().hex(), who.slot()));
        scenery.people()
                .self()
                .map(Member::person)
                .ifPresent(me -> here.put(me.id().hex(), me.slot()));
        var now = Optional.<Function<String, Color>>of(new AuthorColours(here, scenery.palette()));
        if (!now.equals(colours.get())) {
            colours.set(now);
        }
    }

    @Override
    public void close() {
        shown.removeListener(changes);
        scenery.looks().removeListener(changes);
        scenery.people().everyone().removeListener(changes);
        scenery.people().selfProperty().removeListener(changes);
    }
}
