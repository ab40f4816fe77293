package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Path HOME = Path.of("/home/mara");

    @Test
    void linux_goes_by_the_base_directory_specification() {
        assertThat(Places.usual("Linux", HOME, Map.of()))
                .isEqualTo(new Places(
                        HOME.resolve(".config/coscribe"),
                        HOME.resolve(".local/share/coscribe"),
                        HOME.resolve(".local/state/coscribe/logs")));
        assertThat(Places.usual(
                        "Linux",
                        HOME,
                        Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "relative")))
                .isEqualTo(new Places(
                        Path.of("/c/coscribe"), Path.of("/d/coscribe"), HOME.resolve(".local/state/coscribe/logs")));
    }

    @Test
    void windows_keeps_settings_with_the_person_and_the_rest_on_the_computer() {
        var places = Places.usual("Windows 11", HOME, Map.of("APPDATA", "/roaming", "LOCALAPPDATA", "/local"));
        assertThat(places)
                .isEqualTo(new Places(
                        Path.of("/roaming/Coscribe"), Path.of("/local/Coscribe"), Path.of("/local/Coscribe/logs")));
    }

    @Test
    void macos_has_its_library() {
        assertThat(Places.usual("Mac OS X", HOME, Map.of()).logs()).isEqualTo(HOME.resolve("Library/Logs/Coscribe"));
    }

    @Test
    void a_profile_holds_everything_in_one_folder() {
        var places = Places.in(Path.of("/p"));
        assertThat(places.settings()).startsWithRaw(Path.of("/p"));
        assertThat(places.data()).isEqualTo(Path.of("/p"));
        assertThat(places.logs()).startsWithRaw(Path.of("/p"));
        assertThat(places.relay()).startsWithRaw(Path.of("/p"));
    }
}
