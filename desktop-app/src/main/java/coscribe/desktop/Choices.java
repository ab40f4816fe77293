package coscribe.desktop;

import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Views;
import coscribe.desktop.viewmodel.OwnColours;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.PersonId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;

/// What a person chose about how windows look, from one start to the next. A file that cannot be
/// read or written is no trouble: everything then is as it was made. On the thread that draws.
final class Choices {
    private static final String HIGH_CONTRAST = "high.contrast"; // although the system does not ask for it
    private static final String ZOOM = "zoom"; // in percent
    private static final String COLOUR = "colour."; // of a person, by their id
    private static final String PANEL_WIDTH = "panel.width"; // px

    private final SettingsFile file;
    private final Properties chosen;
    private final Executor disk;

    /// @param folder  made if it is missing
    /// @param disk    where it is written, one task after the other
    Choices(Path folder, Executor disk) {
        this.file = new SettingsFile(folder, "choices", "What was chosen in Coscribe about how its windows look");
        this.chosen = file.read();
        this.disk = disk;
    }

    /// Everything as it was at the last end; what is changed from now on is kept.
    void into(Theme theme, Views views) {
        theme.wantContrast(Boolean.parseBoolean(chosen.getProperty(HIGH_CONTRAST)));
        number(ZOOM).ifPresent(views.zoom()::set);
        number(PANEL_WIDTH).ifPresent(views.panelWidth()::set);
        views.zoom().percent().addListener((property, was, is) -> keep(ZOOM, is.toString()));
        views.panelWidth()
                .addListener((property, was, is) -> keep(PANEL_WIDTH, Long.toString(Math.round(is.doubleValue()))));
    }

    private OptionalInt number(String name) {
        try {
            return OptionalInt.of(Integer.parseInt(chosen.getProperty(name, "")));
        } catch (NumberFormatException e) {
            return OptionalInt.empty(); // never chosen, or not by us
        }
    }

    /// Gives what is on or off in a window the value that it had last in any, and keeps each change.
    void follow(String name, BooleanProperty on) {
        Optional.ofNullable(chosen.getProperty(name)).map(Boolean::parseBoolean).ifPresent(on::set);
        on.addListener((property, was, is) -> keep(name, is.toString()));
    }

    /// What people are drawn in for this person only; each change is kept.
    OwnColours colours() {
        var first = new HashMap<PersonId, Integer>();
        for (String name : chosen.stringPropertyNames()) {
            if (name.startsWith(COLOUR)) {
                number(name).ifPresent(colour -> person(name).ifPresent(who -> first.put(who, colour)));
            }
        }
        first.values().removeIf(colour -> colour < 0 || colour >= PaletteSlot.COLOURS);
        var colours = new OwnColours(first);
        colours.chosen().addListener((property, was, is) -> {
            was.keySet().stream().filter(who -> !is.containsKey(who)).forEach(who -> forget(COLOUR + who.hex()));
            is.forEach((who, colour) -> keep(COLOUR + who.hex(), Integer.toString(colour)));
        });
        return colours;
    }

    private static Optional<PersonId> person(String name) {
        try {
            return Optional.of(new PersonId(name.substring(COLOUR.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not by us
        }
    }

    void keepContrast(boolean is) {
        keep(HIGH_CONTRAST, Boolean.toString(is));
    }

    private void keep(String name, String value) {
        if (!value.equals(chosen.getProperty(name))) {
            chosen.setProperty(name, value);
            file.write(chosen, disk);
        }
    }

    private void forget(String name) {
        if (chosen.remove(name) != null) {
            file.write(chosen, disk);
        }
    }
}
