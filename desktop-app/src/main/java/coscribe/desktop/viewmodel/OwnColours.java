package coscribe.desktop.viewmodel;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The colours that this writer gave to people in place of those that everybody else sees. One of
/// the palette's, so that all that holds for those holds for these; the shape stays the person's.
/// On the thread that draws.
public final class OwnColours {
    private final ReadOnlyObjectWrapper<Map<PersonId, Integer>> chosen;

    /// @param first  colours by people, each from 0 to 7
    public OwnColours(Map<PersonId, Integer> first) {
        this.chosen = new ReadOnlyObjectWrapper<>(Map.copyOf(first));
    }

    /// Another map at each change.
    public ReadOnlyObjectProperty<Map<PersonId, Integer>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /// Empty: as everybody sees them.
    public Optional<Integer> of(PersonId person) {
        return Optional.ofNullable(chosen.get().get(person));
    }

    /// @param colour  0 to 7; empty: as everybody sees them
    public void choose(PersonId person, Optional<Integer> colour) {
        var next = new HashMap<>(chosen.get());
        colour.ifPresentOrElse(it -> next.put(person, it), () -> next.remove(person));
        if (!next.equals(chosen.get())) {
            chosen.set(Map.copyOf(next));
        }
    }

    /// Somebody as this writer wants to see them.
    Person shown(Person person) {
        return of(person.id())
                .map(colour -> new Person(
                        person.id(),
                        person.name(),
                        new PaletteSlot(colour, person.slot().shape())))
                .orElse(person);
    }
}
