package coscribe.desktop.view.frame;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// How the windows of this process are dressed, one way for all of them: light, dark, or in high
/// contrast. The root of each scene carries the style class `light` or `dark`, and in high contrast
/// `contrast` too; colours come from the names that AtlantaFX looks up (`-color-bg-default` and so
/// on). On the thread that draws.
public final class Theme {
    private final ReadOnlyObjectWrapper<ColorScheme> scheme = new ReadOnlyObjectWrapper<>(ColorScheme.LIGHT);
    private final ReadOnlyBooleanWrapper contrast = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper contrastIsFree = new ReadOnlyBooleanWrapper(true);
    // Known weakly: a window that was closed keeps its scene, and with it all that stands behind the window.
    private final Set<Scene> dressed = Collections.newSetFromMap(new WeakHashMap<>());
    private SystemLook system = SystemLook.of(ColorScheme.LIGHT);
    private boolean wantsContrast;

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
        var told = Platform.getPreferences();
        InvalidationListener heard = source -> theme.take(SystemLook.of(told, told.getColorScheme()));
        told.addListener(heard);
        told.colorSchemeProperty().addListener(heard);
        heard.invalidated(told);
        return theme;
    }

    public static Theme of(ColorScheme scheme) {
        var theme = new Theme();
        theme.set(scheme);
        return theme;
    }

    /// Instead of what the system says.
    public void set(ColorScheme now) {
        take(SystemLook.of(now));
    }

    /// High contrast is asked for in the program itself, whatever the system says.
    public void wantContrast(boolean is) {
        if (is != wantsContrast) {
            wantsContrast = is;
            take(system);
        }
    }

    private void take(SystemLook now) {
        system = now;
        scheme.set(now.scheme());
        contrast.set(now.contrast() || wantsContrast);
        contrastIsFree.set(!now.contrast());
        Application.setUserAgentStylesheet(
                now.scheme() == ColorScheme.DARK
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        dressed.forEach(this::mark);
    }

    /// Whether windows are in high contrast.
    public ReadOnlyBooleanProperty contrast() {
        return contrast.getReadOnlyProperty();
    }

    /// Whether that can be chosen here: the system does not ask for it.
    public ReadOnlyBooleanProperty contrastIsFree() {
        return contrastIsFree.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ColorScheme> scheme() {
        return scheme.getReadOnlyProperty();
    }

    /// Puts the frame's style sheets on a scene and keeps its root's class right; other rooms add
    /// their own sheets. Shortcuts in it are heard as they are meant on this keyboard.
    public void dress(Scene scene) {
        for (String sheet : List.of("frame.css", "contrast.css")) {
            scene.getStylesheets()
                    .add(Objects.requireNonNull(Theme.class.getResource(sheet), sheet)
                            .toExternalForm());
        }
        Layouts.on(scene);
        dressed.add(scene);
        mark(scene);
    }

    private void mark(Scene scene) {
        var root = scene.getRoot();
        root.getStyleClass().removeAll("light", "dark", "contrast");
        root.getStyleClass().add(scheme.get() == ColorScheme.DARK ? "dark" : "light");
        if (contrast.get()) {
            root.getStyleClass().add("contrast");
        }
        root.setStyle(contrast.get() ? system.inks().style() : "");
    }
}
