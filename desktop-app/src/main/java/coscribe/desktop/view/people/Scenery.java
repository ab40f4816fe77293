package coscribe.desktop.view.people;

import coscribe.desktop.view.text.TextGeometry;
import coscribe.desktop.viewmodel.People;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.presence.Caret;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;

/// What people are drawn with.
///
/// @param own    this writer's caret and selection, in the text as it is shown
/// @param timer  wakes what only time changes; its tasks are short
/// @param looks  the colours of people, as the page is now
/// @param calm   whether nothing is to move by itself
public record Scenery(
        People people,
        TextGeometry text,
        Supplier<Caret> own,
        ScheduledExecutorService timer,
        ObservableValue<Palette> looks,
        ObservableBooleanValue calm,
        Strings strings) {
    Palette palette() {
        return looks.getValue();
    }
}
