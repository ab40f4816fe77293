package coscribe.desktop.view.frame;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.application.ColorScheme;
import javafx.scene.paint.Color;

/// How the system wants windows to look, from what JavaFX hears of it.
///
/// @param contrast  whether it asks for high contrast: Windows says so, and on Linux the name of the
///     theme does; macOS says it to nobody
/// @param inks      the colours for high contrast: the system's, where it tells them and they can be
///     read
record SystemLook(ColorScheme scheme, boolean contrast, Inks inks) {
    static SystemLook of(ColorScheme scheme) {
        return new SystemLook(scheme, false, Inks.of(scheme));
    }

    /// @param told    what the platform tells, by its own names
    /// @param scheme  what JavaFX makes of it
    static SystemLook of(Map<String, Object> told, ColorScheme scheme) {
        boolean contrast = Boolean.TRUE.equals(told.get("Windows.SPI.HighContrast"))
                || (told.get("GTK.theme_name") instanceof String name
                        && name.toLowerCase(Locale.ROOT).contains("contrast"));
        return contrast
                ? Inks.told(told)
                        .map(inks -> new SystemLook(inks.scheme(), true, inks))
                        .orElseGet(() -> new SystemLook(scheme, true, Inks.of(scheme)))
                : of(scheme);
    }

    /// The few colours that high contrast is made of.
    ///
    /// @param page    what is written on
    /// @param text    everything that is written
    /// @param chosen  edges of what is selected or has the keyboard, and what a button is made of
    /// @param on      what is written on `chosen`
    /// @param link    where something leads
    /// @param faint   what cannot be done now
    record Inks(Color page, Color text, Color chosen, Color on, Color link, Color faint) {
        private static final Inks ON_WHITE = new Inks(
                Color.WHITE,
                Color.BLACK,
                Color.web("#37006e"),
                Color.WHITE,
                Color.web("#00009f"),
                Color.web("#595959"));
        private static final Inks ON_BLACK = new Inks(
                Color.BLACK,
                Color.WHITE,
                Color.web("#1aebff"),
                Color.BLACK,
                Color.web("#ffff00"),
                Color.web("#b3b3b3"));
        private static final double READ = 4.5; // WCAG 2.1, level AA
        private static final double READ_WELL = 7; // level AAA

        static Inks of(ColorScheme scheme) {
            return scheme == ColorScheme.DARK ? ON_BLACK : ON_WHITE;
        }

        /// Those of Windows, or of GTK. Empty: not all are told, or what is told cannot be read.
        static Optional<Inks> told(Map<String, Object> told) {
            return named(
                            told,
                            "Windows.SysColor.COLOR_WINDOW",
                            "Windows.SysColor.COLOR_WINDOWTEXT",
                            "Windows.SysColor.COLOR_HIGHLIGHT",
                            "Windows.SysColor.COLOR_HIGHLIGHTTEXT",
                            "Windows.SysColor.COLOR_HOTLIGHT",
                            "Windows.SysColor.COLOR_GRAYTEXT")
                    .or(() -> named(
                            told,
                            "GTK.theme_base_color",
                            "GTK.theme_fg_color",
                            "GTK.theme_selected_bg_color",
                            "GTK.theme_selected_fg_color",
                            "",
                            "GTK.insensitive_fg_color"))
                    .filter(Inks::canBeRead);
        }

        private static Optional<Inks> named(
                Map<String, Object> told,
                String page,
                String text,
                String chosen,
                String on,
                String link,
                String faint) {
            if (!(told.get(page) instanceof Color ground)
                    || !(told.get(text) instanceof Color ink)
                    || !(told.get(chosen) instanceof Color edge)
                    || !(told.get(on) instanceof Color above)) {
                return Optional.empty();
            }
            return Optional.of(new Inks(
                    solid(ground),
                    solid(ink),
                    solid(edge),
                    solid(above),
                    told.get(link) instanceof Color there ? solid(there) : solid(ink),
                    told.get(faint) instanceof Color pale ? solid(pale) : solid(ink)));
        }

        private static Color solid(Color colour) {
            return Color.color(colour.getRed(), colour.getGreen(), colour.getBlue());
        }

        private boolean canBeRead() {
            return contrast(page, text) >= READ_WELL
                    && contrast(page, chosen) >= 3
                    && contrast(chosen, on) >= READ
                    && contrast(page, link) >= READ
                    && contrast(page, faint) >= 3;
        }

        ColorScheme scheme() {
            return luminance(page) < luminance(text) ? ColorScheme.DARK : ColorScheme.LIGHT;
        }

        /// What the style sheet looks up, as the style of a window's root.
        String style() {
            return "-hc-page: %s; -hc-text: %s; -hc-chosen: %s; -hc-on: %s; -hc-link: %s; -hc-faint: %s;"
                    .formatted(web(page), web(text), web(chosen), web(on), web(link), web(faint));
        }

        private static String web(Color colour) {
            return String.format(
                    Locale.ROOT,
                    "#%02x%02x%02x",
                    Math.round(colour.getRed() * 255),
                    Math.round(colour.getGreen() * 255),
                    Math.round(colour.getBlue() * 255));
        }

        /// WCAG 2's ratio, 1 to 21.
        private static double contrast(Color one, Color other) {
            double a = luminance(one);
            double b = luminance(other);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }

        private static double luminance(Color colour) {
            return 0.2126 * linear(colour.getRed())
                    + 0.7152 * linear(colour.getGreen())
                    + 0.0722 * linear(colour.getBlue());
        }

        private static double linear(double part) {
            return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
    }
}
