package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.cli.load.Load;
import coscribe.relay.cli.load.LoadException;
import coscribe.relay.cli.load.LoadPlan;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Loads a running relay with people and prints how it fares. The tokens come from the relay's admin
/// socket, so it runs beside the relay.
final class BenchCommand implements Command {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+([0-9]{1,15})\\s");
    /// What a Java program has open besides.
    private static final int OTHER_FILES = 200;

    private static final int EXAMPLES = 5;

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "load the running relay and print how fast it is";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        BenchOptions.addTo(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var options = BenchOptions.of(parsed);
        // What is typed wrongly is told even where no relay runs.
        var _ = options.plan("ws://localhost", List.of());
        var config = Options.config(parsed, context);
        var status = status(config);
        var plan = options.plan(status.getOrDefault("address", ""), pid(status));
        requireFiles(plan);
        try {
            var doors = new DeskDoors(config, context, plan);
            var memory = new RelayMemory(config, context, plan.pids());
            var result = Load.make(plan, doors, context.world().random(), memory, line -> tell(context, line));
            var report = new BenchReport(options.workload(), plan, result);
            print(report.fields(), context);
            result.lost().stream().distinct().limit(EXAMPLES).forEach(why -> tell(context, "lost: " + why));
            tell(context, report.verdict());
            return result.isGood() ? 0 : RelayFailure.FAILED;
        } catch (LoadException e) {
            throw new RelayFailure(RelayFailure.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(Map<String, String> fields, CommandContext context) {
        if (context.json()) {
            context.out().println(FlatJson.write(fields));
            return;
        }
        context.out().println("| " + String.join(" | ", fields.keySet()) + " |");
        context.out().println("|" + " --- |".repeat(fields.size()));
        context.out().println("| " + String.join(" | ", fields.values()) + " |");
    }

    private static void tell(CommandContext context, String line) {
        if (!context.quiet()) {
            context.err().println(line);
        }
    }

    /// What the relay that runs here says of itself.
    private static Map<String, String> status(RelayConfig config) {
        try {
            return AdminSocket.ask(config.dataDir(), Map.of(AdminDesk.COMMAND, "status"))
                    .orElseThrow(() -> new RelayFailure(
                            RelayFailure.FAILED,
                            "No relay runs on " + config.dataDir()
                                    + ". Start it with 'coscribe-relay serve' and try again."));
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED, "The relay that runs on " + config.dataDir() + " did not answer.", e);
        }
    }

    private static List<Long> pid(Map<String, String> status) {
        String pid = status.getOrDefault("pid", "");
        return pid.matches("[0-9]{1,18}") ? List.of(Long.parseLong(pid)) : List.of();
    }

    /// Each connection is an open file here, and one more at the relay.
    private static void requireFiles(LoadPlan plan) {
        int needed = plan.allPeople() + plan.allDocuments() + OTHER_FILES;
        var allowed = openFiles();
        if (allowed.isPresent() && allowed.getAsLong() < needed) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "This needs " + needed + " open files, and the bench may have " + allowed.getAsLong()
                            + ". Allow more ('ulimit -n " + needed
                            + "', for the relay as well), or take fewer clients.");
        }
    }

    private static OptionalLong openFiles() {
        try {
            var found = OPEN_FILES.matcher(Files.readString(LIMITS));
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // another system, which does not tell
        }
    }
}
