package coscribe.desktop;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where one profile's files are. Two running editors never share one.
///
/// @param settings  what the person chose
/// @param data      who they are at which relay, local copies of documents, the bundled relay's
///     data
/// @param logs      never with text of documents in them
public record Places(Path settings, Path data, Path logs) {
    /// Everything in one folder, as `--profile` asks.
    public static Places in(Path folder) {
        return new Places(folder.resolve("settings"), folder, folder.resolve("logs"));
    }

    /// Where each system wants such files.
    ///
    /// @param system       `os.name`
    /// @param home         the person's home folder
    /// @param environment  all of it
    public static Places usual(String system, Path home, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("win")) {
            Path local = named(environment, "LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
            Path roaming = named(environment, "APPDATA").orElse(home.resolve("AppData/Roaming"));
            return new Places(
                    roaming.resolve("Coscribe"),
                    local.resolve("Coscribe"),
                    local.resolve("Coscribe").resolve("logs"));
        }
        if (name.contains("mac")) {
            Path support = home.resolve("Library/Application Support/Coscribe");
            return new Places(support.resolve("settings"), support, home.resolve("Library/Logs/Coscribe"));
        }
        return new Places(
                named(environment, "XDG_CONFIG_HOME")
                        .orElse(home.resolve(".config"))
                        .resolve("coscribe"),
                named(environment, "XDG_DATA_HOME")
                        .orElse(home.resolve(".local/share"))
                        .resolve("coscribe"),
                named(environment, "XDG_STATE_HOME")
                        .orElse(home.resolve(".local/state"))
                        .resolve("coscribe")
                        .resolve("logs"));
    }

    /// A relative path there is to be ignored, says the XDG base directory specification.
    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    /// The folder of the relay that runs inside the editor.
    public Path relay() {
        return data.resolve("relay");
    }
}
