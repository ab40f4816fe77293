package coscribe.bench.faults;

import coscribe.bench.process.TemporaryFolder;
import coscribe.bench.session.Options;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `./bench hostile`: each kind of assault on a relay with 256 MB of heap, a row each.
public final class HostileCommand {
    public static final String USAGE =
            "hostile [--assault NAME] [--people N] [--times N] [--flooders N] [--rounds N] [--seconds N] [--seed N]   what those who write notice of attacks";

    private static final double PER_SECOND = 2;

    private final PrintStream out;
    private final PrintStream progress;
    private final Path home;

    public HostileCommand(PrintStream out, PrintStream progress, Path home) {
        this.out = out;
        this.progress = progress;
        this.home = home;
    }

    /// Answers the exit code: 0 only where the relay outlived everything and nothing was lost.
    public int run(List<String> arguments) {
        var options = Options.parse(
                arguments,
                List.of("--assault", "--people", "--times", "--flooders", "--rounds", "--seconds", "--seed"));
        if (options.wrong().isPresent()) {
            progress.println(options.wrong().get());
            return 2;
        }
        String wanted = options.word("--assault", "");
        var assaults = Stream.of(Assault.values())
                .filter(assault -> wanted.isEmpty() || assault.word().equals(wanted))
                .toList();
        if (assaults.isEmpty()) {
            progress.println(
                    "There is no assault '" + wanted + "'; there are " + String.join(", ", Assault.words()) + ".");
            return 2;
        }
        out.println(
                "| assault | times | refused or cut | others' p99 ms without | with | ratio: median (least to most) |");
        out.println("|" + " --- |".repeat(6));
        try (var folder = TemporaryFolder.of("hostile")) {
            new Siege(
                            home,
                            folder.path(),
                            (int) options.number("--people", 100),
                            PER_SECOND,
                            Duration.ofMillis((long) (options.number("--seconds", 5) * 1_000)),
                            (int) options.number("--rounds", 5),
                            (int) options.number("--times", 100),
                            (int) options.number("--flooders", 10),
                            assaults,
                            (long) options.number("--seed", 1))
                    .run(row -> out.println(text(row)));
            out.println("\nThe relay (256 MB of heap) lives; every line that was saved is there once, and all texts are"
                    + " equal.");
            return 0;
        } catch (IllegalStateException e) {
            out.println("\n**failed**: " + e.getMessage());
            return 1;
        }
    }

    private static String text(Siege.Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.2f (%.2f to %.2f) |",
                row.assault().word(),
                row.times(),
                row.failed(),
                row.without().middle(),
                row.with().middle(),
                row.ratio().middle(),
                row.ratio().least(),
                row.ratio().most());
    }
}
