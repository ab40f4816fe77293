package coscribe.desktop.view.people;

import coscribe.ot.presence.PaletteSlot;
import java.util.List;
import javafx.scene.paint.Color;

/// The colours of people. Chosen so that each reads on the page and carries its
/// page's colour as text, and that any two tell apart for every kind of colour vision; a test
/// computes both anew.
public enum Palette {
    LIGHT(
            "#ffffff",
            "#24292f",
            0.18,
            List.of("#4565fc", "#89250a", "#206942", "#6c3352", "#5329a3", "#79781a", "#c84766", "#0d7f93")),
    DARK(
            "#0d1117",
            "#c9d1d9",
            0.28,
            List.of("#b5c1fd", "#b07821", "#4ef1da", "#fc1496", "#9c63fe", "#d2c43c", "#f59c9a", "#3690a0")),
    /// High contrast: the same colours, as outlines, and nothing lets anything through.
    LIGHT_OUTLINES("#ffffff", "#000000", 1, LIGHT.colours),
    DARK_OUTLINES("#000000", "#ffffff", 1, DARK.colours);

    /// How much of a selection's colour is left when it is 30 s old.
    static final double OLD_TINT = 0.08;

    private final Color page;
    private final Color text;
    private final double tint;
    private final List<String> colours;
    private final List<Color> slots;

    Palette(String page, String text, double tint, List<String> slots) {
        this.page = Color.web(page);
        this.text = Color.web(text);
        this.tint = tint;
        this.colours = slots;
        this.slots = slots.stream().map(Color::web).toList();
    }

    /// @param contrast  whether it is to be the most that is possible
    public static Palette of(boolean dark, boolean contrast) {
        if (contrast) {
            return dark ? DARK_OUTLINES : LIGHT_OUTLINES;
        }
        return dark ? DARK : LIGHT;
    }

    /// Whether selections are outlines, and nothing fades.
    public boolean outlined() {
        return this == LIGHT_OUTLINES || this == DARK_OUTLINES;
    }

    public Color of(PaletteSlot slot) {
        return slots.get(slot.colour());
    }

    /// What is written on a person's colour; the page's own colour.
    public Color ink() {
        return page;
    }

    /// What body text is written in.
    public Color text() {
        return text;
    }

    /// How opaque a fresh selection is: 0 to 1.
    public double tint() {
        return tint;
    }
}
