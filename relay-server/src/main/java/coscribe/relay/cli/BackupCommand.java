package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.backup.Summary;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Writes everything that the relay keeps into one file, while it runs or not.
final class BackupCommand implements Command {
    static final String FOLDER = "backups";
    private static final String STDOUT = "-";

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String summary() {
        return "write everything into one verified file";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Writes everything that the relay keeps into one file, while it runs or not, reads it"
                        + " again and prints its size and SHA-256. The file holds the texts and the relay's secret:"
                        + " keep it as you keep the data. Exit code 5 if a document does not verify; the others are"
                        + " in the file then.");
        spec.addOption(Options.text(
                "--out", "FILE|-", "where to (default: a new file in data.dir/backups); - is the standard output"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var config = Options.config(parsed, context);
        requireSomething(config);
        var typed = Options.value(parsed, "--out");
        var stamp = BackupFiles.stamp(context.world().clock().instant());
        boolean toStdout = typed.isPresent() && typed.get().equals(STDOUT);
        var file = typed.filter(name -> !name.equals(STDOUT))
                .map(Path::of)
                .orElseGet(() -> config.dataDir()
                        .resolve(FOLDER)
                        .resolve((toStdout ? "stdout-" : "coscribe-") + stamp + ".backup"));
        var written = BackupFiles.write(
                file, out -> Desk.copy(config, Map.of(AdminDesk.COMMAND, AdminDesk.BACKUP), context, out));
        if (toStdout) {
            pour(file, context.out());
        }
        print(written, toStdout ? context.err() : context.out(), context);
        return told(written.summary(), "in the file", context);
    }

    /// @throws RelayFailure  where there is no store, which opening it would make
    static void requireSomething(RelayConfig config) {
        if (config.store() instanceof RelayConfig.StoreChoice.Embedded && !Files.isDirectory(config.dataDir())) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "There is nothing to back up: " + config.dataDir() + " is not there. Check data.dir and --config.");
        }
    }

    private static void pour(Path file, PrintStream out) {
        try {
            var _ = Files.copy(file, out);
            Files.delete(file);
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED, "The backup can't be read again (" + BackupFiles.reason(e) + ").", e);
        }
        out.flush();
        if (out.checkError()) {
            throw new RelayFailure(RelayFailure.FAILED, "The backup was not taken: the standard output is closed.");
        }
    }

    private static void print(BackupFiles.Written written, PrintStream out, CommandContext context) {
        var summary = written.summary();
        if (context.json()) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("file", written.file().toString());
            fields.put("bytes", Long.toString(written.bytes()));
            fields.put("sha256", written.sha256());
            fields.putAll(fields(summary));
            out.println(FlatJson.write(fields));
            return;
        }
        out.println(written.file());
        if (!context.quiet()) {
            out.println("  Size  " + written.bytes() + " bytes      SHA-256  " + written.sha256());
            out.println(contents(summary));
        }
    }

    static Map<String, String> fields(Summary summary) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("made", summary.made().toString());
        fields.put("version", summary.version());
        fields.put("documents", Long.toString(summary.documents()));
        fields.put("commits", Long.toString(summary.commits()));
        fields.put("people", Long.toString(summary.people()));
        fields.put("damaged", Integer.toString(summary.damaged().size()));
        return fields;
    }

    static String contents(Summary summary) {
        return "  Documents  " + summary.documents() + "      Changes  " + summary.commits() + "      People  "
                + summary.people() + "      Of  " + summary.made() + "      Verified";
    }

    static int told(Summary summary, String where, CommandContext context) {
        if (summary.damaged().isEmpty()) {
            return 0;
        }
        context.err()
                .println(summary.damaged().size() + " of "
                        + (summary.documents() + summary.damaged().size())
                        + " documents did not verify and are not " + where + ": "
                        + summary.damaged().stream().map(Object::toString).collect(Collectors.joining(", "))
                        + ". Keep an older backup that has them.");
        return RelayFailure.CHECK_FAILED;
    }
}
