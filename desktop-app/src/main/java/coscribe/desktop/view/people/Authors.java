package coscribe.desktop.view.people;

import coscribe.desktop.view.text.AuthorMarks;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;

/// In which colours a text shows who wrote it, where the writer wants to see that.
final class Authors implements AutoCloseable {
    private final Scenery scenery;
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<AuthorMarks>> colours = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ChangeListener<Object> changes = (property, was, is) -> look();

    Authors(Scenery scenery) {
        this.scenery = scenery;
        shown.addListener(changes);
        scenery.looks().addListener(changes);
        scenery.people().met().addListener(changes);
    }

    BooleanProperty shown() {
        return shown;
    }

    /// Another one only where a colour is.
    ReadOnlyObjectProperty<Optional<AuthorMarks>> colours() {
        return colours.getReadOnlyProperty();
    }

    private void look() {
        if (!shown.get()) {
            colours.set(Optional.empty());
            return;
        }
        var now = Optional.<AuthorMarks>of(
                new AuthorColours(scenery.people().met().get(), scenery.palette()));
        if (!now.equals(colours.get())) {
            colours.set(now);
        }
    }

    @Override
    public void close() {
        shown.removeListener(changes);
        scenery.looks().removeListener(changes);
        scenery.people().met().removeListener(changes);
    }
}
