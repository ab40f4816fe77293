package coscribe.desktop.view.people;

import coscribe.desktop.view.text.AuthorMarks;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import java.util.Map;
import java.util.Optional;
import javafx.scene.paint.Color;

/// The ground behind what somebody wrote: as strong as a selection, so that letters on it read as
/// well; in high contrast, where nothing is tinted, a line. Who was never here has the colour that
/// they start from everywhere.
///
/// @param met  who is or was here
record AuthorColours(Map<PersonId, Person> met, Palette palette) implements AuthorMarks {
    AuthorColours {
        met = Map.copyOf(met);
    }

    @Override
    public Color colour(String author) {
        return palette.of(slot(new PersonId(author))).deriveColor(0, 1, 1, palette.tint());
    }

    @Override
    public boolean asLines() {
        return palette.outlined();
    }

    PaletteSlot slot(PersonId author) {
        return name(author).map(Person::slot).orElseGet(() -> PaletteSlot.of(author.hex()));
    }

    /// Empty: nobody here knows what they are called.
    Optional<Person> name(PersonId author) {
        return Optional.ofNullable(met.get(author));
    }
}
