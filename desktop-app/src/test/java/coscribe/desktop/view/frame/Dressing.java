package coscribe.desktop.view.frame;

import java.util.Locale;
import javafx.application.ColorScheme;

/// Every way in which windows are dressed.
enum Dressing {
    LIGHT(ColorScheme.LIGHT, false, 4.5),
    DARK(ColorScheme.DARK, false, 4.5),
    CONTRAST_ON_WHITE(ColorScheme.LIGHT, true, 7),
    CONTRAST_ON_BLACK(ColorScheme.DARK, true, 7);

    private final ColorScheme scheme;
    private final boolean contrast;
    private final double least;

    Dressing(ColorScheme scheme, boolean contrast, double least) {
        this.scheme = scheme;
        this.contrast = contrast;
        this.least = least;
    }

    Theme theme() {
        var theme = Theme.of(scheme);
        theme.wantContrast(contrast);
        return theme;
    }

    boolean isContrast() {
        return contrast;
    }

    /// How well words must stand out.
    double least() {
        return least;
    }

    /// As a part of a picture's name.
    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
