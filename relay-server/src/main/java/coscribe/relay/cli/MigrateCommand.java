package coscribe.relay.cli;

import coscribe.relay.ConfigFile;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.backup.Summary;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Moves everything from one store into another, by way of a backup.
final class MigrateCommand implements Command {
    @Override
    public String name() {
        return "migrate";
    }

    @Override
    public String summary() {
        return "copy everything into another store, and verify it there";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Copies everything from the store of this configuration into the empty one of another"
                        + " configuration file, and reads it back: embedded to Redis, Redis to embedded, or to another"
                        + " place. Stop every relay first. The old store stays as it is; start the relay with the other"
                        + " file.");
        spec.addOption(Options.text("--to", "FILE", "the configuration file of the store to fill"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var from = Options.config(parsed, context);
        var to = target(
                Options.value(parsed, "--to")
                        .orElseThrow(() -> new RelayFailure(
                                RelayFailure.USAGE,
                                "Where to? Write --to and the configuration file of the other store.")),
                context);
        if (from.store().equals(to.store())
                && (to.store() instanceof RelayConfig.StoreChoice.Redis
                        || from.dataDir().toAbsolutePath().equals(to.dataDir().toAbsolutePath()))) {
            throw new RelayFailure(RelayFailure.USAGE, "Both configurations name the same store. Nothing was changed.");
        }
        new Refill(from, context).requireNobodyRuns();
        var refill = new Refill(to, context);
        refill.requireNobodyRuns();
        var summary = copy(from, to, refill, context);
        if (context.json()) {
            context.out().println(FlatJson.write(BackupCommand.fields(summary)));
        } else {
            context.out().println("Everything was copied, and verified in its new place.");
            if (!context.quiet()) {
                context.out().println(BackupCommand.contents(summary));
            }
        }
        return 0;
    }

    private static RelayConfig target(String name, CommandContext context) {
        var path = Path.of(name);
        try {
            var file = new ConfigFile(String.valueOf(path.getFileName()), Files.readString(path));
            return switch (RelayConfig.parse(Map.of(), Map.of(), Optional.of(file), Files::readString)) {
                case RelayConfig.Parsed.Good(var config) -> config;
                case RelayConfig.Parsed.Bad(var problems) ->
                    throw new RelayFailure(RelayFailure.BAD_CONFIG, Options.told(problems, context.json()));
            };
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.BAD_CONFIG, "'" + name + "' can't be read. Check its path; it must be UTF-8.", e);
        }
    }

    private static Summary copy(RelayConfig from, RelayConfig to, Refill refill, CommandContext context) {
        var world = context.world();
        var file = to.dataDir()
                .resolve("migrating-" + BackupFiles.stamp(world.clock().instant()) + ".backup");
        try (var stores = world.opener().open(from).requireWhole()) {
            var written = BackupFiles.ofStores(file, stores, context);
            if (!written.summary().damaged().isEmpty()) {
                throw new RelayFailure(
                        RelayFailure.CHECK_FAILED,
                        "Documents do not verify: " + written.summary().damaged() + ". Nothing was copied. Restore a"
                                + " backup that has them first.");
            }
            var _ = refill.from(file, written.summary(), false);
            return written.summary();
        } catch (StoreUnavailableException e) {
            throw Desk.away(e);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                context.err().println(file + " could not be deleted; it holds everything. Delete it.");
            }
        }
    }
}
