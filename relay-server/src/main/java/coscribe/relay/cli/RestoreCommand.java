package coscribe.relay.cli;

import coscribe.relay.RelayFailure;
import coscribe.relay.backup.Summary;
import coscribe.relay.backup.Taker;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.store.StoreUnavailableException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Puts a backup back, while no relay runs.
final class RestoreCommand implements Command {
    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String summary() {
        return "put a backup back, into an empty store";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Verifies a backup, then puts all of it into the store that the configuration names, which"
                        + " must be empty. Stop the relay first. Exit code 5 if the file is not whole; nothing was"
                        + " changed then.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel("FILE")
                .description("what 'backup' wrote")
                .build());
        spec.addOption(Options.flag("--dry-run", "only verify, and say what would be done"));
        spec.addOption(Options.flag("--force", "replace what is there; it is moved aside or backed up first"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var file = Path.of(parsed.<String>matchedPositionalValue(0, ""));
        boolean force = Options.has(parsed, "--force");
        var config = Options.config(parsed, context);
        var refill = new Refill(config, context);
        boolean dry = Options.has(parsed, "--dry-run");
        if (!dry) {
            refill.requireNobodyRuns();
        }
        var summary = BackupFiles.read(file, Taker.NOTHING);
        if (dry) {
            print(summary, "would be restored", emptiness(refill), context);
            return 0;
        }
        var kept = refill.from(file, summary, force);
        print(
                summary,
                "restored",
                kept.map(path -> "What was there is in " + path + ".").orElse(""),
                context);
        return 0;
    }

    private static String emptiness(Refill refill) {
        try {
            refill.requireNobodyRuns();
            return refill.isEmpty()
                    ? "The store is empty."
                    : "The store is not empty: 'restore' refuses it without --force.";
        } catch (StoreUnavailableException | RelayFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void print(Summary summary, String what, String more, CommandContext context) {
        if (context.json()) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("result", what);
            fields.putAll(BackupCommand.fields(summary));
            Optional.of(more).filter(text -> !text.isEmpty()).ifPresent(text -> fields.put("note", text));
            context.out().println(FlatJson.write(fields));
            return;
        }
        context.out().println("The backup is whole and " + (what.equals("restored") ? "was " : "") + what + ".");
        if (!context.quiet()) {
            context.out().println(BackupCommand.contents(summary));
            if (!more.isEmpty()) {
                context.out().println(more);
            }
        }
    }
}
