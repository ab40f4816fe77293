package coscribe.relay;

import coscribe.relay.transport.AddressRanges;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the values of keys. What is wrong becomes a problem, and reading goes on with the default,
/// so that all problems are found in one go.
public final class ConfigValues {
    private static final Pattern LIFE = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    private final Map<ConfigKey, Setting> settings;
    private final List<ConfigProblem> problems;

    ConfigValues(Map<ConfigKey, Setting> settings, List<ConfigProblem> problems) {
        this.settings = settings;
        this.problems = problems;
    }

    Setting setting(ConfigKey key) {
        var set = settings.get(key);
        return set != null && !set.value().isEmpty() ? set : new Setting(key, key.byDefault(), Setting.BY_DEFAULT);
    }

    boolean isSet(ConfigKey key) {
        return !setting(key).isDefault();
    }

    String text(ConfigKey key) {
        return setting(key).value();
    }

    Optional<String> optionalText(ConfigKey key) {
        return text(key).isEmpty() ? Optional.empty() : Optional.of(text(key));
    }

    /// One problem for each key that says something this version cannot do.
    void refuseWhatIsNotYet() {
        for (var key : ConfigKey.values()) {
            var setting = setting(key);
            if (!key.isSupported() && !setting.value().equals(key.byDefault())) {
                add(setting, "is not supported by this version yet. Take it out.");
            }
        }
    }

    boolean flag(ConfigKey key) {
        return choice(key, List.of("true", "false")).equals("true");
    }

    int number(ConfigKey key, int least, int most) {
        var setting = setting(key);
        if (setting.value().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(setting.value());
            if (number >= least && number <= most) {
                return number;
            }
        }
        wrong(setting, "a whole number from " + least + " to " + most);
        return Integer.parseInt(key.byDefault());
    }

    Duration life(ConfigKey key, Duration least, Duration most) {
        var setting = setting(key);
        var life = life(setting.value());
        if (life.isPresent() && life.get().compareTo(least) >= 0 && life.get().compareTo(most) <= 0) {
            return life.get();
        }
        wrong(setting, "a time from " + inWords(least) + " to " + inWords(most) + ", such as " + key.byDefault());
        return life(key.byDefault()).orElseThrow();
    }

    /// A time, or the word `off`.
    Optional<Duration> lifeOrOff(ConfigKey key, Duration least, Duration most) {
        var setting = setting(key);
        if (setting.value().equals("off")) {
            return Optional.empty();
        }
        var life = life(setting.value()).filter(it -> it.compareTo(least) >= 0 && it.compareTo(most) <= 0);
        if (life.isEmpty()) {
            wrong(setting, "off, or a time from " + inWords(least) + " to " + inWords(most) + ", such as 24h");
        }
        return life;
    }

    /// `90s`, `15m`, `24h`, `7d`.
    public static Optional<Duration> life(String text) {
        var matcher = LIFE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /// A time as it is written in the configuration.
    public static String inWords(Duration life) {
        if (!life.isZero() && life.toMillis() % 86_400_000 == 0) {
            return life.toDays() + "d";
        }
        if (!life.isZero() && life.toMillis() % 3_600_000 == 0) {
            return life.toHours() + "h";
        }
        if (!life.isZero() && life.toMillis() % 60_000 == 0) {
            return life.toMinutes() + "m";
        }
        return life.toMillis() % 1_000 == 0 ? life.toSeconds() + "s" : life.toMillis() + "ms";
    }

    String choice(ConfigKey key, List<String> words) {
        var setting = setting(key);
        if (words.contains(setting.value())) {
            return setting.value();
        }
        wrong(setting, oneOf(words));
        return key.byDefault();
    }

    /// Words with commas between them, at least one.
    Set<String> choices(ConfigKey key, List<String> words, Map<String, String> notYet) {
        var setting = setting(key);
        var chosen = Arrays.stream(setting.value().split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (var word : chosen) {
            if (notYet.containsKey(word)) {
                add(
                        setting,
                        "asks for " + word + ", which is not supported by this version yet. Write " + notYet.get(word)
                                + ".");
                return Set.of(key.byDefault());
            }
        }
        if (words.containsAll(chosen)) {
            return chosen;
        }
        wrong(setting, "any of " + String.join(", ", words) + ", with commas between them");
        return Set.of(key.byDefault());
    }

    /// Not resolved: that costs time and may fail, and whoever binds says so better.
    Optional<InetSocketAddress> address(ConfigKey key, boolean mayBeOff) {
        var setting = setting(key);
        if (mayBeOff && setting.value().equals("off")) {
            return Optional.empty();
        }
        var matcher = ADDRESS.matcher(setting.value());
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= MOST_PORT) {
            var host = matcher.group(1).replaceAll("[\\[\\]]", "");
            return Optional.of(InetSocketAddress.createUnresolved(host, Integer.parseInt(matcher.group(2))));
        }
        wrong(setting, "host:port, such as " + key.byDefault() + (mayBeOff ? ", or off" : ""));
        return Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", 0));
    }

    /// An address with one of the schemes and a host; nothing where the key is not set.
    Optional<URI> url(ConfigKey key, Set<String> schemes, String example) {
        var setting = setting(key);
        if (setting.value().isEmpty()) {
            return Optional.empty();
        }
        try {
            var uri = new URI(setting.value());
            if (uri.getScheme() != null
                    && schemes.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() <= MOST_PORT
                    && uri.getRawFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Answered below, like every address that is none of ours.
        }
        wrong(setting, "an address such as " + example);
        return Optional.empty();
    }

    /// `none`, or networks with commas between them, `loopback` among them.
    AddressRanges ranges(ConfigKey key) {
        var setting = setting(key);
        try {
            return setting.value().equals("none") ? AddressRanges.none() : AddressRanges.parse(setting.value());
        } catch (IllegalArgumentException e) {
            wrong(setting, "loopback, none, or networks such as 10.0.0.0/8 with commas between them");
            return AddressRanges.none();
        }
    }

    Path path(ConfigKey key) {
        var setting = setting(key);
        try {
            return Path.of(setting.value());
        } catch (InvalidPathException e) {
            wrong(setting, "a path");
            return Path.of(key.byDefault());
        }
    }

    void add(Setting setting, String rest) {
        problems.add(new ConfigProblem(setting.key().key(), setting.source(), naming(setting) + " " + rest));
    }

    /// @param instead  what to write, as the end of a sentence
    void wrong(Setting setting, String instead) {
        var value = setting.key().isSecret() ? "" : " is '" + printable(setting.value()) + "'";
        problems.add(new ConfigProblem(
                setting.key().key(),
                setting.source(),
                naming(setting) + (value.isEmpty() ? " can't be used" : value) + ". Write " + instead + "."));
    }

    private static String naming(Setting setting) {
        return setting.isDefault()
                ? "'" + setting.key().key() + "'"
                : setting.source().startsWith("-") || setting.source().startsWith(ConfigKey.ENVIRONMENT_PREFIX)
                        ? setting.source()
                        : "'" + setting.key().key() + "' in " + setting.source();
    }

    private static String oneOf(List<String> words) {
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private static String printable(String value) {
        var shown = value.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    }
}
