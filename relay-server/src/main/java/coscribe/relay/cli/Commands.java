package coscribe.relay.cli;

import coscribe.relay.Nearest;
import coscribe.relay.RelayFailure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Finds the command that somebody typed, and turns how it ends into an exit code.
public final class Commands {
    private static final String PROGRAM = "coscribe-relay";

    private static final List<Command> ALL = List.of(
            new ServeCommand(),
            new InviteCommand(),
            new TokenCommand(),
            new DoctorCommand(),
            new BackupCommand(),
            new RestoreCommand(),
            new MigrateCommand(),
            new ExportCommand(),
            new BenchCommand(),
            new ConfigCommand());

    private Commands() {}

    /// @param args  what was typed behind the program's name
    /// @return 0 ok, 1 failed, 2 usage, 3 bad configuration, 4 store unreachable, 5 a check failed
    public static int run(List<String> args, CommandContext context) {
        if (args.isEmpty()
                || args.getFirst().equals("--help")
                || args.getFirst().equals("-h")
                || args.getFirst().equals("help")) {
            overview(context);
            return args.isEmpty() ? RelayFailure.USAGE : 0;
        }
        if (args.getFirst().equals("--version")) {
            context.out().println(PROGRAM + " " + context.world().version());
            return 0;
        }
        var command =
                ALL.stream().filter(each -> each.name().equals(args.getFirst())).findFirst();
        if (command.isEmpty()) {
            var names = ALL.stream().map(Command::name).toList();
            var suggestion = Nearest.to(args.getFirst(), names)
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse("'" + PROGRAM + " --help' lists the commands.");
            context.err().println("There is no command '" + args.getFirst() + "'. " + suggestion);
            return RelayFailure.USAGE;
        }
        return run(command.get(), args.subList(1, args.size()), context);
    }

    private static int run(Command command, List<String> args, CommandContext context) {
        var line = new CommandLine(Options.addTo(command.spec().name(PROGRAM + " " + command.name())));
        line.setUsageHelpAutoWidth(false);
        try {
            var parsed = line.parseArgs(args.toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                line.usage(context.out(), Ansi.OFF);
                return 0;
            }
            if (parsed.isVersionHelpRequested()) {
                context.out().println(PROGRAM + " " + context.world().version());
                return 0;
            }
            return command.run(parsed, printing(parsed, context));
        } catch (ParameterException e) {
            context.err()
                    .println(usage(e, line.getCommandSpec()) + " '" + PROGRAM + " " + command.name()
                            + " --help' shows how to call it.");
            return RelayFailure.USAGE;
        } catch (RelayFailure e) {
            context.err().println(e.getMessage());
            return e.exitCode();
        } catch (RuntimeException e) {
            // A logger is made only where one is needed: making the first one costs a start its time.
            Logger log = LoggerFactory.getLogger(Commands.class);
            log.error("event=command_failed command={}", command.name(), e);
            context.err()
                    .println("Something went wrong inside Coscribe ("
                            + e.getClass().getSimpleName()
                            + "). Nothing else was changed. Please report it with the log line above.");
            return RelayFailure.FAILED;
        }
    }

    private static CommandContext printing(ParseResult parsed, CommandContext context) {
        boolean colour = context.colour()
                && !Options.has(parsed, Options.NO_COLOR)
                && context.environment().getOrDefault("NO_COLOR", "").isEmpty();
        return context.with(Options.has(parsed, Options.JSON), Options.has(parsed, Options.QUIET), colour);
    }

    private static String usage(ParameterException e, CommandSpec spec) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            var word = unmatched.getUnmatched().getFirst();
            if (!word.startsWith("-")) {
                return "'" + word + "' is too much here.";
            }
            var name = word.replaceFirst("=.*", "");
            var known = spec.options().stream()
                    .flatMap(option -> Arrays.stream(option.names()))
                    .filter(option -> option.startsWith("--"))
                    .toList();
            return "There is no option '" + name + "'."
                    + Nearest.to(name, known)
                            .map(near -> " Did you mean '" + near + "'?")
                            .orElse("");
        }
        if (e instanceof OverwrittenOptionException) {
            return "An option is given twice: " + e.getMessage() + ".";
        }
        var message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static void overview(CommandContext context) {
        var out = context.out();
        out.println("Usage: " + PROGRAM + " COMMAND [OPTIONS]");
        out.println();
        out.println(ALL.stream()
                .map(command -> String.format("  %-8s  %s", command.name(), command.summary()))
                .collect(Collectors.joining("\n")));
        out.println();
        out.println("'" + PROGRAM + " COMMAND --help' explains a command, '" + PROGRAM
                + " config print' shows every key that can be set.");
        out.println("Exit codes: 0 ok, 1 failed, 2 usage, 3 bad configuration, 4 store unreachable, 5 a check failed.");
    }
}
