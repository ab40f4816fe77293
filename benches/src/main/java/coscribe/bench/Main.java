package coscribe.bench;

import coscribe.bench.core.CoreBench;
import coscribe.bench.editor.EditorBench;
import coscribe.bench.faults.FaultsCommand;
import coscribe.bench.faults.HostileCommand;
import coscribe.bench.relay.RelayBench;
import coscribe.bench.relay.RelayLimits;
import coscribe.bench.relay.StartBench;
import coscribe.bench.session.SessionCommand;
import coscribe.bench.windows.ScreenshotsCommand;
import coscribe.bench.windows.WindowsCommand;
import java.nio.file.Path;
import java.util.List;

/// The door to everything in this module: the first argument names what to run, the rest goes to
/// it.
public final class Main {
    private static final String USAGE = """
            usage: ./bench COMMAND [ARGUMENTS]
              %s
              %s
              %s
              %s
              %s
              %s
              %s
              %s
              %s
              peers PEERS_FOLDER [--help]   the relay beside other editors' servers (done by the script itself, needs node)
            %s""".formatted(
                    CoreBench.USAGE,
                    RelayBench.USAGE,
                    RelayLimits.USAGE,
                    StartBench.USAGE,
                    EditorBench.USAGE,
                    WindowsCommand.USAGE,
                    ScreenshotsCommand.USAGE,
                    FaultsCommand.USAGE,
                    HostileCommand.USAGE,
                    SessionCommand.USAGE.indent(2));

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        if (args.isEmpty() || args.contains("--help")) {
            System.err.print(USAGE);
            return args.isEmpty() ? 2 : 0;
        }
        var home = Path.of(System.getProperty("coscribe.home", ""));
        var rest = args.subList(1, args.size());
        return switch (args.getFirst()) {
            case "core" -> new CoreBench(System.out, System.err, home).run(rest);
            case "relay" -> new RelayBench(System.out, System.err, home).run(rest);
            case "relay-limits" -> new RelayLimits(System.out, System.err, home).run(rest);
            case "start" -> new StartBench(System.out, System.err, home).run(rest);
            case "editor" -> new EditorBench(System.out, System.err, home).run(rest);
            case "windows" -> new WindowsCommand(System.out, System.err, home).run(rest);
            case "screenshots" -> new ScreenshotsCommand(System.out, System.err, home).run(rest);
            case "session" -> new SessionCommand(System.out, System.err, home).session(rest);
            case "faults" -> new FaultsCommand(System.out, System.err, home).run(rest);
            case "hostile" -> new HostileCommand(System.out, System.err, home).run(rest);
            case "kill" -> new SessionCommand(System.out, System.err, home).kill(rest);
            default -> {
                System.err.print(USAGE);
                yield 2;
            }
        };
    }
}
