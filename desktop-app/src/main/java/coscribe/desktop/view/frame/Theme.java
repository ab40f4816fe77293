package coscribe.desktop.view.frame;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// How the windows of this process are dressed: light or dark, one for all of them. The root of
/// each scene carries the style class `light` or `dark`; colours come from the names that AtlantaFX
/// looks up (`-color-bg-default` and so on). On the thread that draws.
public final class Theme {
    private final ReadOnlyObjectWrapper<ColorScheme> scheme = new ReadOnlyObjectWrapper<>(ColorScheme.LIGHT);
    private final List<Scene> dressed = new ArrayList<>();

    private Theme() {
        for (String face : List.of("Regular", "Italic", "SemiBold", "Bold", "BoldItalic")) {
            loadFace("fonts/Inter-" + face + ".otf");
        }
        for (String face : List.of("Regular", "Italic", "Bold", "BoldItalic")) {
            loadFace("fonts/JetBrainsMono-" + face + ".ttf");
        }
    }

    /// Where the platform does not take a face, its own font is used instead.
    private static void loadFace(String name) {
        try (var face = Objects.requireNonNull(Theme.class.getResourceAsStream(name), name)) {
            var _ = Font.loadFont(face, -1);
        } catch (IOException e) {
            throw new UncheckedIOException("a font inside the app cannot be read", e);
        }
    }

    /// As the system is, and changing with it.
    public static Theme followingSystem() {
        var theme = new Theme();
        var system = Platform.getPreferences().colorSchemeProperty();
        system.addListener((property, was, is) -> theme.set(is));
        theme.set(system.get());
        return theme;
    }

    public static Theme of(ColorScheme scheme) {
        var theme = new Theme();
        theme.set(scheme);
        return theme;
    }

    public void set(ColorScheme now) {
        scheme.set(now);
        Application.setUserAgentStylesheet(
                now == ColorScheme.DARK
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        dressed.removeIf(scene -> scene.getWindow() == null);
        dressed.forEach(this::mark);
    }

    public ReadOnlyObjectProperty<ColorScheme> scheme() {
        return scheme.getReadOnlyProperty();
    }

    /// Puts the frame's style sheet on a scene and keeps its root's class right. Other rooms add
    /// their own sheets.
    public void dress(Scene scene) {
        scene.getStylesheets()
                .add(Objects.requireNonNull(Theme.class.getResource("frame.css"))
                        .toExternalForm());
        dressed.add(scene);
        mark(scene);
    }

    private void mark(Scene scene) {
        var classes = scene.getRoot().getStyleClass();
        classes.removeAll("light", "dark");
        classes.add(scheme.get() == ColorScheme.DARK ? "dark" : "light");
    }
}
