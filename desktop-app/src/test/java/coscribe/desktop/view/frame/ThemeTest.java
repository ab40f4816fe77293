package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.javafx.application.PlatformImpl;
import com.sun.javafx.application.preferences.PreferenceMapping;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Windows look as the system does, while they are open. The platform without a screen tells
/// nothing, so the test tells JavaFX what a desktop of GTK would, in its names.
class ThemeTest {
    private static final String NAME = "GTK.theme_name";
    private static final String PAGE = "GTK.theme_base_color";
    private static final String GROUND = "GTK.theme_bg_color";
    private static final String TEXT = "GTK.theme_fg_color";
    private static final String CHOSEN = "GTK.theme_selected_bg_color";
    private static final String ON = "GTK.theme_selected_fg_color";

    @BeforeEach
    void open() {
        Fx.run(() -> PlatformImpl.initPreferences(
                Map.of(
                        NAME,
                        String.class,
                        PAGE,
                        Color.class,
                        GROUND,
                        Color.class,
                        TEXT,
                        Color.class,
                        CHOSEN,
                        Color.class,
                        ON,
                        Color.class),
                Map.of(
                        GROUND, new PreferenceMapping<>("backgroundColor", Color.class),
                        TEXT, new PreferenceMapping<>("foregroundColor", Color.class)),
                Map.of()));
        desktop("Adwaita", Color.WHITE, Color.BLACK);
    }

    @AfterEach
    void leaveItLight() {
        desktop("Adwaita", Color.WHITE, Color.BLACK);
        Fx.run(() -> {
            var _ = Theme.of(ColorScheme.LIGHT);
        });
    }

    private static void desktop(String name, Color ground, Color text) {
        var told = new HashMap<String, Object>(
                Map.of(NAME, name, PAGE, ground, GROUND, ground, TEXT, text, CHOSEN, Color.NAVY, ON, Color.WHITE));
        Fx.run(() -> PlatformImpl.updatePreferences(told));
    }

    private static void twoWindows(Consumer<List<Scene>> test) {
        var scenes = Fx.call(() -> {
            var theme = Theme.followingSystem();
            return List.of(scene(theme), scene(theme));
        });
        test.accept(scenes);
        Fx.run(() -> scenes.forEach(scene -> ((Stage) scene.getWindow()).hide()));
    }

    private static Scene scene(Theme theme) {
        var stage = new Stage();
        var scene = new Sample(Strings.of(Locale.UK)).window.dress(stage, theme);
        stage.show();
        return scene;
    }

    /// What the page of a window is painted with.
    private static Color page(Scene scene) {
        return Fx.call(() -> {
            scene.getRoot().applyCss();
            var frame = (Region) scene.getRoot().lookup(".frame");
            return (Color) frame.getBackground().getFills().getLast().getFill();
        });
    }

    @Test
    void two_open_windows_turn_dark_and_light_with_the_system() {
        twoWindows(scenes -> {
            scenes.forEach(scene -> assertThat(page(scene)).isEqualTo(Color.WHITE));
            desktop("Adwaita-dark", Color.web("#202020"), Color.WHITE);
            scenes.forEach(scene -> {
                assertThat(page(scene)).isEqualTo(Color.web("#0d1117"));
                assertThat(scene.getRoot().getStyleClass()).contains("dark").doesNotContain("light");
            });
            desktop("Adwaita", Color.WHITE, Color.BLACK);
            scenes.forEach(scene -> {
                assertThat(page(scene)).isEqualTo(Color.WHITE);
                assertThat(scene.getRoot().getStyleClass()).contains("light").doesNotContain("dark");
            });
        });
    }

    @Test
    void two_open_windows_take_high_contrast_and_its_colours_from_the_system() {
        twoWindows(scenes -> {
            var ground = Color.web("#101030");
            desktop("HighContrastInverse", ground, Color.web("#ffff80"));
            scenes.forEach(scene -> {
                assertThat(scene.getRoot().getStyleClass()).contains("contrast");
                assertThat(page(scene))
                        .as("navy edges cannot be seen on this, so ours are taken")
                        .isEqualTo(Color.BLACK);
            });
            desktop("HighContrast", Color.web("#fffff0"), Color.BLACK);
            scenes.forEach(scene -> assertThat(page(scene)).isEqualTo(Color.web("#fffff0")));
            desktop("Adwaita", Color.WHITE, Color.BLACK);
            scenes.forEach(scene -> assertThat(scene.getRoot().getStyleClass())
                    .contains("light")
                    .doesNotContain("contrast"));
        });
    }

    @Test
    void high_contrast_that_was_chosen_here_stays_while_the_system_turns() {
        var theme = Fx.call(Theme::followingSystem);
        var scene = Fx.call(() -> scene(theme));
        Fx.run(() -> theme.wantContrast(true));
        assertThat(page(scene)).isEqualTo(Color.WHITE);
        desktop("Adwaita-dark", Color.web("#202020"), Color.WHITE);
        assertThat(page(scene)).isEqualTo(Color.BLACK);
        assertThat(Fx.call(() -> theme.contrastIsFree().get())).isTrue();
        desktop("HighContrast", Color.WHITE, Color.BLACK);
        assertThat(Fx.call(() -> theme.contrastIsFree().get())).isFalse();
        desktop("Adwaita", Color.WHITE, Color.BLACK);
        Fx.run(() -> theme.wantContrast(false));
        assertThat(Fx.call(() -> theme.contrast().get())).isFalse();
        Fx.run(() -> ((Stage) scene.getWindow()).hide());
    }

    @Test
    void the_colours_of_windows_are_taken_where_they_can_be_read() {
        Map<String, Object> told = new HashMap<>(Map.of(
                "Windows.SPI.HighContrast",
                true,
                "Windows.SysColor.COLOR_WINDOW",
                Color.web("#2d3236"),
                "Windows.SysColor.COLOR_WINDOWTEXT",
                Color.WHITE,
                "Windows.SysColor.COLOR_HIGHLIGHT",
                Color.web("#a1bfde"),
                "Windows.SysColor.COLOR_HIGHLIGHTTEXT",
                Color.web("#212d3b"),
                "Windows.SysColor.COLOR_HOTLIGHT",
                Color.web("#70ebde"),
                "Windows.SysColor.COLOR_GRAYTEXT",
                Color.web("#a6a6a6")));
        var dusk = SystemLook.of(told, ColorScheme.LIGHT);
        assertThat(dusk.contrast()).isTrue();
        assertThat(dusk.scheme()).as("the page is dark, whatever else is").isEqualTo(ColorScheme.DARK);
        assertThat(dusk.inks().page()).isEqualTo(Color.web("#2d3236"));
        told.put("Windows.SysColor.COLOR_WINDOWTEXT", Color.web("#606468"));
        assertThat(SystemLook.of(told, ColorScheme.LIGHT).inks())
                .as("such text cannot be read")
                .isEqualTo(SystemLook.Inks.of(ColorScheme.LIGHT));
        told.put("Windows.SPI.HighContrast", false);
        assertThat(SystemLook.of(told, ColorScheme.LIGHT).contrast()).isFalse();
    }
}
