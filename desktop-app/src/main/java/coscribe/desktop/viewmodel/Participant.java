package coscribe.desktop.viewmodel;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Somebody else who is in the document, with all their devices: what an avatar shows.
///
/// @param devices  in the order they came; never empty
public record Participant(Person person, List<Collaborator> devices) {
    public Participant {
        devices = List.copyOf(devices);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException(person.name() + " is here with no device");
        }
    }

    public PersonId id() {
        return person.id();
    }

    public String name() {
        return person.name();
    }

    public PaletteSlot slot() {
        return person.slot();
    }

    /// The device they used last; one in the text before one that is not.
    public Collaborator newest() {
        return devices.stream()
                .max(Comparator.comparing((Collaborator it) -> it.caret().isPresent())
                        .thenComparing(Collaborator::lastActive))
                .orElseThrow();
    }

    public boolean isViewer() {
        return newest().isViewer();
    }

    public boolean isTyping(Instant now) {
        return devices.stream().anyMatch(it -> it.isTyping(now));
    }

    public boolean isIdle(Instant now) {
        return devices.stream().allMatch(it -> it.isIdle(now));
    }
}
