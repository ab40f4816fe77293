package coscribe.desktop.view.people;

import coscribe.ot.presence.PaletteSlot;
import java.util.Map;
import java.util.function.Function;
import javafx.scene.paint.Color;

/// The ground behind what somebody wrote: as strong as a selection, so that letters on it read as
/// well. Who is not here has the colour that they start from everywhere.
///
/// @param here  by the ids of people
record AuthorColours(Map<String, PaletteSlot> here, Palette palette) implements Function<String, Color> {
    AuthorColours {
        here = Map.copyOf(here);
    }

    @Override
    public Color apply(String author) {
        var slot = here.getOrDefault(author, PaletteSlot.of(author));
        return palette.of(slot).deriveColor(0, 1, 1, palette.tint());
    }
}
