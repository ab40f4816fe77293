package coscribe.bench.session;

import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.trace.Endings.Ending;
import coscribe.bench.trace.RecordingsFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `./bench session` and `./bench kill`: one writing session each, and whether its texts were
/// equal.
public final class SessionCommand {
    public static final String USAGE = """
              session [--store embedded|redis|memory] [--trace FILE] [--rate N] [--keep DIR]
                    two writers, a listener, one relay (redis: two relays, one writer each)
              kill [--store embedded|redis|memory] [--trace FILE] [--first N] [--rate N] [--relay-kills N] [--writer-kills N] [--seed N] [--keep DIR]
                    the same while relay and writers are killed with -9 (memory: writers only)
            """;

    /// No recording says when its keys were struck. People who write fast strike five a second.
    static final double PERSON_PER_SECOND = 5;

    /// A writer that is killed, or waits for its relay to come back, catches up with the speed that is asked for.
    private static final double HURRY = 3;

    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private final PrintStream out;
    private final PrintStream err;
    private final Path home;
    private final Consumer<Path> beforeComparing;

    public SessionCommand(PrintStream out, PrintStream err, Path home) {
        this(out, err, home, _ -> {});
    }

    /// @param beforeComparing  given a session's folder when everybody has ended
    SessionCommand(PrintStream out, PrintStream err, Path home, Consumer<Path> beforeComparing) {
        this.out = out;
        this.err = err;
        this.home = home;
        this.beforeComparing = beforeComparing;
    }

    /// Answers the exit code: 0 only where all texts were equal.
    public int session(List<String> arguments) {
        var options = Options.parse(arguments, List.of("--store", "--trace", "--rate", "--keep"));
        if (options.wrong().isPresent()) {
            err.println(options.wrong().get());
            return 2;
        }
        var store = store(options);
        if (store.isEmpty()) {
            return 2;
        }
        return run(
                options,
                folder -> new Plan(
                        home,
                        folder,
                        new Source(options.file("--trace"), Integer.MAX_VALUE),
                        store.get(),
                        relays(store.get()),
                        options.number("--rate", options.file("--trace").isPresent() ? 50 * PERSON_PER_SECOND : 60),
                        0,
                        0,
                        0,
                        AT_MOST));
    }

    public int kill(List<String> arguments) {
        var options = Options.parse(
                arguments,
                List.of(
                        "--store",
                        "--trace",
                        "--first",
                        "--rate",
                        "--relay-kills",
                        "--writer-kills",
                        "--seed",
                        "--keep"));
        if (options.wrong().isPresent()) {
            err.println(options.wrong().get());
            return 2;
        }
        var trace = options.file("--trace")
                .or(() -> RecordingsFolder.find(home).map(folder -> folder.resolve("friendsforever.json.gz")))
                .filter(Files::isRegularFile);
        if (trace.isEmpty()) {
            err.println("No recorded session: name it with --trace, or set COSCRIBE_TRACES to the folder that holds"
                    + " friendsforever.json.gz.");
            return 2;
        }
        var store = store(options);
        if (store.isEmpty()) {
            return 2;
        }
        boolean outlives = store.get() != Plan.Kind.MEMORY;
        return run(
                options,
                folder -> new Plan(
                        home,
                        folder,
                        new Source(trace, (int) options.number("--first", Integer.MAX_VALUE)),
                        store.get(),
                        relays(store.get()),
                        options.number("--rate", HURRY * 50 * PERSON_PER_SECOND),
                        (int) options.number("--relay-kills", outlives ? 20 : 0),
                        (int) options.number("--writer-kills", 5),
                        (long) options.number("--seed", 1),
                        AT_MOST));
    }

    private Optional<Plan.Kind> store(Options options) {
        String word = options.word("--store", "embedded");
        var found = Stream.of(Plan.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
        if (found.isEmpty()) {
            err.println("There is no store '" + word + "': it is embedded, redis or memory.");
        }
        return found;
    }

    private static int relays(Plan.Kind store) {
        return store == Plan.Kind.REDIS ? 2 : 1;
    }

    private interface Planner {
        Plan plan(Path folder);
    }

    private int run(Options options, Planner planner) {
        Optional<Path> keep = options.file("--keep");
        var folder = keep.map(TemporaryFolder::new).orElseGet(() -> TemporaryFolder.of("session"));
        try {
            var outcome =
                    new WritingSession(planner.plan(folder.path()), out::println, _ -> {}, beforeComparing).hold();
            out.println(verdict(outcome));
            if (outcome.metNone() > 0) {
                throw new IllegalStateException(outcome.metNone() + " kills met no submission, so they proved nothing");
            }
            if (keep.isEmpty()) {
                folder.close();
            }
            return 0;
        } catch (IllegalStateException e) {
            err.println("FAILED: " + e.getMessage());
            err.println("Everything it left is in " + folder.path() + ".");
            return 1;
        }
    }

    static String verdict(WritingSession.Outcome outcome) {
        String like = switch (outcome.ending()) {
            case Ending.AsRecorded() -> "as recorded";
            case Ending.Tied(int from, int to, int moved) ->
                "as recorded but for " + moved + " tied characters between " + from + " and " + to;
            case Ending.Wrong(var why) -> throw new IllegalStateException(why);
        };
        return String.format(
                Locale.ROOT,
                "The texts of both writers, the listener%s are equal: %,d units, %s."
                        + " %,d keystrokes in %,d commits, none missing, none twice, in %.1f s%s:"
                        + " %.1f times as fast as two people who strike five keys a second and wait for each other"
                        + " as recorded (%,.0f s).",
                outcome.stored() ? ", the latecomer and the store" : " and the latecomer",
                outcome.text().length(),
                like,
                outcome.keystrokes(),
                outcome.commits(),
                outcome.seconds(),
                outcome.kills() == 0
                        ? ""
                        : ", with " + outcome.kills() + " kills and " + outcome.inFlight()
                                + " submissions under way when they came (" + outcome.metNone() + " kills met none)",
                outcome.speed(),
                outcome.people());
    }
}
