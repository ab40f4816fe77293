package coscribe.relay;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds what each key is set to: by a flag, else by the environment, else by the file.
public final class ConfigSources {
    /// Variables with our prefix that are for the scripts around the relay.
    private static final Set<String> NOT_OURS =
            Set.of("COSCRIBE_CONFIG", "COSCRIBE_JDK", "COSCRIBE_TRACES", "COSCRIBE_HOME", "COSCRIBE_VERSION");

    private static final String FILE = ".file";
    private static final String FLAG = "--";

    /// Reads a file that holds a secret.
    public interface SecretFiles {
        String read(Path path) throws IOException;
    }

    private final SecretFiles secretFiles;
    private final List<ConfigProblem> problems;
    private final Map<ConfigKey, Setting> found = new EnumMap<>(ConfigKey.class);

    ConfigSources(SecretFiles secretFiles, List<ConfigProblem> problems) {
        this.secretFiles = secretFiles;
        this.problems = problems;
    }

    /// What is set; keys that nobody set are left out.
    Map<ConfigKey, Setting> find(
            Map<String, String> flags, Map<String, String> environment, Optional<ConfigFile> file) {
        takeAll(fromFlags(flags));
        takeAll(fromEnvironment(environment));
        file.ifPresent(this::takeFile);
        return found;
    }

    private void takeAll(List<Written> written) {
        var level = new EnumMap<ConfigKey, Setting>(found);
        for (var each : written) {
            find(each).ifPresent(setting -> {
                if (!level.containsKey(setting.key())) {
                    var before = found.put(setting.key(), setting);
                    if (before != null) {
                        problems.add(twice(before, setting));
                    }
                }
            });
        }
    }

    /// Something that was written somewhere.
    ///
    /// @param key     in the file's form, known or not
    /// @param source  as named in problems
    /// @param form    how the suggestion is spelt: `--`, `COSCRIBE_` or nothing
    private record Written(String key, String value, String source, String form) {}

    private static List<Written> fromFlags(Map<String, String> flags) {
        var written = new ArrayList<Written>();
        flags.forEach((flag, value) ->
                written.add(new Written(flag.substring(FLAG.length()).replace('-', '.'), value, flag, FLAG)));
        return written;
    }

    private static List<Written> fromEnvironment(Map<String, String> environment) {
        var written = new ArrayList<Written>();
        for (var name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(ConfigKey.ENVIRONMENT_PREFIX) && !NOT_OURS.contains(name)) {
                var key = name.substring(ConfigKey.ENVIRONMENT_PREFIX.length())
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '.');
                var value = Optional.ofNullable(environment.get(name)).orElse("");
                if (!value.isEmpty()) {
                    written.add(new Written(key, value, name, ConfigKey.ENVIRONMENT_PREFIX));
                }
            }
        }
        return written;
    }

    private void takeFile(ConfigFile file) {
        var written = new ArrayList<Written>();
        for (var line : file.lines(problems)) {
            written.add(new Written(line.key(), line.value(), file.where(line.number()), ""));
        }
        takeAll(written);
    }

    private Optional<Setting> find(Written written) {
        var key = ConfigKey.ofKey(written.key());
        if (key.isPresent()) {
            return Optional.of(new Setting(key.get(), written.value(), written.source()));
        }
        if (written.key().endsWith(FILE)) {
            var of = ConfigKey.ofKey(written.key().substring(0, written.key().length() - FILE.length()));
            if (of.isPresent() && of.get().isSecret()) {
                return readSecret(of.get(), written);
            }
        }
        problems.add(unknown(written));
        return Optional.empty();
    }

    private Optional<Setting> readSecret(ConfigKey key, Written written) {
        try {
            var secret = secretFiles.read(Path.of(written.value())).stripTrailing();
            return Optional.of(new Setting(key, secret, written.source()));
        } catch (IOException | InvalidPathException e) {
            problems.add(new ConfigProblem(
                    written.key(),
                    written.source(),
                    "The file '" + written.value() + "' of " + written.source()
                            + " can't be read. Write the path of a file that the relay's user may read."));
            return Optional.empty();
        }
    }

    private static ConfigProblem unknown(Written written) {
        var name = written.form().isEmpty() ? written.key() : written.source();
        var where = written.form().isEmpty() ? " in " + written.source() : "";
        var suggestion = Nearest.to(written.key(), keys())
                .map(near -> "Did you mean '" + spelt(near, written.form()) + "'?")
                .orElse("'coscribe-relay config print' lists every key.");
        return new ConfigProblem(
                written.key(), written.source(), "Unknown key '" + name + "'" + where + ". " + suggestion);
    }

    private static String spelt(String key, String form) {
        return switch (form) {
            case FLAG -> FLAG + key.replace('.', '-');
            case ConfigKey.ENVIRONMENT_PREFIX -> form + key.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
            default -> key;
        };
    }

    private static List<String> keys() {
        var keys = new ArrayList<String>();
        for (var key : ConfigKey.values()) {
            keys.add(key.key());
            if (key.isSecret()) {
                keys.add(key.key() + FILE);
            }
        }
        return keys;
    }

    private static ConfigProblem twice(Setting before, Setting again) {
        return new ConfigProblem(
                again.key().key(),
                again.source(),
                "'" + again.key().key() + "' is set twice, in " + before.source() + " and in " + again.source()
                        + ". Keep one of them.");
    }
}
