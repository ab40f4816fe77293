package coscribe.relay.cli;

import coscribe.relay.ConfigFile;
import coscribe.relay.ConfigKey;
import coscribe.relay.ConfigProblem;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What all commands share: the keys of the configuration as options, where its file is, and how
/// results are printed.
final class Options {
    static final String CONFIG = "--config";
    static final String JSON = "--json";
    static final String QUIET = "--quiet";
    static final String NO_COLOR = "--no-color";
    static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final String FILE = "-file";
    private static final String CONFIG_VARIABLE = "COSCRIBE_CONFIG";
    private static final Path USUAL_FILE = Path.of("relay.conf");

    /// Keys that are mostly set on the command line; help shows them.
    private static final Set<ConfigKey> OFTEN = Set.of(
            ConfigKey.BIND,
            ConfigKey.LAN,
            ConfigKey.PUBLIC_URL,
            ConfigKey.DATA_DIR,
            ConfigKey.STORE,
            ConfigKey.REDIS_URL);

    private Options() {}

    static CommandSpec addTo(CommandSpec spec) {
        for (var key : ConfigKey.values()) {
            spec.addOption(option(key));
            if (key.isSecret()) {
                spec.addOption(OptionSpec.builder(key.flag() + FILE)
                        .type(String.class)
                        .hidden(true)
                        .build());
            }
        }
        spec.addOption(text(CONFIG, "FILE", "configuration file (default: relay.conf, if there is one)"));
        spec.addOption(flag(JSON, "print results as lines of JSON"));
        spec.addOption(flag(QUIET, "print only the result itself"));
        spec.addOption(flag(NO_COLOR, "print without colours"));
        spec.addOption(OptionSpec.builder(HELP, "-h")
                .type(boolean.class)
                .usageHelp(true)
                .description("show this help")
                .build());
        spec.addOption(OptionSpec.builder(VERSION)
                .type(boolean.class)
                .versionHelp(true)
                .description("show the version")
                .build());
        return spec;
    }

    private static OptionSpec option(ConfigKey key) {
        boolean yesNo = key.byDefault().equals("true") || key.byDefault().equals("false");
        var option = OptionSpec.builder(key.flag())
                .type(String.class)
                .hidden(!OFTEN.contains(key))
                .paramLabel(yesNo ? "true|false" : "VALUE")
                .description(key.meaning());
        return yesNo
                ? option.arity("0..1").fallbackValue("true").build()
                : option.arity("1").build();
    }

    static OptionSpec text(String name, String label, String meaning) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(meaning)
                .build();
    }

    static OptionSpec flag(String name, String meaning) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(meaning)
                .build();
    }

    static Optional<String> value(ParseResult parsed, String option) {
        return parsed.hasMatchedOption(option)
                ? Optional.of(parsed.<String>matchedOptionValue(option, ""))
                : Optional.empty();
    }

    static boolean has(ParseResult parsed, String option) {
        return parsed.hasMatchedOption(option);
    }

    /// The configuration, or its problems.
    static RelayConfig.Parsed parse(ParseResult parsed, CommandContext context) {
        return RelayConfig.parse(flags(parsed), context.environment(), file(parsed, context), Files::readString);
    }

    /// The configuration; where there are problems, all of them are printed.
    static RelayConfig config(ParseResult parsed, CommandContext context) {
        return switch (parse(parsed, context)) {
            case RelayConfig.Parsed.Good(var config) -> config;
            case RelayConfig.Parsed.Bad(var problems) ->
                throw new RelayFailure(RelayFailure.BAD_CONFIG, told(problems, context.json()));
        };
    }

    static String told(List<ConfigProblem> problems, boolean json) {
        return problems.stream()
                .map(problem -> json ? asJson(problem) : problem.sentence())
                .collect(Collectors.joining("\n"));
    }

    private static String asJson(ConfigProblem problem) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("key", problem.key());
        fields.put("source", problem.source());
        fields.put("problem", problem.sentence());
        return FlatJson.write(fields);
    }

    private static Map<String, String> flags(ParseResult parsed) {
        var flags = new LinkedHashMap<String, String>();
        for (var key : ConfigKey.values()) {
            for (var flag : List.of(key.flag(), key.flag() + FILE)) {
                if (parsed.hasMatchedOption(flag)) {
                    flags.put(flag, parsed.<String>matchedOptionValue(flag, ""));
                }
            }
        }
        return flags;
    }

    /// Where the configuration is read from; empty where nobody named a file and the usual one is
    /// not there.
    static Optional<Path> filePath(ParseResult parsed, CommandContext context) {
        var named = value(parsed, CONFIG)
                .or(() -> Optional.ofNullable(context.environment().get(CONFIG_VARIABLE)))
                .filter(name -> !name.isEmpty());
        try {
            return named.map(Path::of).or(() -> Optional.of(USUAL_FILE).filter(Files::exists));
        } catch (InvalidPathException e) {
            throw new RelayFailure(RelayFailure.BAD_CONFIG, "'" + named.orElse("") + "' is no path of a file.", e);
        }
    }

    private static Optional<ConfigFile> file(ParseResult parsed, CommandContext context) {
        return filePath(parsed, context).map(path -> {
            try {
                return new ConfigFile(String.valueOf(path.getFileName()), Files.readString(path));
            } catch (IOException e) {
                throw new RelayFailure(
                        RelayFailure.BAD_CONFIG,
                        "The configuration file '" + path + "' can't be read. Check its path and that the relay's user"
                                + " may read it; it must be UTF-8. 'coscribe-relay config init' writes one.",
                        e);
            }
        });
    }
}
