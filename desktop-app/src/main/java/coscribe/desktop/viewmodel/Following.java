package coscribe.desktop.viewmodel;

import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;

/// Whom this writer follows: that person's caret stays in view, until the writer does something of
/// their own, stops, or the person leaves. At the document's home.
public final class Following implements AutoCloseable {
    private final People people;
    private final Consumer<String> left;
    private final ReadOnlyObjectWrapper<Optional<Person>> whom = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ChangeListener<Object> changes = (property, was, is) -> look();
    private Optional<PersonId> last = Optional.empty();

    /// @param left  is told the name of somebody who went away while they were followed
    public Following(People people, Consumer<String> left) {
        this.people = people;
        this.left = left;
        people.everyone().addListener(changes);
    }

    public ReadOnlyObjectProperty<Optional<Person>> whom() {
        return whom.getReadOnlyProperty();
    }

    /// The device that the followed person used last, where it is in the text.
    public Optional<Collaborator> device() {
        return whom.get()
                .flatMap(person -> find(person.id()))
                .map(Participant::newest)
                .filter(it -> it.caret().isPresent());
    }

    /// Does nothing where they are not in the text.
    public void follow(PersonId id) {
        people.refresh();
        find(id).filter(Following::isInText).ifPresent(it -> {
            last = Optional.of(id);
            whom.set(Optional.of(it.person()));
        });
    }

    /// The next person in the order they came; from the last one, the first.
    public void followNext() {
        people.refresh();
        List<PersonId> there = people.participants().stream()
                .filter(Following::isInText)
                .map(Participant::id)
                .toList();
        if (!there.isEmpty()) {
            follow(there.get((last.map(there::indexOf).orElse(-1) + 1) % there.size()));
        }
    }

    public void stop() {
        whom.set(Optional.empty());
    }

    private static boolean isInText(Participant who) {
        return who.newest().caret().isPresent();
    }

    private Optional<Participant> find(PersonId id) {
        return people.participants().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    private void look() {
        whom.get().filter(person -> find(person.id()).isEmpty()).ifPresent(person -> {
            stop();
            if (!people.isOutOfTouch()) { // else nobody knows whether they left
                left.accept(person.name());
            }
        });
    }

    @Override
    public void close() {
        people.everyone().removeListener(changes);
        stop();
    }
}
