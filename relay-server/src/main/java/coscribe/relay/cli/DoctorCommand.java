package coscribe.relay.cli;

import coscribe.relay.Finding;
import coscribe.relay.Finding.Level;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.ops.FlatJson;
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
                        "Checks the installation and says what to do. Changes nothing. Exit code 5 if a check fails.");
        spec.addOption(Options.text(
                "--client", "URL", "try that address too, as an editor does: TLS, and WebSocket through the proxy"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
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
        findings.stream()
                .filter(finding -> !context.quiet() || finding.level() != Level.OK)
                .forEach(finding ->
                        context.out().println(context.json() ? json(finding) : line(finding, context.colour())));
        return failed(findings) ? RelayFailure.CHECK_FAILED : 0;
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
