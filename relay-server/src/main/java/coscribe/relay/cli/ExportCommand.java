package coscribe.relay.cli;

import coscribe.ot.export.ExportFormat;
import coscribe.relay.AdminDesk;
import coscribe.relay.RelayFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Writes documents as files for other programs, as the editor does, while the relay runs or not:
/// what a backup says of them, verified as a backup is.
final class ExportCommand implements Command {
    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "write documents as Markdown, HTML, plain text or JSON";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Writes one document or all of them as files that other programs read, named after title and"
                                + " day. Nothing is ever overwritten: a name that is taken gets a number.");
        spec.addOption(Options.text("--doc", "ID", "the document to write"));
        spec.addOption(Options.flag("--all", "write every document"));
        spec.addOption(Options.text("--format", "FORMAT", "md (default), html, txt or json"));
        spec.addOption(Options.text("--out", "DIR", "the folder to write into (default: this one)"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var document = Options.value(parsed, "--doc");
        if (document.isPresent() == Options.has(parsed, "--all")) {
            throw new RelayFailure(RelayFailure.USAGE, "Which documents? Write --doc and an id, or --all.");
        }
        var extension = Options.value(parsed, "--format").orElse(ExportFormat.MARKDOWN.extension());
        var folder = Path.of(Options.value(parsed, "--out").orElse("."));
        var now = context.world().clock().instant();
        var files = new ExportFiles(folder, extension, now, context);
        if (!Files.isDirectory(folder)) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "There is no folder " + folder + ". Make it, or choose another with --out DIR.");
        }
        var config = Options.config(parsed, context);
        BackupCommand.requireSomething(config);
        var request = new LinkedHashMap<>(Map.of(AdminDesk.COMMAND, AdminDesk.BACKUP));
        document.ifPresent(id -> request.put(AdminDesk.DOCUMENT, id));
        var copy = folder.resolve(".export-" + BackupFiles.stamp(now) + ".backup");
        try {
            var written = BackupFiles.write(copy, out -> Desk.copy(config, request, context, out));
            var _ = BackupFiles.read(copy, files);
            return BackupCommand.told(written.summary(), "written", context);
        } finally {
            remove(copy);
        }
    }

    private static void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED, copy + " can't be deleted, and holds what was written. Delete it.", e);
        }
    }
}
