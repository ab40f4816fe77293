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
            List.of("#b5c1fd", "#b07821", "#4ef1da", "#fc1496", "#9c63fe", "#d2c43c", "#f59c9a", "#3690a0"));

    /// How much of a selection's colour is left when it is 30 s old.
    static final double OLD_TINT = 0.08;

    private final Color page;
    private final Color text;
    private final double tint;
    private final List<Color> slots;

    Palette(String page, String text, double tint, List<String> slots) {
        this.page = Color.web(page);
        this.text = Color.web(text);
        this.tint = tint;
        this.slots = slots.stream().map(Color::web).toList();
    }

    public static Palette of(boolean dark) {
        return dark ? DARK : LIGHT;
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
