package coscribe.relay.cli;

import coscribe.relay.Finding;
import coscribe.relay.Finding.Level;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Checks an installation, a line for each thing: ok, warn or FAIL, and what to do.
final class DoctorCommand implements Command {
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "check configuration, folder, port, clock, disk, TLS and store";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Checks the installation and says what to do. Changes nothing without --fix. Exit code 5 if a"
                                + " check fails.");
        spec.addOption(Options.flag(
                "--fix", "close files and folders to others where that is what is wrong, then check again"));
        spec.addOption(Options.text(
                "--client", "URL", "try that address too, as an editor does: TLS, and WebSocket through the proxy"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var findings = look(parsed, context);
        if (Options.has(parsed, "--fix") && fix(findings, context)) {
            findings = look(parsed, context);
        }
        for (var finding : findings) {
            if (!context.quiet() || finding.level() != Level.OK) {
                context.out().println(context.json() ? json(finding) : line(finding, context.colour()));
            }
        }
        return failed(findings) ? RelayFailure.CHECK_FAILED : 0;
    }

    private static List<Finding> look(ParseResult parsed, CommandContext context) {
        var findings = new ArrayList<Finding>();
        switch (Options.parse(parsed, context)) {
            case RelayConfig.Parsed.Bad(var problems) ->
                problems.forEach(problem -> findings.add(Finding.fail("config", problem.sentence())));
            case RelayConfig.Parsed.Good(var config) ->
                findings.addAll(new Checks(
                                config,
                                Options.filePath(parsed, context),
                                context.world(),
                                Options.value(parsed, "--client"))
                        .all());
        }
        return findings;
    }

    /// Whether anything was changed.
    private static boolean fix(List<Finding> findings, CommandContext context) {
        boolean changed = false;
        for (var finding : findings) {
            if (finding.closing().isPresent()) {
                var closing = finding.closing().get();
                try {
                    var _ = Files.setPosixFilePermissions(
                            closing.path(), PosixFilePermissions.fromString(closing.permissions()));
                    changed = true;
                    context.err().println("Closed to others: " + closing.path() + ".");
                } catch (IOException e) {
                    context.err()
                            .println(closing.path() + " can't be closed (" + BackupFiles.reason(e)
                                    + "). Do it as its owner.");
                }
            }
        }
        return changed;
    }

    private static boolean failed(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL);
    }

    private static String line(Finding finding, boolean colour) {
        var level = String.format("%-4s", finding.level().word());
        return (colour ? colour(finding.level()) + level + PLAIN : level)
                + String.format("  %-10s  %s", finding.what(), finding.sentence());
    }

    private static String colour(Level level) {
        return switch (level) {
            case OK -> GREEN;
            case WARN -> YELLOW;
            case FAIL -> RED;
        };
    }

    private static String json(Finding finding) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("check", finding.what());
        fields.put("level", finding.level().word());
        fields.put("sentence", finding.sentence());
        return FlatJson.write(fields);
    }
}
