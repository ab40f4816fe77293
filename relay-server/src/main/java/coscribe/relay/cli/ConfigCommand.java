package coscribe.relay.cli;

import coscribe.relay.ConfigFile;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Shows, checks and writes the configuration.
final class ConfigCommand implements Command {
    @Override
    public String name() {
        return "config";
    }

    @Override
    public String summary() {
        return "print | check | init: show, check or write the configuration";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "print: value and source of every key, secrets masked.",
                        "check: whether a relay would start with it.",
                        "init: writes relay.conf (or --config FILE) with every key explained.");
        spec.addPositional(Words.one("print | check | init"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        return switch (Words.require(parsed, "print", "check", "init")) {
            case "print" -> print(Options.config(parsed, context), context);
            case "check" -> check(parsed, context);
            default -> init(parsed, context);
        };
    }

    private static int print(RelayConfig config, CommandContext context) {
        for (var setting : config.settings()) {
            if (context.json()) {
                var fields = new LinkedHashMap<String, String>();
                fields.put("key", setting.key().key());
                fields.put("value", setting.shown());
                fields.put("source", setting.source());
                context.out().println(FlatJson.write(fields));
            } else {
                var line = setting.key().key() + " = " + setting.shown();
                context.out().println(context.quiet() ? line : String.format("%-48s # %s", line, setting.source()));
            }
        }
        return 0;
    }

    private static int check(ParseResult parsed, CommandContext context) {
        var _ = Options.config(parsed, context);
        var file = Options.filePath(parsed, context);
        if (!context.quiet()) {
            context.out()
                    .println(
                            context.json()
                                    ? FlatJson.write(java.util.Map.of("ok", "true"))
                                    : file.map(path -> path + " is fine.")
                                            .orElse("There is no relay.conf; the rest of the configuration is fine."));
        }
        return 0;
    }

    private static int init(ParseResult parsed, CommandContext context) {
        var path = Options.value(parsed, Options.CONFIG).map(Path::of).orElse(Path.of("relay.conf"));
        try (var channel = Files.newByteChannel(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnersOnly.file(path))) {
            var _ = channel.write(
                    java.nio.ByteBuffer.wrap(ConfigFile.commented().getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "There is a " + path + " already, and it is left as it is. Move it away, or write to another"
                            + " file with --config FILE.",
                    e);
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    path + " can't be written (" + e.getClass().getSimpleName() + "). Choose another file with"
                            + " --config FILE.",
                    e);
        }
        if (!context.quiet()) {
            context.out().println("Wrote " + path + ". It changes nothing yet: take the # away where you want to.");
        }
        return 0;
    }
}
