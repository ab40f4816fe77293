package coscribe.desktop.view.people;

import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Participant;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;

/// Who is here, for what lists them: looks again when somebody did something or a moment came, and
/// at most once a turn of the thread that draws. Keeps the beat of typing dots while somebody types
/// and things may move.
final class Roster implements AutoCloseable {
    private final Scenery scenery;
    private final ReadOnlyObjectWrapper<List<PersonRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<PersonRow>> self = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Alarm alarm;
    private final ChangeListener<Object> changes = (property, was, is) -> lookSoon();
    private boolean due;
    private boolean closed;

    Roster(Scenery scenery) {
        this.scenery = scenery;
        this.alarm = new Alarm(scenery.timer(), Platform::runLater, scenery.people()::now, this::look);
        scenery.people().everyone().addListener(changes);
        scenery.people().selfProperty().addListener(changes);
        look();
    }

    /// This writer; empty: the relay has not said yet how they are seen.
    ReadOnlyObjectProperty<Optional<PersonRow>> self() {
        return self.getReadOnlyProperty();
    }

    /// The others, in the order they came; changes only when something that is shown does.
    ReadOnlyObjectProperty<List<PersonRow>> rows() {
        return rows.getReadOnlyProperty();
    }

    private void lookSoon() {
        if (!due) {
            due = true;
            Platform.runLater(this::look);
        }
    }

    /// Looks now.
    void look() {
        due = false;
        if (!closed) {
            scenery.people().refresh();
            var now = scenery.people().now();
            int elsewhere = scenery.people().ownDevices().size();
            self.set(scenery.people().self().map(me -> PersonRow.self(me, elsewhere)));
            rows.set(scenery.people().participants().stream()
                    .map(who -> PersonRow.of(who, now))
                    .toList());
            scenery.people().untilChange().ifPresent(span -> alarm.setTo(now.plus(span)));
        }
    }

    /// How many people are here, this writer among them.
    int count() {
        return rows.get().size() + 1;
    }

    /// The person of a row; empty: they left.
    Optional<Participant> find(PersonRow row) {
        return scenery.people().participants().stream()
                .filter(who -> who.id().equals(row.id()))
                .findFirst();
    }

    @Override
    public void close() {
        closed = true;
        alarm.close();
        scenery.people().everyone().removeListener(changes);
        scenery.people().selfProperty().removeListener(changes);
    }

    /// Moves typing dots while there are any.
    abstract static class Beat extends AnimationTimer {
        private boolean running;

        void run(boolean wanted) {
            if (wanted != running) {
                running = wanted;
                if (wanted) {
                    start();
                } else {
                    stop();
                }
            }
        }
    }
}
