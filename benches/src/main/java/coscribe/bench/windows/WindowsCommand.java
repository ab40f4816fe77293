package coscribe.bench.windows;

import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.session.Source;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `./run`: windows of the editor on one document of a relay of their own.
public final class WindowsCommand {
    public static final String USAGE = "windows [--one] [--virtual] [--trace FILE] [--seconds N] [--rate N]   ./run";

    /// People who write fast strike five keys a second; who watches has less patience.
    private static final double RATE = 14;

    private static final double TRACE_RATE = 40;
    private static final double SECONDS = 60;
    private static final double TRACE_SECONDS = 30;

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;
    private final Optional<String> display;

    public WindowsCommand(PrintStream out, PrintStream err, Path home) {
        this(out, err, home, Optional.empty());
    }

    /// @param display  where windows are opened; empty: where this program would open its own
    WindowsCommand(PrintStream out, PrintStream err, Path home, Optional<String> display) {
        this.out = out;
        this.err = err;
        this.home = home;
        this.display = display;
    }

    /// Answers the exit code: 0 only where everybody wrote, and all texts were equal.
    public int run(List<String> args) {
        boolean one = false;
        boolean virtual = false;
        Optional<Path> trace = Optional.empty();
        Optional<Double> seconds = Optional.empty();
        Optional<Double> rate = Optional.empty();
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i);
            switch (name) {
                case "--one" -> one = true;
                case "--virtual" -> virtual = true;
                case "--trace", "--seconds", "--rate" -> {
                    if (++i == args.size()) {
                        return wrong(name + " needs a value.");
                    }
                    String value = args.get(i);
                    try {
                        switch (name) {
                            case "--trace" -> trace = Optional.of(Path.of(value));
                            case "--seconds" -> seconds = Optional.of(Double.parseDouble(value));
                            default -> rate = Optional.of(Double.parseDouble(value));
                        }
                    } catch (NumberFormatException e) {
                        return wrong(name + " needs a number, and '" + value + "' is none.");
                    }
                }
                default -> {
                    return wrong("Unknown option '" + name + "'. Try --help.");
                }
            }
        }
        if (trace.filter(file -> !Files.isRegularFile(file)).isPresent()) {
            return wrong("There is no recorded session " + trace.get() + ".");
        }
        boolean recorded = trace.isPresent();
        var plan = new Plan(
                home,
                TemporaryFolder.fresh(home.resolve(".run").resolve("windows")),
                display,
                one ? 1 : 2,
                new Source(trace.map(Path::toAbsolutePath), Integer.MAX_VALUE),
                rate.orElse(recorded ? TRACE_RATE : RATE),
                seconds.orElse(recorded ? TRACE_SECONDS : SECONDS));
        try (var visit = new Visit(plan, out)) {
            return virtual ? visit.written() : visit.open();
        } catch (IllegalStateException e) {
            err.println("FAILED: " + e.getMessage());
            err.println("Everything it left is in " + plan.folder() + ".");
            return 1;
        }
    }

    /// What is to happen.
    ///
    /// @param home     the repository
    /// @param folder   for everything that is written
    /// @param display  where windows are opened, if not where others of this program's are
    /// @param windows  1 or 2
    /// @param rate     strokes of each writer in a second
    /// @param seconds  to write at most
    record Plan(
            Path home,
            Path folder,
            Optional<String> display,
            int windows,
            Source source,
            double rate,
            double seconds) {}

    private int wrong(String sentence) {
        err.println(sentence);
        return 2;
    }
}
